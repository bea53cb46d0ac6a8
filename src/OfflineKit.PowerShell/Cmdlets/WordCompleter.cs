using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace OfflineKit.PowerShell;

/// <summary>Completes one of a few words. A ValidateSet would do so too, but a word that is not in it would fail to bind and so skip the guard.</summary>
public abstract class WordCompleter : IArgumentCompleter
{
    /// <summary>The words, as they are completed.</summary>
    internal abstract string[] Words { get; }

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string typed = wordToComplete.Trim('\'', '"');
        return Array.ConvertAll(Array.FindAll(Words, word => word.StartsWith(typed, StringComparison.OrdinalIgnoreCase)), word => new CompletionResult(word));
    }

    /// <summary>What the engine calls <paramref name="word"/>; null where it needs not be told.</summary>
    internal virtual string? InEngine(string word) => word.ToLowerInvariant();
}

/// <summary>Completes the layouts of exports that the engine recognises.</summary>
public sealed class LayoutCompleter : WordCompleter
{
    internal override string[] Words { get; } =
    {
        "offlinekit-kit", "offline-update-kit", "export-center", "export-kit", "devportal", "evidence-locker", "evidence-export", "stella-bundle", "mirror", "model-signing", "checksums",
    };
}

/// <summary>Completes the formats of signatures.</summary>
public sealed class FormatCompleter : WordCompleter
{
    internal override string[] Words { get; } =
    {
        "Auto", "Kms", "Minisign", "Signify", "Signify-Embedded", "Ssh", "OpenPgp", "OpenPgp-ClearSigned", "Dsse", "Jws", "Sigstore", "Cosign", "Json-Lines", "Npm", "Pypi", "Dossier", "Sentinel", "CodeSentinel",
    };

    // What cosign writes today is a Sigstore bundle.
    internal override string? InEngine(string word)
    {
        switch (word)
        {
            case "Auto": return null;
            case "Kms": return "kms-detached";
            case "Ssh": return "sshsig";
            case "Cosign": return "sigstore";
            default: return base.InEngine(word);
        }
    }
}

/// <summary>Completes the two ways to write an ECDSA signature.</summary>
public sealed class SignatureEncodingCompleter : WordCompleter
{
    internal override string[] Words { get; } = { "der", "p1363" };
}

/// <summary>Completes the ways to write a bare signature into a file.</summary>
public sealed class SignatureTextCompleter : WordCompleter
{
    internal override string[] Words { get; } = { "raw", "base64", "hex" };
}

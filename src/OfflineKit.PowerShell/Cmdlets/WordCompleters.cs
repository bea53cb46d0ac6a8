using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace OfflineKit.PowerShell;

/// <summary>Completes one of a few words. A ValidateSet would do so too, but a word that is not in it would fail to bind and so skip the guard.</summary>
public abstract class WordCompleter : IArgumentCompleter
{
    private protected abstract string[] Words { get; }

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string typed = wordToComplete.Trim('\'', '"');
        return Array.ConvertAll(Array.FindAll(Words, word => word.StartsWith(typed, StringComparison.OrdinalIgnoreCase)), word => new CompletionResult(word));
    }
}

/// <summary>Completes the layouts of exports that the engine recognises.</summary>
public sealed class LayoutCompleter : WordCompleter
{
    /// <summary>The layouts that the engine knows.</summary>
    internal static readonly string[] Layouts =
    {
        "offlinekit-kit", "offline-update-kit", "export-center", "export-kit", "devportal", "evidence-locker", "evidence-export", "stella-bundle", "mirror", "checksums",
    };

    private protected override string[] Words => Layouts;
}

/// <summary>Completes the formats of signatures.</summary>
public sealed class FormatCompleter : WordCompleter
{
    private protected override string[] Words => SignatureCmdlet.Formats;
}

using System;
using System.Management.Automation;
using OfflineKit.PowerShell.Json;

namespace OfflineKit.PowerShell;

/// <summary>What Test- and Assert-PolicySignature share: artefacts, on disk or in memory, and which signature counts.</summary>
public abstract class SignatureCmdlet : VerifyingCmdlet
{
    /// <summary>The artefact itself, already in memory: what is verified is what is used.</summary>
    [Parameter(ParameterSetName = "Content", Mandatory = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public byte[]? Content { get; set; }

    /// <summary>A name for -Content in results and errors.</summary>
    [Parameter(ParameterSetName = "Content")]
    public string SourceName { get; set; } = "(content)";

    /// <summary>The signature file, where it does not lie next to the artefact.</summary>
    [Parameter]
    public string? SignaturePath { get; set; }

    /// <summary>The signature format; Auto recognises it.</summary>
    [Parameter]
    [ValidateSet("Auto", "Kms", "Minisign", "Dsse", "Cosign", "Sigstore", "Signify", "Ssh", "Dossier", "Sentinel", "CodeSentinel")]
    public string Format { get; set; } = "Auto";

    /// <summary>Only keys with these names, ids or fingerprints.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TrustRootCompleter))]
    public string[]? KeyId { get; set; }

    /// <summary>The algorithm label of a bare KMS signature.</summary>
    [Parameter]
    public string? Algorithm { get; set; }

    private protected sealed override string Verb => "verify";

    /// <summary>Handles the result of one artefact.</summary>
    private protected abstract void Examined(PolicySignatureResult result);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName != "Content")
        {
            base.ProcessRecord();
        }
        else if (Content == null)
        {
            Unusable(SourceName, "PathNullOrEmpty", "the content is null");
        }
        else
        {
            Verify(SourceName, Content);
        }
    }

    private protected sealed override void Answered(string path, JsonNode answer) => Examined(PolicySignatureResult.FromAnswer(path, answer));

    private protected sealed override void AddOptions(JsonLine request, Func<string?, string?> file) => request
        .Add("signaturePath", file(SignaturePath))
        .Add("format", FormatName(Format))
        .Add("keyIds", KeyId)
        .Add("algorithm", Algorithm);

    // The engine's names; what cosign writes is a Sigstore bundle.
    private static string? FormatName(string format)
    {
        switch (format.ToLowerInvariant())
        {
            case "auto": return null;
            case "kms": return "kms-detached";
            case "cosign": return "sigstore";
            default: return format.ToLowerInvariant();
        }
    }
}

using System.Management.Automation;
using OfflineKit.PowerShell.Json;

namespace OfflineKit.PowerShell;

/// <summary>What the cmdlets share that verify files, on disk or in memory, each against its signature.</summary>
public abstract class SignatureCmdlet : TrustingCmdlet
{
    /// <summary>The words of -Format.</summary>
    internal static readonly string[] Formats = { "Auto", "Kms", "Minisign", "Dsse", "Cosign", "Sigstore", "Signify", "Ssh", "Dossier", "Sentinel", "CodeSentinel" };

    /// <summary>The signature file, where it does not lie next to the artefact.</summary>
    [Parameter]
    [AnyText]
    public string? SignaturePath { get; set; }

    /// <summary>The signature format; Auto recognises it.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FormatCompleter))]
    [AnyText]
    public string Format { get; set; } = "Auto";

    /// <summary>Only keys with these names, ids or fingerprints.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TrustRootCompleter))]
    [AnyTexts]
    public string?[]? KeyId { get; set; }

    /// <summary>The algorithm label of a bare KMS signature.</summary>
    [Parameter]
    [AnyText]
    public string? Algorithm { get; set; }

    /// <summary>An OpenSSH allowed_signers file: who may sign SSH signatures.</summary>
    [Parameter]
    [AnyText]
    public string? AllowedSigners { get; set; }

    /// <summary>The principal of the allowed_signers file who must have signed.</summary>
    [Parameter]
    [AnyText]
    public string? Identity { get; set; }

    /// <summary>The namespace of an SSH signature.</summary>
    [Parameter]
    [AnyText]
    public string? Namespace { get; set; }

    /// <summary>Accepts minisign signatures of the old kind, over the file itself instead of its hash.</summary>
    [Parameter]
    [AnySwitch]
    public SwitchParameter AllowLegacyMinisign { get; set; }

    private protected sealed override string What => "artefact";

    private protected sealed override string Verb => "verify";

    private protected sealed override PolicyResult ResultOf(string path, JsonNode answer) => PolicySignatureResult.FromAnswer(path, answer);

    private protected sealed override PolicyResult Failed(string path, string errorId, string message) => PolicySignatureResult.Failed(path, errorId, message);

    private protected sealed override void AddOptions(JsonLine request, GivenValues given)
    {
        base.AddOptions(request, given);
        request
            .Add("signaturePath", given.File(SignaturePath))
            .Add("format", FormatName(given.Word("-Format", Format, Formats)))
            .Add("keyIds", KeyId)
            .Add("algorithm", Algorithm)
            .Add("allowedSigners", given.File(AllowedSigners))
            .Add("identity", Identity)
            .Add("namespace", Namespace)
            .Add("allowLegacyMinisign", AllowLegacyMinisign);
    }

    // The engine's names; what cosign writes is a Sigstore bundle.
    private static string? FormatName(string? format)
    {
        switch (format)
        {
            case "Auto": return null;
            case "Kms": return "kms-detached";
            case "Cosign": return "sigstore";
            default: return format?.ToLowerInvariant();
        }
    }
}

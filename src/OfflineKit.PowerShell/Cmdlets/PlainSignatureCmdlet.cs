using System.Management.Automation;

namespace OfflineKit.PowerShell;

/// <summary>What can be said about signatures of files and of exports alike.</summary>
public abstract class PlainSignatureCmdlet : TrustingCmdlet
{
    /// <summary>An OpenSSH allowed_signers file: who may sign SSH signatures.</summary>
    [Parameter]
    [Asks("allowedSigners", Names = Names.File)]
    [AnyText]
    public string? AllowedSigners { get; set; }

    /// <summary>Certificate authorities (PEM) to trust for the certificates of signers: of a CMS signature, or of who packed an export.</summary>
    [Parameter]
    [Asks("ca", Names = Names.File)]
    [AnyTexts]
    public string?[]? Authority { get; set; }

    /// <summary>Who must have signed: a principal of the allowed_signers file, or the name of a trusted key.</summary>
    [Parameter]
    [Asks("identity")]
    [AnyText]
    public string? Identity { get; set; }

    /// <summary>The namespace of an SSH signature.</summary>
    [Parameter]
    [Asks("namespace")]
    [AnyText]
    public string? Namespace { get; set; }

    /// <summary>A file with a shared secret, to compare an HMAC with; nothing is trusted by it.</summary>
    [Parameter]
    [Asks("hmacKeyFile", Names = Names.File)]
    [AnyText]
    public string? HmacKeyFile { get; set; }

    /// <summary>Accepts minisign signatures of the old kind, over the file itself instead of its hash.</summary>
    [Parameter]
    [Asks("allowLegacyMinisign")]
    [AnySwitch]
    public SwitchParameter AllowLegacyMinisign { get; set; }

    /// <summary>Accepts the rule by which the historical dossier parser found the body.</summary>
    [Parameter]
    [Asks("legacyBody")]
    [AnySwitch]
    public SwitchParameter LegacyBody { get; set; }
}

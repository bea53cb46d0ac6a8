using System.Management.Automation;
using OfflineKit.PowerShell.Json;

namespace OfflineKit.PowerShell;

/// <summary>Whom to trust and when: what all verifying cmdlets let the caller say.</summary>
public abstract class TrustingCmdlet : VerifyingCmdlet
{
    /// <summary>Public key files to trust.</summary>
    [Parameter]
    [AnyTexts]
    public string?[]? PublicKey { get; set; }

    /// <summary>Names of trust roots to trust; Get-PolicyTrustRoot lists them.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TrustRootCompleter))]
    [AnyTexts]
    public string?[]? TrustRoot { get; set; }

    /// <summary>Folders of trust roots to trust, each with its trust.json.</summary>
    [Parameter]
    [AnyTexts]
    public string?[]? TrustFolder { get; set; }

    /// <summary>Sigstore trusted root files to trust.</summary>
    [Parameter]
    [AnyTexts]
    public string?[]? TrustedRoot { get; set; }

    /// <summary>Trusts nothing that came with the module or was imported: only what the other parameters name.</summary>
    [Parameter]
    [AnyRestriction]
    public SwitchParameter NoBundledTrust { get; set; }

    /// <summary>The identity that the certificate must name.</summary>
    [Parameter]
    [AnyText]
    public string? CertificateIdentity { get; set; }

    /// <summary>The OIDC issuer that the certificate must record.</summary>
    [Parameter]
    [AnyText]
    public string? CertificateOidcIssuer { get; set; }

    /// <summary>A policy file: who must have signed, how many, and what.</summary>
    [Parameter]
    [AnyText]
    public string? Policy { get; set; }

    /// <summary>The time to judge validity windows by, where nothing verified says one: ISO 8601, or a DateTime.</summary>
    [Parameter]
    [AnyText]
    public string? At { get; set; }

    /// <inheritdoc/>
    private protected override void AddOptions(JsonLine request, GivenValues given) => request
        .Add("publicKey", given.Files(PublicKey))
        .Add("trustRoots", TrustRoot)
        .Add("trustFolders", given.Files(TrustFolder))
        .Add("trustedRoots", given.Files(TrustedRoot))
        .Add("noBundledTrust", NoBundledTrust)
        .Add("certificateIdentity", CertificateIdentity)
        .Add("certificateOidcIssuer", CertificateOidcIssuer)
        .Add("policy", given.File(Policy))
        .Add("at", given.Time("-At", At));
}

using System.Management.Automation;

namespace OfflineKit.PowerShell;

/// <summary>Whom to trust and when: what all verifying cmdlets let the caller say.</summary>
public abstract class TrustingCmdlet : VerifyingCmdlet
{
    /// <summary>Public keys to trust: files or folders of them, minisign and signify keys as their text RW…, each with an ID= before it where signatures call it so.</summary>
    [Parameter]
    [Asks("publicKey", Option = "--key", Names = Names.Key)]
    [AnyTexts]
    public string?[]? PublicKey { get; set; }

    /// <summary>Names of trust roots to trust; Get-PolicyTrustRoot lists them.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TrustRootCompleter))]
    [Asks("trustRoots", Option = "--trust-root")]
    [AnyTexts]
    public string?[]? TrustRoot { get; set; }

    /// <summary>Folders of trust roots to trust, each with its trust.json.</summary>
    [Parameter]
    [Asks("trustFolders", Option = "--trust", Names = Names.File)]
    [AnyTexts]
    public string?[]? TrustFolder { get; set; }

    /// <summary>Sigstore trusted root files to trust.</summary>
    [Parameter]
    [Asks("trustedRoots", Option = "--trusted-root", Names = Names.File)]
    [AnyTexts]
    public string?[]? TrustedRoot { get; set; }

    /// <summary>Drops the trust roots that came with the module, even where they are named. What was imported stays, and so does what other parameters name.</summary>
    [Parameter]
    [Asks("noBundledTrust")]
    [AnyRestriction]
    public SwitchParameter NoBundledTrust { get; set; }

    /// <summary>Only keys with these names, ids or fingerprints.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TrustRootCompleter))]
    [Asks("keyIds", Option = "--key-id")]
    [AnyTexts]
    public string?[]? KeyId { get; set; }

    /// <summary>The identity that the certificate must name.</summary>
    [Parameter]
    [Asks("certificateIdentity")]
    [AnyText]
    public string? CertificateIdentity { get; set; }

    /// <summary>How the identity in the certificate must begin.</summary>
    [Parameter]
    [Asks("certificateIdentityPrefix")]
    [AnyText]
    public string? CertificateIdentityPrefix { get; set; }

    /// <summary>How the identity in the certificate must end.</summary>
    [Parameter]
    [Asks("certificateIdentitySuffix")]
    [AnyText]
    public string? CertificateIdentitySuffix { get; set; }

    /// <summary>A pattern that the identity in the certificate must match; * stands for any text.</summary>
    [Parameter]
    [Asks("certificateIdentityWildcard")]
    [AnyText]
    public string? CertificateIdentityWildcard { get; set; }

    /// <summary>The OIDC issuer that the certificate must record.</summary>
    [Parameter]
    [Asks("certificateOidcIssuer")]
    [AnyText]
    public string? CertificateOidcIssuer { get; set; }

    /// <summary>How the OIDC issuer in the certificate must begin.</summary>
    [Parameter]
    [Asks("certificateOidcIssuerPrefix")]
    [AnyText]
    public string? CertificateOidcIssuerPrefix { get; set; }

    /// <summary>How the OIDC issuer in the certificate must end.</summary>
    [Parameter]
    [Asks("certificateOidcIssuerSuffix")]
    [AnyText]
    public string? CertificateOidcIssuerSuffix { get; set; }

    /// <summary>A pattern that the OIDC issuer in the certificate must match; * stands for any text.</summary>
    [Parameter]
    [Asks("certificateOidcIssuerWildcard")]
    [AnyText]
    public string? CertificateOidcIssuerWildcard { get; set; }

    /// <summary>Facts that the certificate must record, each NAME=VALUE, such as source-repository-uri=https://example.com/app.</summary>
    [Parameter]
    [Asks("requireExtension")]
    [AnyTexts]
    public string?[]? RequireExtension { get; set; }

    /// <summary>How many distinct trusted keys must have signed.</summary>
    [Parameter]
    [Asks("threshold", Names = Names.Number)]
    [AnyText]
    public string? Threshold { get; set; }

    /// <summary>A policy file: who must have signed, how many, and what; or trust:IMPORT/PATH for one that an import brought.</summary>
    [Parameter]
    [Asks("policy", Names = Names.Policy)]
    [AnyText]
    public string? Policy { get; set; }

    /// <summary>The tenant that is asked for: keys that belong to other tenants sign nothing.</summary>
    [Parameter]
    [Asks("tenant")]
    [AnyText]
    public string? Tenant { get; set; }

    /// <summary>The fingerprint that the root of imported trust must have.</summary>
    [Parameter]
    [Asks("rootFingerprint")]
    [AnyText]
    public string? RootFingerprint { get; set; }

    /// <summary>How many days old imported trust may be.</summary>
    [Parameter]
    [Asks("maxTrustAge", Names = Names.Number)]
    [AnyText]
    public string? MaxTrustAge { get; set; }

    /// <summary>The folder of imported trust, in the place of this user's.</summary>
    [Parameter]
    [Asks("trustState", Names = Names.File)]
    [AnyText]
    public string? TrustState { get; set; }

    /// <summary>The time to judge validity windows by, where nothing verified says one: ISO 8601, or a DateTime.</summary>
    [Parameter]
    [Asks("at", Names = Names.Time)]
    [AnyText]
    public string? At { get; set; }

    /// <summary>Accepts a log's promise to take an entry where nothing proves that it did.</summary>
    [Parameter]
    [Asks("allowPromiseOnly")]
    [AnySwitch]
    public SwitchParameter AllowPromiseOnly { get; set; }

    /// <summary>Accepts a signature that a trusted authority dated and no log recorded, for instances without a log.</summary>
    [Parameter]
    [Asks("allowTimestampOnly")]
    [AnySwitch]
    public SwitchParameter AllowTimestampOnly { get; set; }
}

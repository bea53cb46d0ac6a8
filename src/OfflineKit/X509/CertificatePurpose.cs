namespace OfflineKit.X509;

/// <summary>What a leaf must be made for.</summary>
/// <param name="Oid">The key purpose that the leaf's extended key usage must name.</param>
/// <param name="Name">The purpose in words.</param>
internal sealed record CertificatePurpose(string Oid, string Name)
{
    /// <summary>Signing artefacts (RFC 5280 §4.2.1.12); the leaf must say its key usage.</summary>
    public static CertificatePurpose CodeSigning { get; } = new("1.3.6.1.5.5.7.3.3", "code signing") { MustNameKeyUsage = true };

    /// <summary>Signing mail, and files in its form; the leaf must say its key usage.</summary>
    public static CertificatePurpose EmailProtection { get; } = new("1.3.6.1.5.5.7.3.4", "e-mail protection")
    {
        MustNameKeyUsage = true,
        Usages = KeyUsages.DigitalSignature | KeyUsages.ContentCommitment,
    };

    /// <summary>Signing RFC 3161 tokens; the only purpose of its certificate, and marked critical.</summary>
    public static CertificatePurpose TimeStamping { get; } = new("1.3.6.1.5.5.7.3.8", "time stamping")
    {
        MustStandAlone = true,
        MayLackKeyIdentifiers = true,
        Usages = KeyUsages.DigitalSignature | KeyUsages.ContentCommitment,
    };

    /// <summary>No other purpose may stand beside it, and the extension must be critical (RFC 3161 §2.3).</summary>
    public bool MustStandAlone { get; init; }

    /// <summary>Certificates without the key identifiers that RFC 5280 §4.2.1.1–2 wants are accepted: private time-stamping authorities often have none.</summary>
    /// <remarks>The identifiers are hints for search; the signature decides.</remarks>
    public bool MayLackKeyIdentifiers { get; init; }

    /// <summary>A leaf without the key usage extension is refused.</summary>
    public bool MustNameKeyUsage { get; init; }

    /// <summary>Key usages of which the leaf needs one, where it names any.</summary>
    public KeyUsages Usages { get; init; } = KeyUsages.DigitalSignature;
}

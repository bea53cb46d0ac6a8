using OfflineKit.Encoding;

namespace OfflineKit.X509;

/// <summary>One extension of a certificate as it stands there.</summary>
/// <param name="Oid">What it is.</param>
/// <param name="IsCritical">Who does not know it must refuse the certificate.</param>
/// <param name="Value">The bytes inside the OCTET STRING.</param>
internal sealed record CertificateExtension(string Oid, bool IsCritical, ReadOnlyMemory<byte> Value)
{
    /// <summary>Object identifiers of the extensions that have a typed form here.</summary>
    public const string SubjectKeyIdentifier = "2.5.29.14", KeyUsage = "2.5.29.15", SubjectAlternativeName = "2.5.29.17",
        BasicConstraints = "2.5.29.19", NameConstraints = "2.5.29.30", AuthorityKeyIdentifier = "2.5.29.35", ExtendedKeyUsage = "2.5.29.37",
        PolicyConstraints = "2.5.29.36", InhibitAnyPolicy = "2.5.29.54",
        SignedCertificateTimestamps = "1.3.6.1.4.1.11129.2.4.2", PrecertificatePoison = "1.3.6.1.4.1.11129.2.4.3";

    /// <summary>The arc of the extensions in which Fulcio records what it knows about the signer.</summary>
    public const string FulcioArc = "1.3.6.1.4.1.57264.1";

    /// <summary>The next Extension under <paramref name="extensions"/>.</summary>
    internal static CertificateExtension Parse(ref DerCursor extensions)
    {
        DerCursor extension = extensions.Sequence();
        string oid = extension.Oid();
        bool critical = extension.TrueOrAbsent();
        byte[] value = extension.Content(DerCursor.OctetStringTag).ToArray();
        extension.End();
        return new CertificateExtension(oid, critical, value);
    }
}

/// <summary>What a key may be used for; the values are the bits of RFC 5280 §4.2.1.3.</summary>
[Flags]
internal enum KeyUsages
{
    None = 0,
    DigitalSignature = 1 << 0,
    ContentCommitment = 1 << 1,
    KeyEncipherment = 1 << 2,
    DataEncipherment = 1 << 3,
    KeyAgreement = 1 << 4,
    KeyCertSign = 1 << 5,
    CrlSign = 1 << 6,
    EncipherOnly = 1 << 7,
    DecipherOnly = 1 << 8,
}

/// <summary>Whether the subject is an authority, and how many intermediates may follow it.</summary>
/// <param name="IsCa">The subject may issue certificates.</param>
/// <param name="PathLength">Most intermediates below it; null for no limit.</param>
internal sealed record BasicConstraints(bool IsCa, int? PathLength)
{
    internal static BasicConstraints Parse(ReadOnlySpan<byte> der)
    {
        DerCursor outer = new(der, "basic constraints");
        DerCursor inside = outer.Sequence();
        outer.End();
        bool isCa = inside.TrueOrAbsent();
        int? pathLength = inside.AtEnd ? null : inside.SmallInteger();
        inside.End();
        return isCa || pathLength is null
            ? new BasicConstraints(isCa, pathLength)
            : throw new MalformedException("basic constraints: a path length without the CA mark");
    }
}

using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.X509;

namespace OfflineKit.Timestamping;

/// <summary>The first entry of a signing-certificate attribute: the signer's certificate by hash, and by issuer and serial where given.</summary>
/// <remarks>Source: RFC 2634 §5.4.1 (SHA-1), RFC 5035 §4. Further entries and policies restrict what the authority may be used for and are not read.</remarks>
internal sealed record SigningCertificateId(DigestAlgorithm? Algorithm, byte[] Hash, ImmutableArray<GeneralName> Issuer, byte[] Serial)
{
    private delegate DigestAlgorithm? HashName(ref DerCursor entry);

    /// <summary>The value of the attribute of version 1, whose hash is SHA-1.</summary>
    public static SigningCertificateId ParseVersion1(ReadOnlySpan<byte> values) => Parse(values, static (ref _) => null);

    /// <summary>The value of the attribute of version 2, where each entry may name its hash.</summary>
    public static SigningCertificateId ParseVersion2(ReadOnlySpan<byte> values) => Parse(values, ParseAlgorithm);

    private static SigningCertificateId Parse(ReadOnlySpan<byte> values, HashName hashName)
    {
        DerCursor only = new(values, "signing-certificate attribute");
        DerCursor attribute = only.Sequence();
        only.End();
        DerCursor entries = attribute.Sequence();
        DerCursor entry = entries.Sequence();
        DigestAlgorithm? algorithm = hashName(ref entry);
        byte[] hash = entry.Content(DerCursor.OctetStringTag).ToArray();
        if (entry.AtEnd)
        {
            return new SigningCertificateId(algorithm, hash, [], []);
        }

        DerCursor pair = entry.Sequence();
        entry.End();
        ImmutableArray<GeneralName> issuer = GeneralName.ParseAll(pair.Sequence());
        byte[] serial = pair.Integer().ToArray();
        pair.End();
        return new SigningCertificateId(algorithm, hash, issuer, serial);
    }

    /// <summary>The entry means <paramref name="certificate"/>.</summary>
    public bool Means(Certificate certificate)
    {
        if (!HashOf(certificate).SequenceEqual(Hash))
        {
            return false;
        }

        return Issuer.IsEmpty
            || (certificate.Serial.Span.SequenceEqual(Serial) && Issuer.Any(name => name.DirectoryName is { } directory && directory.Equals(certificate.Issuer)));
    }

    private static DigestAlgorithm? ParseAlgorithm(ref DerCursor entry)
    {
        if (!entry.Next(DerCursor.SequenceTag))
        {
            return DigestAlgorithm.Sha256;
        }

        return SignatureAlgorithm.Digest(entry.Sequence(), out string oid)
            ?? throw new MalformedException(Reasons.UnsupportedAlgorithm, $"signing-certificate hash algorithm {oid}");
    }

    // Version 1 of the attribute has no other hash. It only chooses among certificates that must chain to the authority anyway.
    private ReadOnlySpan<byte> HashOf(Certificate certificate) =>
        Algorithm is { } algorithm ? Digest.Of(algorithm, certificate.Der.Span).Bytes : OneShotHash.Sha1Identifier(certificate.Der.Span);
}

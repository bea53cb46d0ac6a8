using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.X509;

namespace OfflineKit.Timestamping;

/// <summary>One signature of a SignedData: who claims it, over which attributes.</summary>
/// <remarks>Source: RFC 5652 §5.3. Unsigned attributes are covered by nothing and are not read.</remarks>
internal sealed record SignerInfo(
    DistinguishedName? Issuer,
    byte[] SerialOrKeyIdentifier,
    DigestAlgorithm Digest,
    SignedAttributes Attributes,
    byte[] SignatureAlgorithm,
    byte[] Signature)
{
    /// <summary>The SignerInfo with <paramref name="fields"/> has signed attributes; one without signs the content's bytes, whatever they mean.</summary>
    public static bool HasAttributes(DerCursor fields)
    {
        for (int i = 0; i < 3 && !fields.AtEnd; i++)
        {
            _ = fields.Element();
        }

        return fields.Next(DerCursor.Constructed(0));
    }

    public static SignerInfo Parse(DerCursor fields)
    {
        int version = fields.SmallInteger();
        bool byIssuer = fields.Next(DerCursor.SequenceTag);
        if (version != (byIssuer ? 1 : 3))
        {
            throw new MalformedException($"SignerInfo: version {version} does not fit the signer identifier");
        }

        DistinguishedName? issuer = null;
        byte[] identifier;
        if (byIssuer)
        {
            DerCursor pair = fields.Sequence();
            issuer = DistinguishedName.Parse(pair.Element());
            identifier = pair.Integer().ToArray();
            pair.End();
        }
        else
        {
            identifier = fields.Content(DerCursor.Primitive(0)).ToArray();
        }

        DigestAlgorithm digest = X509.SignatureAlgorithm.Digest(fields.Sequence(), out string oid)
            ?? throw new MalformedException(Reasons.UnsupportedAlgorithm, $"digest algorithm {oid}, wanted SHA-256, SHA-384 or SHA-512");
        if (!fields.Next(DerCursor.Constructed(0)))
        {
            throw new MalformedException("SignerInfo: no signed attributes");
        }

        SignedAttributes attributes = SignedAttributes.Parse(fields.Element());
        byte[] algorithm = fields.Element().ToArray();
        byte[] signature = fields.Content(DerCursor.OctetStringTag).ToArray();
        if (fields.Next(DerCursor.Constructed(1)))
        {
            _ = fields.Element();
        }

        fields.End();
        return new SignerInfo(issuer, identifier, digest, attributes, algorithm, signature);
    }

    /// <summary>The signer identifier means <paramref name="certificate"/>: a hint, which the signed attributes confirm or refute.</summary>
    public bool Means(Certificate certificate) => Issuer is null
        ? certificate.Extensions.SubjectKeyIdentifier is { } key && key.Span.SequenceEqual(SerialOrKeyIdentifier)
        : Issuer.Equals(certificate.Issuer) && certificate.Serial.Span.SequenceEqual(SerialOrKeyIdentifier);
}

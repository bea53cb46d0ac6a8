using OfflineKit.Encoding;

namespace OfflineKit.Timestamping;

/// <summary>The attributes that a CMS signature covers.</summary>
/// <remarks>Source: RFC 5652 §5.4 and §11: signed as SET OF (tag 31), written as [0]. RFC 5035 for the signing certificate.</remarks>
internal sealed class SignedAttributes
{
    private const string ContentTypeOid = "1.2.840.113549.1.9.3", MessageDigestOid = "1.2.840.113549.1.9.4",
        SigningCertificateOid = "1.2.840.113549.1.9.16.2.12", SigningCertificateV2Oid = "1.2.840.113549.1.9.16.2.47";

    private SignedAttributes(byte[] signedBytes, Dictionary<string, byte[]> values)
    {
        SignedBytes = signedBytes;
        ContentType = ParseContentType(Only(values, ContentTypeOid, "content-type"));
        MessageDigest = ParseMessageDigest(Only(values, MessageDigestOid, "message-digest"));
        SigningCertificate = Find(values, SigningCertificateOid) is { } first ? SigningCertificateId.ParseVersion1(first) : null;
        SigningCertificateV2 = Find(values, SigningCertificateV2Oid) is { } second ? SigningCertificateId.ParseVersion2(second) : null;
    }

    /// <summary>What the signature is over.</summary>
    public byte[] SignedBytes { get; }

    /// <summary>The type of the signed content.</summary>
    public string ContentType { get; }

    /// <summary>The hash of the signed content.</summary>
    public byte[] MessageDigest { get; }

    /// <summary>The signer's certificate by its SHA-1, or null (RFC 2634 §5.4).</summary>
    public SigningCertificateId? SigningCertificate { get; }

    /// <summary>The signer's certificate by a stated hash, or null (RFC 5035 §3).</summary>
    public SigningCertificateId? SigningCertificateV2 { get; }

    /// <summary>The attributes in <paramref name="element"/>, whose tag is [0].</summary>
    public static SignedAttributes Parse(ReadOnlySpan<byte> element)
    {
        byte[] signedBytes = element.ToArray();
        signedBytes[0] = DerCursor.SetTag;
        DerCursor outer = new(signedBytes, "signed attributes");
        DerCursor set = outer.Inside(DerCursor.SetTag);
        Dictionary<string, byte[]> values = new(StringComparer.Ordinal);
        while (!set.AtEnd)
        {
            DerCursor attribute = set.Sequence();
            string oid = attribute.Oid();
            byte[] value = attribute.Content(DerCursor.SetTag).ToArray();
            attribute.End();
            if (!values.TryAdd(oid, value))
            {
                throw new MalformedException($"signed attributes: {oid} twice");
            }
        }

        return new SignedAttributes(signedBytes, values);
    }

    private static byte[] Only(Dictionary<string, byte[]> values, string oid, string name) =>
        Find(values, oid) ?? throw new MalformedException($"signed attributes: no {name}");

    private static byte[]? Find(Dictionary<string, byte[]> values, string oid) => values.GetValueOrDefault(oid);

    private static string ParseContentType(byte[] values)
    {
        DerCursor only = new(values, "content-type attribute");
        string oid = only.Oid();
        only.End();
        return oid;
    }

    private static byte[] ParseMessageDigest(byte[] values)
    {
        DerCursor only = new(values, "message-digest attribute");
        byte[] digest = only.Content(DerCursor.OctetStringTag).ToArray();
        only.End();
        return digest;
    }
}

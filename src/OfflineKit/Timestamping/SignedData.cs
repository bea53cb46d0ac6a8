using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.X509;

namespace OfflineKit.Timestamping;

/// <summary>A CMS SignedData around a TSTInfo, with exactly one signer.</summary>
/// <remarks>Source: RFC 5652 §5.1, RFC 3161 §2.4.2. Embedded certificates are candidates for the signer and nothing else; CRLs are not read.</remarks>
internal sealed record SignedData(byte[] Content, ImmutableArray<Certificate> Certificates, SignerInfo Signer)
{
    public const string TstInfoType = "1.2.840.113549.1.9.16.1.4";
    private const string SignedDataType = "1.2.840.113549.1.7.2";
    private const int Version3 = 3, CertificateLimit = 16;

    /// <summary>The ContentInfo in <paramref name="der"/>, all bytes consumed.</summary>
    public static SignedData Parse(ReadOnlySpan<byte> der)
    {
        DerCursor outer = new(der, "timestamp token");
        DerCursor info = outer.Sequence();
        outer.End();
        Require(info.Oid(), SignedDataType, "content type");
        DerCursor wrapped = info.Inside(DerCursor.Constructed(0));
        info.End();
        DerCursor data = wrapped.Sequence();
        wrapped.End();
        int version = data.SmallInteger();
        if (version != Version3)
        {
            throw new MalformedException($"SignedData: version {version}, wanted 3");
        }

        _ = data.Content(DerCursor.SetTag);
        byte[] content = ParseContent(data.Sequence());
        ImmutableArray<Certificate> certificates = ParseCertificates(ref data);
        if (data.Next(DerCursor.Constructed(1)))
        {
            _ = data.Element();
        }

        SignerInfo signer = ParseOnlySigner(data.Inside(DerCursor.SetTag));
        data.End();
        return new SignedData(content, certificates, signer);
    }

    private static byte[] ParseContent(DerCursor encapsulated)
    {
        Require(encapsulated.Oid(), TstInfoType, "encapsulated content type");
        DerCursor wrapped = encapsulated.Inside(DerCursor.Constructed(0));
        encapsulated.End();
        byte[] content = wrapped.Content(DerCursor.OctetStringTag).ToArray();
        wrapped.End();
        return content;
    }

    private static ImmutableArray<Certificate> ParseCertificates(ref DerCursor data)
    {
        if (!data.Next(DerCursor.Constructed(0)))
        {
            return [];
        }

        DerCursor set = data.Inside(DerCursor.Constructed(0));
        ImmutableArray<Certificate>.Builder all = ImmutableArray.CreateBuilder<Certificate>();
        while (!set.AtEnd)
        {
            if (all.Count == CertificateLimit)
            {
                throw new MalformedException($"SignedData: more than {CertificateLimit} certificates");
            }

            all.Add(Certificate.Parse(set.Element().ToArray()));
        }

        return all.ToImmutable();
    }

    private static SignerInfo ParseOnlySigner(DerCursor signers)
    {
        if (signers.AtEnd)
        {
            throw new MalformedException(TimestampReasons.SeveralSigners, "no SignerInfo, wanted one");
        }

        SignerInfo signer = SignerInfo.Parse(signers.Sequence());
        return signers.AtEnd ? signer : throw new MalformedException(TimestampReasons.SeveralSigners, "more than one SignerInfo, wanted one");
    }

    private static void Require(string seen, string wanted, string what)
    {
        if (!string.Equals(seen, wanted, StringComparison.Ordinal))
        {
            throw new MalformedException($"timestamp token: {what} {seen}, wanted {wanted}");
        }
    }
}

using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Timestamping;
using OfflineKit.X509;

namespace OfflineKit.Formats.Cms;

/// <summary>A CMS SignedData over a file: the file itself where it is inside, the certificates that came along, and one or several signers.</summary>
/// <param name="Content">The signed content; null: it is another file.</param>
/// <param name="Certificates">Candidates for the signers and what stands between them and an authority; nothing of it is trusted.</param>
/// <param name="Signers">The signatures.</param>
/// <remarks>Shape: DER, a frame in BER (<see cref="CmsSpelling"/>), or PEM of either with the label CMS or PKCS7. Revocation lists are not read. Source: RFC 5652 §5.1, docs/spec/cms.md.</remarks>
internal sealed record CmsMessage(ReadOnlyMemory<byte>? Content, ImmutableArray<Certificate> Certificates, ImmutableArray<SignerInfo> Signers)
{
    private const string What = "CMS message", SignedDataType = "1.2.840.113549.1.7.2", DataType = "1.2.840.113549.1.7.1";
    private const int MostCertificates = 32, MostSigners = 16, LongestHead = 24;

    // The object identifier 1.2.840.113549.1.7.N, of which nine bytes follow their tag and length.
    private static ReadOnlySpan<byte> TypePrefix => [DerCursor.OidTag, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07];

    private static readonly ImmutableArray<string> Labels = ["CMS", "PKCS7", "PKCS #7 SIGNED DATA"];

    /// <summary>The type of every content: what the signed attributes must name.</summary>
    public static string ContentType => DataType;

    /// <summary>A ContentInfo in DER, or a block of PEM that may hold one.</summary>
    public static bool LooksLike(ReadOnlySpan<byte> content)
    {
        if (content is [DerCursor.SequenceTag, ..])
        {
            // Behind the header of the sequence, whose length may be spelled wrongly, stands the type.
            return content[..Math.Min(content.Length, LongestHead)].IndexOf(TypePrefix) is > 1 and < 7;
        }

        ReadOnlySpan<byte> text = content.TrimStart(" \t\r\n"u8);
        return text.StartsWith("-----BEGIN CMS-----"u8) || text.StartsWith("-----BEGIN PKCS7-----"u8) || text.StartsWith("-----BEGIN PKCS #7 SIGNED DATA-----"u8);
    }

    /// <summary>The signed content stands in the message; of a malformed one, as far as its beginning tells, so that its own fault is told and not a want of another file.</summary>
    public static bool HoldsContent(ReadOnlyMemory<byte> content) =>
        Result.Parse(Reasons.MalformedSignature, () => Parse(content)).Value is { } message ? message.Content is not null : CmsBeginning.HoldsContent(content.Span);

    /// <summary>The message in <paramref name="content"/>.</summary>
    public static CmsMessage Parse(ReadOnlyMemory<byte> content) => ParseDer(CmsSpelling.InDer(content.Span is [DerCursor.SequenceTag, ..] ? content.Span : Unarmoured(content.Span)));

    private static byte[] Unarmoured(ReadOnlySpan<byte> text) => Pem.ParseOne(text, What) is var block && Labels.Contains(block.Label, StringComparer.Ordinal)
        ? block.Content.ToArray()
        : throw new MalformedException($"{What}: PEM block {block.Label}, wanted CMS or PKCS7");

    private static CmsMessage ParseDer(ReadOnlySpan<byte> der)
    {
        DerCursor outer = new(der, What);
        DerCursor info = outer.Sequence();
        outer.End();
        RequireType(info.Oid(), SignedDataType);
        DerCursor wrapped = info.Inside(DerCursor.Constructed(0));
        info.End();
        DerCursor data = wrapped.Sequence();
        wrapped.End();
        if (data.SmallInteger() is not (1 or 3) and var version)
        {
            throw new MalformedException($"{What}: SignedData of version {version}, wanted 1 or 3");
        }

        _ = data.Content(DerCursor.SetTag);
        ReadOnlyMemory<byte>? content = ContentOf(data.Sequence());
        ImmutableArray<Certificate> certificates = CertificatesOf(ref data);
        if (data.Next(DerCursor.Constructed(1)))
        {
            _ = data.Element();
        }

        ImmutableArray<SignerInfo> signers = SignersOf(data.Inside(DerCursor.SetTag));
        data.End();
        return new CmsMessage(content, certificates, signers);
    }

    private static ReadOnlyMemory<byte>? ContentOf(DerCursor encapsulated)
    {
        RequireType(encapsulated.Oid(), DataType);
        if (encapsulated.AtEnd)
        {
            return null;
        }

        DerCursor wrapped = encapsulated.Inside(DerCursor.Constructed(0));
        encapsulated.End();
        byte[] content = wrapped.Content(DerCursor.OctetStringTag).ToArray();
        wrapped.End();
        return content.AsMemory();
    }

    private static ImmutableArray<Certificate> CertificatesOf(ref DerCursor data)
    {
        var all = ImmutableArray.CreateBuilder<Certificate>();
        DerCursor set = data.Next(DerCursor.Constructed(0)) ? data.Inside(DerCursor.Constructed(0)) : default;
        while (!set.AtEnd)
        {
            if (all.Count == MostCertificates)
            {
                throw new MalformedException($"{What}: more than {MostCertificates} certificates");
            }

            all.Add(Certificate.Parse(set.Element().ToArray()));
        }

        return all.ToImmutable();
    }

    private static ImmutableArray<SignerInfo> SignersOf(DerCursor set)
    {
        var signers = ImmutableArray.CreateBuilder<SignerInfo>();
        while (!set.AtEnd && signers.Count <= MostSigners)
        {
            DerCursor signer = set.Sequence();
            signers.Add(SignerInfo.HasAttributes(signer) ? SignerInfo.Parse(signer) : throw new MalformedException(CmsReasons.NoAttributes, $"{What}: a signature without signed attributes"));
        }

        return signers.Count is > 0 and <= MostSigners ? signers.ToImmutable() : throw new MalformedException($"{What}: {signers.Count} signatures, wanted 1 to {MostSigners}");
    }

    private static void RequireType(string seen, string wanted)
    {
        if (!string.Equals(seen, wanted, StringComparison.Ordinal))
        {
            throw new MalformedException(CmsReasons.OtherContent, $"{What}: {NameOf(seen)}");
        }
    }

    private static string NameOf(string oid) => oid switch
    {
        "1.2.840.113549.1.7.3" => "enveloped data, which is encrypted and not signed",
        "1.2.840.113549.1.9.16.1.4" => "a timestamp token, which signs the hash of a file and names no signer of it",
        "1.3.6.1.4.1.311.2.1.4" => "an Authenticode signature of a program",
        "1.3.6.1.4.1.311.10.1" => "a catalog of Windows",
        _ => $"content of the type {oid}",
    };
}

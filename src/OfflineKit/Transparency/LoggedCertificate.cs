using System.Buffers.Binary;
using System.Formats.Asn1;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.X509;

namespace OfflineKit.Transparency;

/// <summary>A certificate in the form in which a log signed it.</summary>
/// <remarks>Source: RFC 6962 §3.2.</remarks>
internal sealed class LoggedCertificate
{
    private const byte X509Entry = 0, PrecertificateEntry = 1;

    private LoggedCertificate(Certificate certificate, byte[] entry) => (Certificate, Entry) = (certificate, entry);

    /// <summary>The certificate itself.</summary>
    public Certificate Certificate { get; }

    /// <summary>Entry type and signed entry: what stands between the time and the extensions in the signed structure.</summary>
    public ReadOnlyMemory<byte> Entry { get; }

    /// <summary>A certificate that was logged as it is: its timestamps come from outside.</summary>
    public static LoggedCertificate Whole(Certificate certificate) =>
        new(certificate, [0, X509Entry, .. Length24(certificate.Der.Length), .. certificate.Der.Span]);

    /// <summary>A certificate that was logged before it was finished: its timestamps are embedded, or it still carries the poison.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="issuerSpki">SubjectPublicKeyInfo of the issuing authority as it stands in its certificate.</param>
    public static LoggedCertificate Precertificate(Certificate certificate, ReadOnlySpan<byte> issuerSpki)
    {
        byte[] tbs = WithoutTimestamps(certificate.Tbs.Span);
        return new LoggedCertificate(certificate, [0, PrecertificateEntry, .. Digest.Sha256(issuerSpki).Bytes, .. Length24(tbs.Length), .. tbs]);
    }

    /// <summary>The TBSCertificate <paramref name="tbs"/> without the extensions that logging adds, all lengths written anew.</summary>
    internal static byte[] WithoutTimestamps(ReadOnlySpan<byte> tbs)
    {
        DerCursor outer = new(tbs, "certificate");
        DerCursor fields = outer.Sequence();
        outer.End();
        AsnWriter writer = new(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            while (!fields.AtEnd)
            {
                if (fields.Next(DerCursor.Constructed(3)))
                {
                    WriteExtensions(writer, fields.Inside(DerCursor.Constructed(3)));
                }
                else
                {
                    writer.WriteEncodedValue(fields.Element());
                }
            }
        }

        return writer.Encode();
    }

    private static void WriteExtensions(AsnWriter writer, DerCursor wrapped)
    {
        DerCursor extensions = wrapped.Sequence();
        AsnWriter kept = new(AsnEncodingRules.DER);
        int count = 0;
        using (kept.PushSequence())
        {
            while (!extensions.AtEnd)
            {
                ReadOnlySpan<byte> extension = extensions.Element();
                if (IsOfLogging(extension))
                {
                    continue;
                }

                kept.WriteEncodedValue(extension);
                count++;
            }
        }

        if (count > 0)
        {
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 3)))
            {
                writer.WriteEncodedValue(kept.Encode());
            }
        }
    }

    private static bool IsOfLogging(ReadOnlySpan<byte> extension)
    {
        DerCursor outer = new(extension, "certificate extension");
        return outer.Sequence().Oid() is CertificateExtension.SignedCertificateTimestamps or CertificateExtension.PrecertificatePoison;
    }

    private static byte[] Length24(int length)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, length);
        return bytes[0] == 0 ? bytes[1..] : throw new MalformedException($"certificate of {length} bytes is too long to be logged");
    }
}

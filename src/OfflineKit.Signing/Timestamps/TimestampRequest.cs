using System.Formats.Asn1;
using System.Security.Cryptography;
using OfflineKit.Crypto;

namespace OfflineKit.Signing.Timestamps;

/// <summary>An RFC 3161 request over SHA-256, with a random nonce, asking for the authority's certificate.</summary>
internal sealed class TimestampRequest
{
    private const string Sha256 = "2.16.840.1.101.3.4.2.1";

    /// <summary>A request about <paramref name="bytes"/>.</summary>
    public TimestampRequest(ReadOnlySpan<byte> bytes)
    {
        byte[] nonce = RandomNumberGenerator.GetBytes(16);

        // Positive and minimal, so that it has one encoding.
        nonce[0] = (byte)((nonce[0] & 0x7F) | 0x40);
        Nonce = nonce;
        AsnWriter writer = new(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            using (writer.PushSequence())
            {
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(Sha256);
                    writer.WriteNull();
                }

                writer.WriteOctetString(Digest.Sha256(bytes).Bytes);
            }

            writer.WriteInteger(nonce);
            writer.WriteBoolean(true);
        }

        Der = writer.Encode();
    }

    /// <summary>The content of the nonce's INTEGER.</summary>
    public ReadOnlyMemory<byte> Nonce { get; }

    /// <summary>The TimeStampReq.</summary>
    public byte[] Der { get; }
}

using System.Formats.Asn1;
using OfflineKit.Crypto;

namespace OfflineKit.Signing;

/// <summary>Writes verified signatures in the encodings that formats ask for.</summary>
internal static class SignatureEncoding
{
    /// <summary>As DSSE, bundles and detached files store it: ECDSA as strict DER, everything else as it is.</summary>
    public static byte[] Stored(VerifiedSignature signature) =>
        signature.Key.Material.Curve is null ? signature.Value.ToArray() : Der(signature.Value.Span);

    /// <summary>The ECDSA-Sig-Value (RFC 3279 §2.2.3) of r‖s: two minimal unsigned integers.</summary>
    public static byte[] Der(ReadOnlySpan<byte> joined)
    {
        AsnWriter writer = new(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteIntegerUnsigned(Minimal(joined[..(joined.Length / 2)]));
            writer.WriteIntegerUnsigned(Minimal(joined[(joined.Length / 2)..]));
        }

        return writer.Encode();
    }

    private static ReadOnlySpan<byte> Minimal(ReadOnlySpan<byte> number)
    {
        ReadOnlySpan<byte> trimmed = number.TrimStart((byte)0);
        return trimmed.IsEmpty ? number[..1] : trimmed;
    }
}

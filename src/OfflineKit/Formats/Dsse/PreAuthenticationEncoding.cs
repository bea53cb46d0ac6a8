using System.Globalization;
using OfflineKit.Encoding;

namespace OfflineKit.Formats.Dsse;

/// <summary>The bytes that a DSSE signature covers: payload type and payload, each with its length in bytes.</summary>
/// <remarks>Source: DSSE protocol.md, docs/spec/dsse.md §2. Lengths count UTF-8 bytes, never characters.</remarks>
internal static class PreAuthenticationEncoding
{
    /// <summary><c>DSSEv1 LEN(type) type LEN(body) body</c>, single blanks between.</summary>
    public static byte[] Of(string payloadType, ReadOnlySpan<byte> body)
    {
        byte[] type = Utf8Text.Encode(payloadType);
        return [.. "DSSEv1 "u8, .. Decimal(type.Length), (byte)' ', .. type, (byte)' ', .. Decimal(body.Length), (byte)' ', .. body];
    }

    private static byte[] Decimal(int length) => Utf8Text.Encode(length.ToString(CultureInfo.InvariantCulture));
}

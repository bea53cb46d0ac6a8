using System.Buffers;
using System.Buffers.Text;

namespace OfflineKit.Encoding;

/// <summary>Base64 with one spelling per value: no blanks, padding as the alphabet asks, unused trailing bits zero.</summary>
/// <remarks>Source: RFC 4648 §3.5 (canonical encoding). The BCL decoders skip white space and accept stray bits, so every result is encoded again and compared.</remarks>
internal static class StrictBase64
{
    /// <summary>The bytes behind <paramref name="text"/>, standard alphabet, padded.</summary>
    /// <exception cref="MalformedException">Any other spelling.</exception>
    public static byte[] Decode(ReadOnlySpan<byte> text, string what)
    {
        byte[] bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        if (text.Length % 4 == 0
            && Base64.DecodeFromUtf8(text, bytes, out int consumed, out int written) == OperationStatus.Done
            && consumed == text.Length)
        {
            byte[] decoded = bytes[..written];
            if (Encode(decoded).SequenceEqual(text))
            {
                return decoded;
            }
        }

        throw new MalformedException($"{what}: not strict base64 (standard alphabet, padded, no blanks, no stray bits)");
    }

    /// <summary>The same for text that came out of a JSON string.</summary>
    public static byte[] Decode(string text, string what) => Decode(AsciiBytes(text, what), what);

    /// <summary>Exactly <paramref name="size"/> bytes behind <paramref name="text"/>.</summary>
    public static byte[] Decode(ReadOnlySpan<byte> text, int size, string what)
    {
        byte[] decoded = Decode(text, what);
        return decoded.Length == size
            ? decoded
            : throw new MalformedException($"{what}: {decoded.Length} bytes, wanted {size}");
    }

    /// <summary>The bytes behind text that a tool broke into lines (<c>base64</c>, <c>openssl base64</c>): CR and LF say nothing, everything else is strict.</summary>
    public static byte[] DecodeWrapped(ReadOnlySpan<byte> text, string what)
    {
        byte[] joined = new byte[text.Length];
        int length = 0;
        foreach (byte b in text)
        {
            joined[length] = b;
            length += b is (byte)'\r' or (byte)'\n' ? 0 : 1;
        }

        return Decode(joined.AsSpan(0, length), what);
    }

    /// <summary>The same for text that came out of a JSON string.</summary>
    public static byte[] DecodeWrapped(string text, string what) => DecodeWrapped(AsciiBytes(text, what), what);

    /// <summary>The bytes behind unpadded base64url text (RFC 7515 §2).</summary>
    public static byte[] DecodeUrl(string text, string what)
    {
        byte[] ascii = AsciiBytes(text, what);
        if (ascii.AsSpan().ContainsAny("+/="u8) || ascii.Length % 4 == 1)
        {
            throw new MalformedException($"{what}: not unpadded base64url");
        }

        ReplaceAlphabet(ascii);
        return Decode(Padded(ascii), what);
    }

    /// <summary>Padded base64 in either alphabet, never both in one value (DSSE protocol.md).</summary>
    public static byte[] DecodeEitherAlphabet(string text, string what)
    {
        byte[] ascii = AsciiBytes(text, what);
        if (!ascii.AsSpan().ContainsAny("-_"u8))
        {
            return Decode(ascii, what);
        }

        if (ascii.AsSpan().ContainsAny("+/"u8))
        {
            throw new MalformedException($"{what}: two base64 alphabets in one value");
        }

        ReplaceAlphabet(ascii);
        return Decode(ascii, what);
    }

    /// <summary>Standard padded base64 of <paramref name="bytes"/>, as ASCII bytes.</summary>
    public static byte[] Encode(ReadOnlySpan<byte> bytes)
    {
        byte[] text = new byte[Base64.GetMaxEncodedToUtf8Length(bytes.Length)];
        Base64.EncodeToUtf8(bytes, text, out _, out _);
        return text;
    }

    private static byte[] AsciiBytes(string text, string what)
    {
        byte[] ascii = new byte[text.Length];
        for (int i = 0; i < text.Length; i++)
        {
            ascii[i] = text[i] < 0x80 ? (byte)text[i] : throw new MalformedException($"{what}: not base64");
        }

        return ascii;
    }

    private static void ReplaceAlphabet(Span<byte> ascii)
    {
        ascii.Replace((byte)'-', (byte)'+');
        ascii.Replace((byte)'_', (byte)'/');
    }

    private static byte[] Padded(byte[] ascii)
    {
        byte[] padded = new byte[(ascii.Length + 3) / 4 * 4];
        padded.AsSpan().Fill((byte)'=');
        ascii.CopyTo(padded, 0);
        return padded;
    }
}

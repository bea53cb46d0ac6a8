using System.Text.Unicode;

namespace OfflineKit.Encoding;

/// <summary>UTF-8 that is valid, without a byte order mark and, where asked, without control characters.</summary>
internal static class Utf8Text
{
    private static readonly System.Text.UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text behind <paramref name="bytes"/>; invalid UTF-8 is malformed, never replaced.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes, string what) =>
        Utf8.IsValid(bytes) ? Strict.GetString(bytes) : throw new MalformedException($"{what}: not valid UTF-8");

    /// <summary>The text behind <paramref name="bytes"/>, in which the only control character is TAB.</summary>
    public static string DecodePrintable(ReadOnlySpan<byte> bytes, string what)
    {
        string text = Decode(bytes, what);
        foreach (char c in text)
        {
            if (char.IsControl(c) && c != '\t')
            {
                throw new MalformedException($"{what}: control character U+{(int)c:X4}");
            }
        }

        return text;
    }

    /// <summary>Refuses a UTF-8 byte order mark at the start of <paramref name="bytes"/>.</summary>
    public static void RefuseByteOrderMark(ReadOnlySpan<byte> bytes, string what)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            throw new MalformedException($"{what}: starts with a byte order mark");
        }
    }

    /// <summary>Any bytes, for a message: text as it is, and as <c>\xHH</c> each byte that is no UTF-8 or a control character.</summary>
    public static string Spell(ReadOnlySpan<byte> bytes)
    {
        System.Text.StringBuilder spelled = new();
        while (!bytes.IsEmpty)
        {
            bool isText = System.Text.Rune.DecodeFromUtf8(bytes, out System.Text.Rune rune, out int size) == System.Buffers.OperationStatus.Done && !System.Text.Rune.IsControl(rune);
            foreach (byte b in isText ? default : bytes[..size])
            {
                spelled.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\x{b:x2}");
            }

            spelled.Append(isText ? rune.ToString() : "");
            bytes = bytes[size..];
        }

        return spelled.ToString();
    }

    /// <summary>The bytes of <paramref name="text"/>.</summary>
    public static byte[] Encode(string text) => Strict.GetBytes(text);
}

namespace OfflineKit.Encoding;

/// <summary>The mark before a text, by which Windows programs say how it is written: it changes nothing of what the text says.</summary>
internal static class ByteOrderMark
{
    // So many letters at the start make it certain that a text is meant: a bare signature is any bytes.
    private const int Letters = 8;

    /// <summary>A mark of UTF-8, UTF-16 LE or UTF-16 BE.</summary>
    public static bool IsAtStart(ReadOnlySpan<byte> content) => content is [0xEF, 0xBB, 0xBF, ..] or [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..];

    /// <summary><paramref name="content"/> in UTF-8, without its mark.</summary>
    /// <remarks>What is no UTF-16 becomes U+FFFD, which a reader of names must refuse.</remarks>
    public static ReadOnlySpan<byte> Dropped(ReadOnlySpan<byte> content) => content switch
    {
        [0xEF, 0xBB, 0xBF, ..] => content[3..],
        [0xFF, 0xFE, ..] => Utf8(content[2..], System.Text.Encoding.Unicode),
        [0xFE, 0xFF, ..] => Utf8(content[2..], System.Text.Encoding.BigEndianUnicode),
        _ => content,
    };

    /// <summary><paramref name="content"/> in UTF-8 and without its mark, where it is text all through; for files that name whom to trust, never for what is signed.</summary>
    /// <exception cref="MalformedException">UTF-16 that is cut, or bytes that are none.</exception>
    public static ReadOnlyMemory<byte> Narrow(ReadOnlyMemory<byte> content, string what)
    {
        if (!IsAtStart(content.Span))
        {
            return content;
        }

        byte[] text = Dropped(content.Span).ToArray();
        return text.AsSpan().IndexOf("\uFFFD"u8) < 0 ? text : throw new MalformedException($"{what}: UTF-16 that is cut or no text");
    }

    /// <summary>The text behind the mark at the start of <paramref name="content"/>, in UTF-8; null where there is no mark, or no text behind it.</summary>
    public static byte[]? Text(ReadOnlySpan<byte> content)
    {
        ReadOnlySpan<byte> text = IsAtStart(content) ? Dropped(content) : default;
        bool isText = text.Length >= Letters && !text[..Letters].ContainsAnyExceptInRange((byte)' ', (byte)'~') && text.IndexOf("\uFFFD"u8) < 0;
        return isText ? text.ToArray() : null;
    }

    private static byte[] Utf8(ReadOnlySpan<byte> content, System.Text.Encoding encoding) => Utf8Text.Encode(encoding.GetString(content));
}

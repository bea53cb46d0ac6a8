using OfflineKit.Encoding;

namespace OfflineKit.Formats.Foreign;

/// <summary>The marks by which forms are told apart that nobody reads here: nothing is parsed, and nothing is refused.</summary>
internal static class ForeignMarks
{
    private const int HeadSize = 8192;

    /// <summary>The text begins so, after blanks and a byte order mark.</summary>
    public static bool Begins(ReadOnlySpan<byte> content, ReadOnlySpan<byte> start) =>
        (content.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? content[3..] : content).TrimStart(" \t\r\n"u8).StartsWith(start);

    /// <summary>The content begins with these bytes.</summary>
    public static bool BeginsWith(ReadOnlySpan<byte> content, ReadOnlySpan<byte> bytes) => content.StartsWith(bytes);

    /// <summary>The bytes stand somewhere in the content.</summary>
    public static bool Has(ReadOnlySpan<byte> content, ReadOnlySpan<byte> bytes) => content.IndexOf(bytes) >= 0;

    /// <summary>The text, which is ASCII, stands somewhere in the content, or does so in UTF-16.</summary>
    public static bool HasText(ReadOnlySpan<byte> content, ReadOnlySpan<byte> text)
    {
        if (content.IndexOf(text) >= 0)
        {
            return true;
        }

        byte[] wide = new byte[2 * text.Length];
        for (int i = 0; i < text.Length; i++)
        {
            wide[2 * i] = text[i];
        }

        return content.IndexOf(wide) >= 0;
    }

    /// <summary>The first part of a long file.</summary>
    public static ReadOnlySpan<byte> Head(ReadOnlySpan<byte> content) => content[..Math.Min(content.Length, HeadSize)];

    /// <summary>A SEQUENCE of DER with a long length.</summary>
    public static bool IsDer(ReadOnlySpan<byte> content) => content is [0x30, 0x80 or 0x82 or 0x83, ..];

    /// <summary>A zip archive.</summary>
    public static bool IsZip(ReadOnlySpan<byte> content) => content.StartsWith("PK\x03\x04"u8);

    /// <summary>Header lines of mail at the start.</summary>
    public static bool IsMail(ReadOnlySpan<byte> content) => Begins(content, "MIME-Version:"u8) || Begins(content, "Content-Type: multipart/signed"u8) || Begins(content, "From:"u8) || Begins(content, "To:"u8) || Begins(content, "Subject:"u8)
        || Begins(content, "Received:"u8) || Begins(content, "Return-Path:"u8);

    /// <summary>A JSON object with all of <paramref name="names"/>, a nested one as <c>outer.inner</c>.</summary>
    public static bool Names(ReadOnlySpan<byte> content, params ReadOnlySpan<string> names)
    {
        if (!content.TrimStart(" \t\r\n"u8).StartsWith("{"u8))
        {
            return false;
        }

        HashSet<string> found = JsonOutline.Of(content);
        foreach (string name in names)
        {
            if (!found.Contains(name))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A signature of the Notary Project in JSON: a JWS whose unprotected header names the program that made it.</summary>
    public static bool IsNotation(ReadOnlySpan<byte> content) =>
        content.IndexOf("io.cncf.notary."u8) >= 0 && Names(content, "payload", "protected", "signature", "header.io.cncf.notary.signingAgent");
}

using System.Buffers;
using OfflineKit.Encoding;

namespace OfflineKit.Formats.Foreign;

/// <summary>The marks by which forms are told apart that nobody reads here: nothing is parsed, and nothing is refused.</summary>
internal static class ForeignMarks
{
    private const int HeadSize = 8192;

    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdef"u8);

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

    /// <summary>Header lines of mail at the start, among them what only a mail server writes first.</summary>
    public static bool IsMailHead(ReadOnlySpan<byte> content) => IsMail(content) || Begins(content, "DKIM-Signature:"u8) || Begins(content, "Delivered-To:"u8) || Begins(content, "Authentication-Results:"u8);

    /// <summary>A tar archive of POSIX or GNU.</summary>
    public static bool IsTar(ReadOnlySpan<byte> content) => content.Length > 512 && content[257..].StartsWith("ustar"u8);

    /// <summary>What stands before the first line end.</summary>
    public static ReadOnlySpan<byte> FirstLine(ReadOnlySpan<byte> content) => content.TrimStart(" \t\r\n"u8) is var text && text.IndexOf((byte)'\n') is >= 0 and int end ? text[..end] : text;

    /// <summary>An object of git that carries a signature, as <c>git cat-file</c> prints it.</summary>
    public static bool IsGitObject(ReadOnlySpan<byte> content) =>
        (content.StartsWith("tree "u8) && HasText(content, "\ngpgsig"u8) && HasText(content, "\ncommitter "u8))
        || (content.StartsWith("object "u8) && HasText(content, "\ntype "u8) && HasText(content, "\ntagger "u8) && HasText(content, "-----BEGIN "u8));

    /// <summary>A bundle of a git repository: below its first line stand hashes and names, as in a list of checksums.</summary>
    public static bool IsGitBundle(ReadOnlySpan<byte> content) => content.StartsWith("# v2 git bundle\n"u8) || content.StartsWith("# v3 git bundle\n"u8);

    /// <summary>A signature in the form of the kernel's integrity subsystem: mark, version 2, hash, key, and a length that goes to the end.</summary>
    public static bool IsIma(ReadOnlySpan<byte> content) =>
        content is [0x03, 0x02, >= 0x02 and <= 0x14, _, _, _, _, byte high, byte low, ..] && (high << 8 | low) == content.Length - 9 && content.Length > 64;

    /// <summary>What a Sigstore log answers about an entry: one member, called by the entry's id in hex.</summary>
    public static bool IsRekorEntry(ReadOnlySpan<byte> content)
    {
        const int Id = 64;
        ReadOnlySpan<byte> text = content.TrimStart(" \t\r\n"u8);
        ReadOnlySpan<byte> name = text.StartsWith("{"u8) ? text[1..].TrimStart(" \t\r\n"u8) : default;
        return name.Length > Id && name[0] == '"' && !name.Slice(1, Id).ContainsAnyExcept(HexDigits) && HasText(Head(content), "\"integratedTime\""u8) && HasText(Head(content), "\"body\""u8);
    }

    /// <summary>An OpenPGP message in armour, or one that <c>gpg --sign</c> packed: inside is the packet that announces a signature.</summary>
    public static bool IsPgpMessage(ReadOnlySpan<byte> content) => Begins(content, "-----BEGIN PGP MESSAGE-----"u8) || content is [0x90, 0x0D, 0x03, <= 0x02, ..]
        || (content is [0xA3, 0x01, ..] && PackedHead.OfDeflate(content[2..]) is [0x90, 0x0D, 0x03, ..] or [0xC4, 0x0D, 0x03, ..])
        || (content is [0xA3, 0x02, 0x78, _, ..] && PackedHead.OfDeflate(content[4..]) is [0x90, 0x0D, 0x03, ..] or [0xC4, 0x0D, 0x03, ..]);

    /// <summary>A JSON object with all of <paramref name="names"/>, a nested one as <c>outer.inner</c>.</summary>
    public static bool Names(ReadOnlySpan<byte> content, params ReadOnlySpan<string> names)
    {
        if (!StrictJson.BeginsObject(content))
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

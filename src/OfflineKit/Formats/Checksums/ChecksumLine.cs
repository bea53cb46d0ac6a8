using OfflineKit.Encoding;

namespace OfflineKit.Formats.Checksums;

/// <summary>One line of a list: a file and one digest of it.</summary>
/// <param name="Name">The file, without a leading <c>./</c>.</param>
/// <param name="Hash">The hash function.</param>
/// <param name="Digest">The digest; null where the function is not accepted.</param>
/// <param name="Size">Bytes; null where the list names none.</param>
/// <remarks>
/// Shape: <c>HEX  NAME</c>, <c>HEX *NAME</c>, <c>HEX NAME</c> (coreutils), <c>TAG (NAME) = HEX</c> (BSD) or <c>TAG(NAME)= HEX</c> (openssl dgst); hex in either case. Names that coreutils
/// writes with a leading backslash are refused. Source: docs/spec/checksums.md.
/// </remarks>
internal sealed record ChecksumLine(string Name, NamedHash Hash, ListedDigest? Digest, long? Size = null)
{
    /// <summary>The line begins as one of a list does.</summary>
    public static bool LooksLike(ReadOnlySpan<byte> line)
    {
        int digits = HexDigits(line);
        return digits < line.Length && line[digits] == (byte)' ' && ChecksumTag.OfLength(digits) is not null || TagOf(line) is not null;
    }

    /// <summary>The line names the digest of a manifest beside the list.</summary>
    public static bool IsRoot(ReadOnlySpan<byte> line) => line.StartsWith("root "u8) && line.Length == 5 + (2 * Crypto.DigestAlgorithms.Size(Crypto.DigestAlgorithm.Sha256)) && HexDigits(line[5..]) == line.Length - 5;

    /// <summary>What <paramref name="line"/> says.</summary>
    public static ChecksumLine Parse(ReadOnlySpan<byte> line, string what) => TagOf(line) is { } hash ? Tagged(line, hash, what) : Pair(line, what);

    /// <summary>The line that says that the digest of the file <paramref name="name"/> under <paramref name="hash"/> is <paramref name="hex"/>.</summary>
    public static ChecksumLine Of(ReadOnlySpan<byte> name, NamedHash hash, ReadOnlySpan<byte> hex, string what, long? size = null)
    {
        string path = Utf8Text.DecodePrintable(name.StartsWith("./"u8) ? name[2..] : name, what);
        return path.Length > 0
            ? new ChecksumLine(path, hash, hash.Digest(System.Text.Encoding.ASCII.GetString(hex), $"{what}: the {hash.Name} digest"), size)
            : throw new MalformedException($"{what}: a digest without a file name");
    }

    private static ChecksumLine Tagged(ReadOnlySpan<byte> line, NamedHash hash, string what)
    {
        int open = line.IndexOf((byte)'('), close = Math.Max(line.LastIndexOf(")= "u8), line.LastIndexOf(") = "u8));
        return close > open
            ? Of(line[(open + 1)..close], hash, line[(close + (line[close + 1] == (byte)'=' ? 3 : 4))..], what)
            : throw new MalformedException($"{what}: wanted {hash.Name} (NAME) = HEX");
    }

    private static ChecksumLine Pair(ReadOnlySpan<byte> line, string what)
    {
        int digits = HexDigits(line);
        if (line.Length < digits + 2 || line[digits] != (byte)' ' || ChecksumTag.OfLength(digits) is not { } hash)
        {
            throw new MalformedException($"{what}: wanted HEX  NAME, HEX *NAME or SHA256 (NAME) = HEX");
        }

        int start = line[digits + 1] is (byte)' ' or (byte)'*' && line.Length > digits + 2 ? digits + 2 : digits + 1;
        return Of(line[start..], hash, line[..digits], what);
    }

    // The hash function before "(" or " (".
    private static NamedHash? TagOf(ReadOnlySpan<byte> line)
    {
        int open = line.IndexOf((byte)'(');
        ReadOnlySpan<byte> tag = open > 0 ? line[..open] : default;
        tag = tag.EndsWith(" "u8) ? tag[..^1] : tag;
        return tag.Length is > 0 and < 16 && !tag.ContainsAnyExceptInRange((byte)'!', (byte)'~') ? ChecksumTag.Of(System.Text.Encoding.ASCII.GetString(tag)) : null;
    }

    private static int HexDigits(ReadOnlySpan<byte> line)
    {
        int digits = 0;
        while (digits < line.Length && char.IsAsciiHexDigit((char)line[digits]))
        {
            digits++;
        }

        return digits;
    }
}

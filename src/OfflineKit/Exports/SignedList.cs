using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Exports;

/// <summary>A list of SHA-256 digests by file name, in one of the three spellings that programs write.</summary>
/// <remarks>
/// Shape: <c>HEX  NAME</c>, <c>HEX *NAME</c> or, with one blank, <c>HEX NAME</c> (coreutils reads all three), or <c>SHA256 (NAME) = HEX</c> (BSD), one spelling a file; a first line <c>root HEX</c> is the digest of the
/// manifest beside the list. Names are plain and relative; a leading <c>./</c> is dropped. Names that coreutils writes with a leading backslash are refused.
/// Source: docs/spec/exports.md.
/// </remarks>
internal sealed class SignedList
{
    private const int Digits = 64;

    private SignedList(Dictionary<string, ListedFile> files, Digest? root, string? firstOutOfOrder) =>
        (Files, Root, FirstOutOfOrder) = (files, root, firstOutOfOrder);

    /// <summary>The files by path.</summary>
    public IReadOnlyDictionary<string, ListedFile> Files { get; }

    /// <summary>The digest of the root line, or null.</summary>
    public Digest? Root { get; }

    /// <summary>The first path that stands behind one that is ordinally greater; null in a sorted list.</summary>
    public string? FirstOutOfOrder { get; }

    /// <summary>The list in <paramref name="content"/>.</summary>
    public static SignedList Parse(ReadOnlySpan<byte> content, string what)
    {
        Dictionary<string, ListedFile> files = new(StringComparer.Ordinal);
        LineCursor lines = new(content);
        Digest? root = null;
        string? previous = null, outOfOrder = null;
        bool? isTagged = null;
        for (int number = 1; !lines.AtEnd; number++)
        {
            ReadOnlySpan<byte> line = lines.Line(what);
            if (number == 1 && line.StartsWith("root "u8))
            {
                root = Hex(line["root "u8.Length..], what, number);
                continue;
            }

            if (line.IsEmpty || line[0] == (byte)'#')
            {
                continue;
            }

            bool tagged = line.StartsWith("SHA256 ("u8);
            isTagged = (isTagged ?? tagged) == tagged ? tagged : throw new MalformedException($"{what}: line {number} is spelled otherwise than the lines before");
            ListedFile file = tagged ? Tagged(line, what, number) : Pair(line, what, number);
            outOfOrder ??= previous is not null && string.CompareOrdinal(previous, file.Path) >= 0 ? file.Path : null;
            previous = file.Path;
            if (!files.TryAdd(file.Path, file))
            {
                throw new MalformedException($"{what}: line {number}: \"{file.Path}\" is listed twice");
            }

            ListedFiles.RequireFew(files.Count);
        }

        return files.Count > 0 ? new SignedList(files, root, outOfOrder) : throw new MalformedException($"{what}: lists no file");
    }

    private static ListedFile Tagged(ReadOnlySpan<byte> line, string what, int number)
    {
        int split = line.LastIndexOf(") = "u8);
        return split > 0
            ? new ListedFile(Name(line["SHA256 ("u8.Length..split], what, number), Size: null, Hex(line[(split + 4)..], what, number))
            : throw new MalformedException($"{what}: line {number}: wanted SHA256 (NAME) = HEX");
    }

    private static ListedFile Pair(ReadOnlySpan<byte> line, string what, int number)
    {
        bool isPair = line.Length > Digits + 2 && line[Digits] == (byte)' ';
        int start = isPair && line[Digits + 1] is (byte)' ' or (byte)'*' ? Digits + 2 : Digits + 1;
        return isPair
            ? new ListedFile(Name(line[start..], what, number), Size: null, Hex(line[..Digits], what, number))
            : throw new MalformedException($"{what}: line {number}: wanted HEX  NAME, HEX *NAME or SHA256 (NAME) = HEX");
    }

    private static string Name(ReadOnlySpan<byte> name, string what, int number) =>
        Utf8Text.DecodePrintable(name.StartsWith("./"u8) ? name[2..] : name, $"{what}: line {number}");

    private static Digest Hex(ReadOnlySpan<byte> digits, string what, int number)
    {
        string wanted = $"{what}: line {number}: wanted {Digits} hex digits";
        return digits.Length == Digits
            ? Digest.FromHex(DigestAlgorithm.Sha256, System.Text.Encoding.ASCII.GetString(digits).ToLowerInvariant(), wanted)
            : throw new MalformedException(wanted);
    }
}

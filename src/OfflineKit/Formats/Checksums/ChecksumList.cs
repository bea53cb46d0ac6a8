using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Formats.Checksums;

/// <summary>A list of digests by file name, in any of the spellings that programs write.</summary>
/// <remarks>
/// Shape: lines (<see cref="ChecksumLine"/>), a text of Debian's (<see cref="ReleaseText"/>), a provenance file of Helm's, or what PowerShell's Get-FileHash prints. A first line <c>root HEX</c> is the digest of the manifest beside the list. Names are plain
/// and relative. Every file has a digest under an accepted hash function; what is said of it under others is passed over. Source: docs/spec/checksums.md.
/// </remarks>
internal sealed class ChecksumList
{
    private const int MostFiles = 1_000_000;

    private ChecksumList(Builder built) => (Files, Root, FirstOutOfOrder, Unaccepted) = (built.Files, built.Root, built.OutOfOrder, [.. built.Unaccepted.Order(StringComparer.Ordinal)]);

    /// <summary>The files by path.</summary>
    public IReadOnlyDictionary<string, ListedFile> Files { get; }

    /// <summary>The digest of the root line, or null.</summary>
    public Digest? Root { get; }

    /// <summary>The first path that stands behind one that is ordinally greater; null in a sorted list.</summary>
    public string? FirstOutOfOrder { get; }

    /// <summary>The hash functions whose digests were passed over.</summary>
    public ImmutableArray<string> Unaccepted { get; }

    /// <summary>When the list says that it is no longer the newest; null: it does not say.</summary>
    public DateTimeOffset? ValidUntil { get; private init; }

    /// <summary>The hash functions that must be computed of the files.</summary>
    public ImmutableArray<DigestAlgorithm> Algorithms => [.. Files.Values.SelectMany(file => file.Digests).SelectMany(digest => digest.AnyOf).Select(digest => digest.Algorithm).Distinct().Order()];

    /// <summary><paramref name="content"/> begins as a list does.</summary>
    public static bool LooksLike(ReadOnlySpan<byte> content)
    {
        ReadOnlySpan<byte> rest = ByteOrderMark.IsAtStart(content) ? ByteOrderMark.Dropped(content) : content;
        return FileHashTable.LooksLike(rest) || HelmProvenance.LooksLike(rest) || ReleaseText.LooksLike(rest) || FirstLine(rest) is var first && (ChecksumLine.LooksLike(first) || ChecksumLine.IsRoot(first));
    }

    /// <summary>The list in <paramref name="content"/>.</summary>
    /// <exception cref="MalformedException">It is none, or a file in it has no digest under an accepted hash function (<c>algorithm.hash-not-accepted</c>).</exception>
    public static ChecksumList Parse(ReadOnlySpan<byte> content, string what)
    {
        ReadOnlySpan<byte> text = ByteOrderMark.Dropped(content);
        if (ByteOrderMark.IsAtStart(content) && text.IndexOf("\uFFFD"u8) >= 0)
        {
            throw new MalformedException($"{what}: not the text that its byte order mark says");
        }

        Builder list = new(what);
        DateTimeOffset? validUntil = null;
        if (FileHashTable.LooksLike(text))
        {
            FileHashTable.Parse(text, what).ForEach(list.Add);
        }
        else if (HelmProvenance.LooksLike(text))
        {
            HelmProvenance.Parse(text, what, list.Add);
        }
        else if (ReleaseText.LooksLike(text))
        {
            validUntil = ReleaseText.Parse(text, what, list.Add);
        }
        else
        {
            Lines(text, what, list);
        }

        return new ChecksumList(list.Checked()) { ValidUntil = validUntil };
    }

    private static void Lines(ReadOnlySpan<byte> text, string what, Builder list)
    {
        LineCursor lines = new(text);
        for (int number = 1; !lines.AtEnd; number++)
        {
            ReadOnlySpan<byte> line = lines.Line(what);
            if (number == 1 && ChecksumLine.IsRoot(line))
            {
                list.Root = Digest.FromHex(DigestAlgorithm.Sha256, System.Text.Encoding.ASCII.GetString(line[5..]).ToLowerInvariant(), $"{what}: line 1: root");
            }
            else if (!line.IsEmpty && line[0] != (byte)'#')
            {
                list.Add(ChecksumLine.Parse(line, $"{what}: line {number}"));
            }
        }
    }

    private static ReadOnlySpan<byte> FirstLine(ReadOnlySpan<byte> rest)
    {
        while (!rest.IsEmpty && rest[0] is (byte)'#' or (byte)'\n' or (byte)'\r')
        {
            int end = rest.IndexOf((byte)'\n');
            rest = end < 0 ? default : rest[(end + 1)..];
        }

        int length = rest.IndexOf((byte)'\n');
        return length < 0 ? rest : rest[..length];
    }

    private sealed class Builder(string what)
    {
        private readonly HashSet<string> _unlisted = new(StringComparer.Ordinal);
        private readonly Dictionary<string, long> _sizes = new(StringComparer.Ordinal);
        private string? _previous;

        public Dictionary<string, ListedFile> Files { get; } = new(StringComparer.Ordinal);

        public HashSet<string> Unaccepted { get; } = new(StringComparer.Ordinal);

        public Digest? Root { get; set; }

        public string? OutOfOrder { get; private set; }

        public void Add(ChecksumLine line)
        {
            OutOfOrder ??= _previous is not null && string.CompareOrdinal(_previous, line.Name) >= 0 ? line.Name : null;
            _previous = line.Name;
            if (line.Size is { } size && !_sizes.TryAdd(line.Name, size) && _sizes[line.Name] != size)
            {
                throw new MalformedException($"{what}: \"{line.Name}\" has two sizes, {_sizes[line.Name]} and {size}");
            }

            if (line.Digest is not { } digest)
            {
                Unaccepted.Add(line.Hash.Name);
                _unlisted.Add(line.Name);
                return;
            }

            ListedFile file = new(line.Name, line.Size, [digest]);
            if (!Files.TryGetValue(line.Name, out ListedFile? known))
            {
                Files.Add(line.Name, file);
            }
            else if (known.Digests.Any(digest.Contends))
            {
                throw new MalformedException($"{what}: \"{line.Name}\" is listed twice");
            }
            else
            {
                Files[line.Name] = known.And(file);
            }

            if (Files.Count > MostFiles)
            {
                throw new MalformedException(Archives.ArchiveReasons.TooLarge, $"a list of more than {MostFiles} files");
            }
        }

        // A file of which only a broken hash is known could be any file.
        public Builder Checked()
        {
            _unlisted.ExceptWith(Files.Keys);
            return _unlisted.Order(StringComparer.Ordinal).FirstOrDefault() is { } first
                ? throw new MalformedException(AlgorithmReasons.HashNotAccepted, $"{what}: \"{first}\" is listed by {string.Join(", ", Unaccepted.Order(StringComparer.Ordinal))} alone")
                : Files.Count > 0 ? this : throw new MalformedException($"{what}: lists no file");
        }
    }
}

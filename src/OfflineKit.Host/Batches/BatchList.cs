using OfflineKit.Host.Results;
using OfflineKit.Host.Serve;
using OfflineKit.Encoding;
using OfflineKit.FileSystem;

namespace OfflineKit.Host.Batches;

/// <summary>The files of a batch, one after the other and never all at once. What cannot be read of a list is an error that is said, never passed over.</summary>
internal sealed class BatchList : IDisposable
{
    private const int LineLimit = 1024 * 1024;
    private readonly BatchSource _source;
    private readonly Stream? _stream;
    private readonly Stream? _counted;
    private byte[]? _first;
    private readonly BoundedLines? _lines;
    private readonly DigestTable _seen = new();

    private BatchList(BatchSource source, Stream? stream)
    {
        (_source, _stream) = (source, stream);
        _counted = stream is { CanSeek: true } ? stream : null;
        _lines = stream is null ? null : new BoundedLines(stream, LineLimit);
        ReadShard();
    }

    /// <summary>Which part of a larger list this is, when the list says so in its first line.</summary>
    public ShardHeader? Shard { get; private set; }

    /// <summary>Size of the list in bytes; −1 when unknown.</summary>
    public long Length => _counted?.Length ?? -1;

    /// <summary>The list or the files that <paramref name="source"/> names.</summary>
    public static BatchList Open(BatchSource source, Inputs inputs)
    {
        if (source.List is null && source.Paths.Length == 0)
        {
            throw new UsageException("no FILE was named", "name files, or a list of them with --batch LIST");
        }

        return source.List is null || source.Paths.Length == 0
            ? new BatchList(source, source.List is null ? null : inputs.Open(source.List, "list", "the list"))
            : throw new UsageException("both --batch and FILE were given", "write the files into the list");
    }

    /// <summary>Every entry, in order.</summary>
    /// <exception cref="UsageException">The list is broken.</exception>
    public IEnumerable<BatchEntry> Entries() => (_lines is null ? _source.Paths.Select(path => new BatchEntry(path, Members: null)) : Lines()).SelectMany(Expand).SelectMany(Once);

    /// <inheritdoc/>
    public void Dispose()
    {
        _seen.Dispose();
        _stream?.Dispose();
    }

    private IEnumerable<BatchEntry> Lines()
    {
        long count = 0;
        byte[]? line = _first;
        while (line is not null || _lines!.Next(out line))
        {
            bool hasReturn = (line ?? throw TooLong()) is [.. _, (byte)'\r'];
            ReadOnlyMemory<byte> text = hasReturn ? line.AsMemory(0, line.Length - 1) : line;
            if (text.Length > 0)
            {
                BatchEntry entry = BatchEntry.Parse(text.ToArray(), _source.LineForm) with { Position = _counted?.Position ?? 0 };
                yield return entry with { Fault = entry.Fault ?? OtherMeaning(entry, count == 0, hasReturn) };
                count++;
            }

            line = null;
        }

        if (Shard is { } part && (count != part.Entries || !_lines!.IsWhole))
        {
            throw new UsageException($"the list is not whole: it says that it is a part of {part.Entries} entries, and has {count}{(_lines.IsWhole ? "" : ", the last one cut")}", "cut the part again with `offlinekit shard`, or copy it again");
        }
    }

    // A carriage return before a line end, and a byte order mark before the first line, are no part of a name, unless a file is called so.
    private Finding? OtherMeaning(BatchEntry entry, bool isFirst, bool hasReturn)
    {
        if (_source.LineForm != ListForm.Paths || entry.Members is not null)
        {
            return null;
        }

        string[] others = [.. isFirst ? ["\uFEFF" + entry.Path] : (string[])[], .. hasReturn ? [entry.Path + "\r"] : (string[])[]];
        return Array.Exists(others, other => FileStatus.OfNameItself(other) != FileType.Absent)
            ? UndecidedReasons.MalformedRequest.Because("there is also a file whose name has a byte order mark or a carriage return more: which one is meant is said by a list of JSON objects, one a line")
            : null;
    }

    // One answer for each entry, known again by its digest. A line of a list that stands twice is an error, since whoever made the list meant something else; words that a shell
    // expanded are answered once.
    private IEnumerable<BatchEntry> Once(BatchEntry entry) => _seen.Add(LineDigest.Of(entry.Key.Span)) ? [entry]
        : _lines is null ? []
        : [entry with { Fault = entry.Fault ?? UndecidedReasons.MalformedRequest.Because("it was named before: each file is answered once") }];

    private IEnumerable<BatchEntry> Expand(BatchEntry entry) => _source.Recurse is { } folders && entry.Members is null && entry.Fault is null && FileStatus.Of(entry.Path) == FileType.Folder
        ? folders.Below(entry.Path).Select(found => found with { Position = entry.Position })
        : [entry];

    // A file can be called like a header: only where nothing has that name can a first line of a list of paths be one.
    private void ReadShard()
    {
        if (_lines?.Next(out byte[]? first) != true)
        {
            return;
        }

        Shard = ShardHeader.TryParse(first ?? throw TooLong());
        if (Shard is not null && _source.LineForm == ListForm.Paths && FileStatus.OfNameItself(Utf8Text.Decode(first, "first line")) != FileType.Absent)
        {
            throw new UsageException("the first line of the list is the header of a part, and also the name of a file", "write ./ before the names in the list");
        }

        _first = Shard is null ? first : [];
    }

    private static UsageException TooLong() => new($"a line of the list is longer than {LineLimit} bytes");
}

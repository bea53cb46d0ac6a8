using OfflineKit.Host.Serve;
using OfflineKit.Encoding;

namespace OfflineKit.Host.Batches;

/// <summary>The files of a batch, one after the other and never all at once.</summary>
internal sealed class BatchList : IDisposable
{
    private const int LineLimit = 1024 * 1024;
    private readonly Stream? _stream;
    private readonly Stream? _counted;
    private readonly IEnumerable<string> _paths;
    private readonly bool _recurse;
    private byte[]? _first;
    private readonly BoundedLines? _lines;

    private BatchList(Stream? stream, IEnumerable<string> paths, bool recurse)
    {
        (_stream, _paths, _recurse) = (stream, paths, recurse);
        _counted = stream is { CanSeek: true } ? stream : null;
        _lines = stream is null ? null : new BoundedLines(stream, LineLimit);
        ReadShard();
    }

    /// <summary>Which part of a larger list this is, when the list says so in its first line.</summary>
    public ShardHeader? Shard { get; private set; }

    /// <summary>Size of the list in bytes; −1 when unknown.</summary>
    public long Length => _counted?.Length ?? -1;

    /// <summary>The list in the file <paramref name="list"/> or on standard input, or else <paramref name="paths"/>.</summary>
    public static BatchList Open(string? list, string[] paths, bool recurse, Inputs inputs)
    {
        if (list is null && paths.Length == 0)
        {
            throw new UsageException("no FILE was named", "name files, or a list of them with --batch LIST");
        }

        return list is null || paths.Length == 0
            ? new BatchList(list is null ? null : inputs.Open(list, "list", "the list"), paths, recurse)
            : throw new UsageException("both --batch and FILE were given", "write the files into the list");
    }

    /// <summary>Every entry, in order.</summary>
    public IEnumerable<BatchEntry> Entries() => _lines is null
        ? _paths.SelectMany(path => _recurse && Directory.Exists(path) ? SignedFiles.Below(path) : [path]).Select(path => new BatchEntry(path, Members: null))
        : Lines().SelectMany(Expand);

    /// <inheritdoc/>
    public void Dispose() => _stream?.Dispose();

    private IEnumerable<BatchEntry> Lines()
    {
        byte[]? line = _first;
        while (line is not null || _lines!.Next(out line))
        {
            if (line is null)
            {
                throw new UsageException($"a line of the list is longer than {LineLimit} bytes");
            }

            ReadOnlyMemory<byte> text = line is [.. _, (byte)'\r'] ? line.AsMemory(0, line.Length - 1) : line;
            if (text.Length > 0)
            {
                yield return BatchEntry.Parse(text.ToArray()) with { Position = _counted?.Position ?? 0 };
            }

            line = null;
        }
    }

    private IEnumerable<BatchEntry> Expand(BatchEntry entry) => _recurse && entry.Members is null && entry.Fault is null && Directory.Exists(entry.Path)
        ? SignedFiles.Below(entry.Path).Select(path => entry with { Path = path })
        : [entry];

    private void ReadShard()
    {
        if (_lines?.Next(out _first) != true || _first is not { } first)
        {
            return;
        }

        Shard = ShardHeader.TryParse(first);
        _first = Shard is null ? first : [];
    }
}

using OfflineKit.Host.Serve;
using OfflineKit.Encoding;

namespace OfflineKit.Host.Results;

/// <summary>Reads a results file line by line, with the position of each line.</summary>
internal sealed class ResultsReader : IDisposable
{
    /// <summary>The longest line that results may have, in bytes.</summary>
    public const int LineLimit = 96 * 1024 * 1024;

    private readonly Stream _stream;
    private readonly BoundedLines _lines;
    private readonly string _path;
    private readonly DigestTable? _seen;
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);
    private long _next;
    private bool _isEnded;

    private ResultsReader(string path, Stream stream, DigestTable? seen)
    {
        (_path, _stream, _lines, _seen) = (path, stream, new BoundedLines(stream, LineLimit), seen);
        Header = Good(() => _lines.Next(out byte[]? first) && first is not null ? Passed(first, ResultsHeader.Parse(first)) : throw new MalformedException("there is no first line"));
    }

    /// <summary>The first line.</summary>
    public ResultsHeader Header { get; }

    /// <summary>The summary says that every entry has a result; false until the end was read.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>The results in the file <paramref name="path"/>; read once.</summary>
    /// <exception cref="UsageException">It is no results file.</exception>
    public static ResultsReader Open(string path, Inputs inputs) => Of(path, inputs.Open(path, "results file", "the results"), new DigestTable());

    /// <summary>The results in <paramref name="stream"/>, which messages call <paramref name="path"/>.</summary>
    /// <param name="path">The name of the file.</param>
    /// <param name="stream">Its content.</param>
    /// <param name="seen">Where results are noted, so that one that stands twice is refused; null: whoever wrote them sees to that. Disposed with the reader.</param>
    /// <exception cref="UsageException">It is no results file.</exception>
    public static ResultsReader Of(string path, Stream stream, DigestTable? seen) => new(path, stream, seen);

    /// <summary>Requires of <paramref name="file"/> that a line can be found again where it was: behind a byte order mark, and in UTF-16, places are counted otherwise.</summary>
    /// <exception cref="UsageException">It begins with such a mark.</exception>
    public static void RequirePlaces(string path, Stream file)
    {
        byte[] first = new byte[3];
        int count = file.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
        file.Position = 0;
        if (ByteOrderMark.IsAtStart(first.AsSpan(0, count)))
        {
            throw new UsageException(
                $"results file {path} begins with a byte order mark, as PowerShell on Windows writes it, or is in UTF-16",
                "write it in UTF-8 without a mark, or let `cmd /c` write it; `offlinekit report` reads it as it is");
        }
    }

    /// <summary>The next result, and where its line begins.</summary>
    public bool Next(out byte[] line, out JsonValue? value, out long offset)
    {
        (line, value, offset) = ([], null, _next);
        if (!_lines.Next(out byte[]? read))
        {
            return false;
        }

        if (_isEnded)
        {
            throw new UsageException($"results file {_path}: there is something after the summary", "a results file is what one run wrote; `offlinekit report merge` puts several together");
        }

        (byte[] text, JsonValue json) = Good(() => read is null ? throw new MalformedException("a line is too long") : (read, StrictJson.ParseObject(read, "line")));
        (line, value, _next) = (text, json, _next + text.Length + 1);
        if (json.Optional("summary") is { } summary)
        {
            (_isEnded, IsComplete) = (true, Good(() => Fitting(summary)["complete"].Boolean));
            return Next(out line, out value, out offset);
        }

        value = Good(() => Once(json));
        string status = Good(() => json.String("status"));
        _counts[status] = _counts.GetValueOrDefault(status) + 1;
        return true;
    }

    /// <summary>What tells results apart: path, entry and content. Two machines may have two files of one path, and what was decided of one says nothing of the other.</summary>
    public static string KeyOf(JsonValue value) => SortedKey.Of(value.String("path"), value.Optional("entry") is { } entry ? Utf8Text.Decode(entry.Raw.Span, "entry") : "", ContentOf(value));

    /// <summary>What <paramref name="read"/> gives; malformed results end the run.</summary>
    public T Good<T>(Func<T> read)
        where T : class
    {
        Result<T> parsed = Result.Parse(Reasons.MalformedSignature, read);
        return parsed.Value ?? throw new UsageException($"results file {_path}: {parsed.Finding!.Detail}", "`offlinekit verify --batch LIST > RESULTS` writes results");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _seen?.Dispose();
        _stream.Dispose();
    }

    private static string ContentOf(JsonValue value) => value.Optional("report")?.Object("artifact") is { } artifact
        ? $"{artifact.Optional("size")?.Integer ?? -1} {string.Join(' ', artifact.Array("digests").Select(digest => digest.Text))}"
        : "";

    private JsonValue Once(JsonValue value) => value.Optional("report") is null || _seen is null || _seen.Add(LineDigest.Of(Utf8Text.Encode(KeyOf(value))))
        ? value
        : throw new MalformedException($"two lines are about \"{value.String("path")}\"");

    // Lines that are lost between two others leave no other mark.
    private JsonValue Fitting(JsonValue summary)
    {
        foreach ((string status, long there) in _counts)
        {
            RequireCount(status, summary.Optional(status)?.Integer ?? there, there);
        }

        RequireCount("total", summary["total"].Integer, _counts.Values.Sum());
        return Header.Shard is { } part && summary["complete"].Boolean && part.Entries != _counts.Values.Sum()
            ? throw new MalformedException($"its header says that it is a part of {part.Entries} entries, and there are {_counts.Values.Sum()} results: lines are lost, or were added")
            : summary;
    }

    private static void RequireCount(string name, long said, long there)
    {
        if (said != there)
        {
            throw new MalformedException($"its summary counts {said} of \"{name}\", and there are {there}: lines are lost, or were added");
        }
    }

    private ResultsHeader Passed(byte[] line, ResultsHeader header)
    {
        _next = line.Length + 1;
        return header;
    }

    private bool Good(Func<bool> read) => Good<object>(() => read()) is true;

    private (byte[] Line, JsonValue Value) Good(Func<(byte[] Line, JsonValue Value)> read) => ((byte[], JsonValue))Good<object>(() => read());
}

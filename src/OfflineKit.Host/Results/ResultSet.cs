using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Files;
using OfflineKit.Host.Batches;
using OfflineKit.Host.Serve;

namespace OfflineKit.Host.Results;

/// <summary>Whole results, for reports: what they say together, and each of them as often as a report needs, in memory that does not grow with them.</summary>
/// <remarks>They are read several times. What is read later is what was read first, or the report is not written: every pass counts and hashes the lines.</remarks>
internal sealed class ResultSet : IDisposable
{
    /// <summary>What stands for no policy.</summary>
    public const string None = "none was applied";

    private readonly string _path;
    private readonly Stream _stream;
    private Digest? _digest;

    private ResultSet(string path, Stream stream, ResultsHeader header, BatchSummary summary) => (_path, _stream, Header, Summary) = (path, stream, header, summary);

    /// <summary>The first line.</summary>
    public ResultsHeader Header { get; }

    /// <summary>The counts.</summary>
    public BatchSummary Summary { get; }

    /// <summary>What they say together.</summary>
    public ResultFacts Facts { get; } = new();

    /// <summary>Every policy under which anything was decided, in words; one line that says so where none was applied, or where the results do not say.</summary>
    public ImmutableArray<string> Policies => [.. Facts.Policies.DefaultIfEmpty("not recorded")];

    /// <summary>Every result, in order.</summary>
    /// <exception cref="UsageException">They changed since they were read first.</exception>
    public IEnumerable<ResultRow> Rows => Lines.Select(Row);

    /// <summary>Those that are not trusted.</summary>
    public IEnumerable<ResultRow> Refused => Rows.Where(row => row.Result.Status != BatchResult.Valid);

    /// <summary>Every result as its line.</summary>
    /// <exception cref="UsageException">They changed since they were read first.</exception>
    public IEnumerable<byte[]> Lines
    {
        get
        {
            using Hasher hasher = Hasher.For(DigestAlgorithm.Sha256);
            _stream.Position = 0;
            BoundedLines lines = new(_stream, ResultsReader.LineLimit);
            _ = lines.Next(out _);
            for (long left = Summary.Total; left > 0; left--)
            {
                byte[] line = lines.Next(out byte[]? read) && read is not null ? read : throw Changed();
                Append(hasher, line);
                yield return line;
            }

            if (!hasher.Finish().Equals(_digest))
            {
                throw Changed();
            }
        }
    }

    /// <summary>The results in the file <paramref name="path"/>.</summary>
    /// <exception cref="UsageException">It holds none.</exception>
    public static ResultSet Read(string path, Inputs inputs)
    {
        Stream stream = Repeatable(inputs.Open(path, "results file", "the results"));
        using DigestTable seen = new();
        ResultsReader reader = ResultsReader.Of(path, stream, seen);
        ResultSet results = new(path, stream, reader.Header, new BatchSummary());
        results.Take(reader, results.Summary.Count);
        results.Summary.IsComplete = reader.IsComplete;
        return results;
    }

    /// <summary>The results of a run that has just ended with <paramref name="summary"/>.</summary>
    /// <param name="lines">Its header and results.</param>
    /// <param name="summary">Its counts.</param>
    public static ResultSet Of(Stream lines, BatchSummary summary)
    {
        lines.Position = 0;
        ResultsReader reader = ResultsReader.Of("of this run", lines, seen: null);
        ResultSet results = new("of this run", lines, reader.Header, summary);
        results.Take(reader, static _ => { });
        return results;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Facts.Dispose();
        _stream.Dispose();
    }

    // What can be read only once is kept where it can be read again.
    private static Stream Repeatable(Stream stream)
    {
        if (stream.CanSeek)
        {
            return stream;
        }

        using Stream once = stream;
        Stream kept = ScratchFile.Open() ?? (Stream)new MemoryStream();
        once.CopyTo(kept);
        kept.Position = 0;
        return kept;
    }

    private static void Append(Hasher hasher, byte[] line)
    {
        hasher.Append(line);
        hasher.Append("\n"u8);
    }

    private void Take(ResultsReader reader, Action<BatchResult> count)
    {
        using Hasher hasher = Hasher.For(DigestAlgorithm.Sha256);
        while (reader.Next(out byte[] line, out JsonValue? value, out _))
        {
            ResultRow row = reader.Good(() => ResultRow.Parse(line, value!));
            count(row.Result);
            Facts.Take(row);
            Append(hasher, line);
        }

        Facts.TakePolicies(Header.Policies);
        _digest = hasher.Finish();
    }

    private ResultRow Row(byte[] line) => Result.Parse(Reasons.MalformedSignature, () => ResultRow.Parse(line, StrictJson.ParseObject(line, "line"))).Value ?? throw Changed();

    private UsageException Changed() => new($"results file {_path} changed while it was read", "make the report again when nothing writes to it");
}

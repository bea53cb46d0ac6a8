using System.Collections.Immutable;
using OfflineKit.Host.Batches;
using OfflineKit.Encoding;
using OfflineKit.Reporting;

namespace OfflineKit.Host.Results;

/// <summary>The results of several runs put together: sorted by path, each entry once, two contents of one path each for itself, and nothing missing unsaid.</summary>
/// <remarks>Where two runs differ about an entry, the worse result is kept. Only a table of positions is held in memory.</remarks>
internal sealed class MergedResults
{
    // Worst first.
    private static readonly ImmutableArray<string> Severity = [BatchResult.Invalid, BatchResult.Error, BatchResult.NotSigned, BatchResult.Valid];

    private readonly List<(ResultsHeader Header, long Results, bool IsComplete, string Path)> _parts = [];
    private readonly SortedDictionary<string, Place> _places = new(StringComparer.Ordinal);
    private readonly List<string> _problems = [];
    private long _duplicates;

    /// <summary>What is missing, unfinished or contradictory; empty when the whole is whole.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Entries that several runs decided alike.</summary>
    public long Duplicates => _duplicates;

    /// <summary>The results in the files <paramref name="paths"/>.</summary>
    /// <exception cref="UsageException">They do not belong together.</exception>
    public static MergedResults Read(string[] paths)
    {
        MergedResults merged = new();
        Array.ForEach(paths, merged.Add);
        merged.CheckParts();
        return merged;
    }

    /// <summary>Writes the whole, and its counts in words to <paramref name="beside"/>.</summary>
    public Outcome Write(Stream output, TextWriter beside)
    {
        ResultsHeader first = _parts[0].Header;
        Stream[] files = [.. _parts.Select(part => Opened(part.Path))];
        using BatchWriter writer = new(output, OutputForm.Ndjson, beside);
        writer.Header(ResultLine.Header(_parts.Select(part => Rfc3339.Parse(part.Header.StartedAt, "startedAt")).Min(), new RunFacts(first.Question, first.Policies) { Asked = first.Asked }), policies: []);
        BatchSummary summary = new() { IsComplete = _problems.Count == 0 };
        foreach (Place place in _places.Values)
        {
            byte[] line = Again(files[place.Part], place);
            BatchResult result = BatchResult.Parse(line, StrictJson.ParseObject(line, "line"));
            summary.Count(result);
            writer.Result(result);
        }

        Array.ForEach(files, file => file.Dispose());
        writer.End(summary);
        return summary.Outcome;
    }

    private static Stream Opened(string path) => InputFile.Open(path, "results file") is { CanSeek: true } file ? file : throw new UsageException($"results file {path} can be read only once", "name a file");

    // What was compared is what is written: a part that changed meanwhile ends the merge, whose output then has no summary.
    private byte[] Again(Stream part, Place place)
    {
        byte[] line = new byte[place.Length];
        part.Position = place.Offset;
        return part.ReadAtLeast(line, line.Length, throwOnEndOfStream: false) == line.Length && LineDigest.Of(line) == place.Digest
            ? line
            : throw new UsageException($"results file {_parts[place.Part].Path} changed while it was read", "merge it again when nothing writes to it");
    }

    private void Add(string path)
    {
        using ResultsReader reader = ResultsReader.Open(path, new Inputs(standardInput: null));
        long results = 0;
        while (reader.Next(out byte[] line, out JsonValue? value, out long offset))
        {
            BatchResult result = reader.Good(() => BatchResult.Parse(line, value!));
            Keep(ResultsReader.KeyOf(value!), new Place(_parts.Count, offset, line.Length, LineDigest.Of(line), Severity.IndexOf(result.Status)), result.Path);
            results++;
        }

        _parts.Add((reader.Header, results, reader.IsComplete, path));
    }

    private void Keep(string key, Place place, string path)
    {
        if (!_places.TryGetValue(key, out Place? known))
        {
            _places.Add(key, place);
            return;
        }

        _duplicates++;
        if (known.Rank != place.Rank)
        {
            _problems.Add($"{TerminalText.Escape(path)} is {Severity[known.Rank]} in one file and {Severity[place.Rank]} in another; the worse is kept");
            _places[key] = known.Rank <= place.Rank ? known : place;
        }
    }

    private void CheckParts()
    {
        ResultsHeader first = _parts[0].Header;
        if (_parts.FirstOrDefault(part => part.Header.Question != first.Question) is { Path: { } other })
        {
            throw new UsageException($"{other} answers another question than {_parts[0].Path}: other options, keys or trust roots", "verify every part with the same options and keys");
        }

        _problems.AddRange(_parts.Where(part => !part.IsComplete).Select(part => $"{part.Path} was stopped before its end"));
        ImmutableArray<ShardHeader> shards = [.. _parts.Select(part => part.Header.Shard).OfType<ShardHeader>()];
        if (shards.IsEmpty)
        {
            return;
        }

        if (shards.Length != _parts.Count || shards.Any(shard => shard.Of != shards[0].Of || shard.List != shards[0].List))
        {
            throw new UsageException("these are not the parts of one list", "merge only results of `offlinekit shard` of one list, with one --of");
        }

        _problems.AddRange(_parts.Where(part => part.Results != part.Header.Shard!.Entries)
            .Select(part => $"{part.Path} has {part.Results} results, and part {part.Header.Shard!.Index} has {part.Header.Shard.Entries} entries"));
        HashSet<int> there = [.. shards.Select(shard => shard.Index)];
        List<int> missing = [.. Sequences.Range(0, shards[0].Of).Where(index => !there.Contains(index))];
        if (missing.Count > 0)
        {
            _problems.Add($"{missing.Count} of {shards[0].Of} parts are missing: {string.Join(", ", missing.Take(20))}{(missing.Count > 20 ? " …" : "")}");
        }
    }

    private sealed record Place(int Part, long Offset, int Length, UInt128 Digest, int Rank);
}

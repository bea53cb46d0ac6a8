using System.Collections.Immutable;
using OfflineKit.Host.Batches;
using OfflineKit.Encoding;
using OfflineKit.Reporting;

namespace OfflineKit.Host.Results;

/// <summary>The results of several runs put together: sorted by path, each entry once, two contents of one path each for itself, and nothing missing unsaid.</summary>
/// <remarks>
/// Where two runs differ about an entry, the worse result is kept. What is kept of each result is where it stands, sorted outside of memory (<see cref="SortedRecords"/>); the lines are read again.
/// </remarks>
internal sealed class MergedResults : IDisposable
{
    // Worst first.
    private static readonly ImmutableArray<string> Severity = [BatchResult.Invalid, BatchResult.Error, BatchResult.NotSigned, BatchResult.Valid];

    private readonly List<(ResultsHeader Header, long Results, bool IsComplete, string Path)> _parts = [];
    private readonly SortedRecords _places = new();
    private readonly List<string> _problems = [];

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
    /// <param name="output">Where the lines go.</param>
    /// <param name="beside">Where people read.</param>
    /// <param name="say">Is told what is missing, unfinished or contradictory, once each; nothing when the whole is whole.</param>
    public Outcome Write(Stream output, TextWriter beside, Action<string> say)
    {
        ResultsHeader first = _parts[0].Header;
        Stream[] files = [.. _parts.Select(part => Opened(part.Path))];
        using BatchWriter writer = new(output, OutputForm.Ndjson, beside);
        writer.Header(ResultLine.Header(_parts.Select(part => Rfc3339.Parse(part.Header.StartedAt, "startedAt")).Min(), new RunFacts(first.Question, first.Policies) { Asked = first.Asked }), policies: []);
        _problems.ForEach(say);
        BatchSummary summary = new() { IsComplete = _problems.Count == 0 };
        long duplicates = 0;
        foreach ((MergedPlace place, int others, string? contradiction) in Kept())
        {
            BatchResult result = Again(files[place.Part], place);
            duplicates += others;
            if (contradiction is not null)
            {
                summary.IsComplete = false;
                say($"{TerminalText.Escape(result.Path)} is {contradiction}; the worse is kept");
            }

            summary.Count(result);
            writer.Result(result);
        }

        Array.ForEach(files, file => file.Dispose());
        if (duplicates > 0)
        {
            beside.WriteLine($"offlinekit: {duplicates} entries were decided more than once");
        }

        writer.End(summary);
        return summary.Outcome;
    }

    /// <inheritdoc/>
    public void Dispose() => _places.Dispose();

    private static Stream Opened(string path) => InputFile.Open(path, "results file") is { CanSeek: true } file ? file : throw new UsageException($"results file {path} can be read only once", "name a file");

    // The worst of those about one entry, how many others there are, and how the worst differs from them; of equally bad ones the first.
    private IEnumerable<(MergedPlace Place, int Others, string? Contradiction)> Kept()
    {
        (string Key, MergedPlace Place, int Others, string? Contradiction)? open = null;
        foreach (SortedRecord record in _places.InOrder())
        {
            MergedPlace place = MergedPlace.FromBytes(record.Value);
            if (open is { } same && same.Key == record.Key)
            {
                string? differs = same.Place.Rank == place.Rank ? same.Contradiction : $"{Severity[same.Place.Rank]} in one file and {Severity[place.Rank]} in another";
                open = (same.Key, same.Place.Rank <= place.Rank ? same.Place : place, same.Others + 1, differs);
                continue;
            }

            if (open is { } ended)
            {
                yield return (ended.Place, ended.Others, ended.Contradiction);
            }

            open = (record.Key, place, 0, null);
        }

        if (open is { } last)
        {
            yield return (last.Place, last.Others, last.Contradiction);
        }
    }

    // What was compared is what is written: a part that changed meanwhile ends the merge, whose output then has no summary.
    private BatchResult Again(Stream part, MergedPlace place)
    {
        byte[] line = new byte[place.Length];
        part.Position = place.Offset;
        return part.ReadAtLeast(line, line.Length, throwOnEndOfStream: false) == line.Length && LineDigest.Of(line) == place.Digest
            ? BatchResult.Parse(line, StrictJson.ParseObject(line, "line"))
            : throw new UsageException($"results file {_parts[place.Part].Path} changed while it was read", "merge it again when nothing writes to it");
    }

    private void Add(string path)
    {
        using (Stream file = Opened(path))
        {
            ResultsReader.RequirePlaces(path, file);
        }

        using ResultsReader reader = ResultsReader.Open(path, new Inputs(standardInput: null));
        long results = 0;
        while (reader.Next(out byte[] line, out JsonValue? value, out long offset))
        {
            BatchResult result = reader.Good(() => BatchResult.Parse(line, value!));
            MergedPlace place = new(_parts.Count, offset, line.Length, Severity.IndexOf(result.Status), LineDigest.Of(line));
            _places.Add(new SortedRecord(ResultsReader.KeyOf(value!), place.ToBytes()));
            results++;
        }

        _parts.Add((reader.Header, results, reader.IsComplete, path));
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
}

using System.Collections.Immutable;
using OfflineKit.Host.Results;
using OfflineKit.Host.Serve;
using OfflineKit.Encoding;

namespace OfflineKit.Host.Batches;

/// <summary>The results of an earlier run, by entry: what it decided about files that have not changed is not decided again.</summary>
/// <remarks>
/// What is kept is where each result stands, outside of memory once there are many (<see cref="DigestTable"/>); lines are read again when they are wanted.
/// Nobody signs a results file: whoever can write it decides what is kept.
/// </remarks>
internal sealed class EarlierResults : IDisposable
{
    private const int LineLimit = 96 * 1024 * 1024;
    private readonly Lock _gate = new();
    private readonly FileStream _file;
    private readonly DigestTable _places = new(EarlierPlace.Size);

    private EarlierResults(FileStream file) => _file = file;

    /// <summary>The results in the file <paramref name="path"/>; null when there is no path.</summary>
    /// <exception cref="UsageException">They answer another question, or are no results.</exception>
    public static EarlierResults? Open(string? path, string question)
    {
        if (path is null)
        {
            return null;
        }

        Stream opened = Inputs.IsStandardInput(path) ? Stream.Null : InputFile.Open(path, "results file");
        if (opened is not FileStream { CanSeek: true } file)
        {
            opened.Dispose();
            throw new UsageException($"--resume reads its results at any place again: {path} is a pipe", "write the results to a file first");
        }

        ResultsReader.RequirePlaces(path, file);
        EarlierResults results = new(file);
        Result<string> read = Result.Parse(Reasons.MalformedSignature, () => results.Read(question));
        return read.Finding is null ? results : throw new UsageException($"results file {path}: {read.Finding.Detail}", "leave --resume out to decide everything again");
    }

    /// <summary>What was decided about <paramref name="entry"/>, when its files are still of the same size and time of change, and the time did not decide it; else null.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="beside">The signatures that lie beside its file now.</param>
    public BatchResult? Of(BatchEntry entry, Func<ImmutableArray<string>> beside)
    {
        // Options on a line may name keys, and a key file can change without any sign of it here.
        if (entry.HasOwnParameters || LineOf(LineDigest.Of(entry.Key.Span)) is not ({ } line, var digest))
        {
            return null;
        }

        // A results file that is written to while it is read has decided nothing.
        if (LineDigest.Of(line) != digest)
        {
            return null;
        }

        Result<BatchResult> kept = Result.Parse(Reasons.MalformedSignature, () =>
        {
            JsonValue value = StrictJson.ParseObject(line, "result");
            BatchResult result = BatchResult.Parse(line, value);
            return result with { Line = Marked(line, value), IsResumed = value.String("path") == entry.Path && value.Optional("timed") is null && IsUnchanged(value) && (result.Status == BatchResult.Valid || HasAll(value, beside())) };
        });
        return kept.Value is { IsResumed: true } result ? result : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _places.Dispose();
        _file.Dispose();
    }

    private (byte[] Line, UInt128 Digest)? LineOf(UInt128 key)
    {
        lock (_gate)
        {
            Span<byte> found = stackalloc byte[EarlierPlace.Size];
            if (!_places.Find(key, found) || EarlierPlace.FromBytes(found) is not { } place)
            {
                return null;
            }

            byte[] line = new byte[place.Length];
            _file.Position = place.Offset;
            _ = _file.ReadAtLeast(line, line.Length, throwOnEndOfStream: false);
            return (line, place.Digest);
        }
    }

    private string Read(string question)
    {
        BoundedLines lines = new(_file, LineLimit);
        if (!lines.Next(out byte[]? first) || first is null || StrictJson.ParseObject(first, "first line") is not { } header || header.OptionalString("results") != "offlinekit")
        {
            throw new MalformedException("the first line is no header of results");
        }

        if (header.OptionalString("question") != question)
        {
            throw new MalformedException("it answers another question: other options, keys or trust roots");
        }

        long offset = first.Length + 1;
        while (lines.Next(out byte[]? line))
        {
            if (line is null)
            {
                throw new MalformedException($"a line is longer than {LineLimit} bytes");
            }

            // An interrupted machine may leave half a line at the end: it decided nothing.
            Result<JsonValue> parsed = Result.Parse(Reasons.MalformedSignature, () => StrictJson.ParseObject(line, "line"));
            if (parsed.Value is { } value && value.OptionalString("status") is BatchResult.Valid or BatchResult.Invalid)
            {
                Keep(value, question, new EarlierPlace(offset, line.Length, LineDigest.Of(line)));
            }

            offset += line.Length + 1;
        }

        return question;
    }

    // Of two lines about one entry nobody can say which is the one that was decided.
    private void Keep(JsonValue value, string question, EarlierPlace place)
    {
        UInt128 key = LineDigest.Of(BatchEntry.KeyOf(value.Optional("entry") is { } entry ? entry.Raw : default(ReadOnlyMemory<byte>?), value.String("path")).Span);
        bool isAnswer = (value.OptionalString("question") ?? question) == question;
        if (!_places.Add(key, isAnswer ? place.ToBytes() : EarlierPlace.Nowhere))
        {
            throw new MalformedException($"two lines are about \"{value.String("path")}\"");
        }
    }

    private static bool IsUnchanged(JsonValue value)
    {
        ImmutableArray<JsonValue> files = value.Array("files");
        return files.Length > 0 && files.All(file => FileMark.Of(file.String("path")) is { } now && now.Size == file["size"].Integer && now.Modified == file.String("modified"));
    }

    // What was refused may have got another signature since.
    private static bool HasAll(JsonValue value, ImmutableArray<string> beside) => beside.Except(value.Array("files").Select(file => file.String("path")), StringComparer.Ordinal).Any() is false;

    private static byte[] Marked(byte[] line, JsonValue value) => value.Optional("resumed") is null ? [(byte)'{', .. "\"resumed\":true,"u8, .. line.AsSpan(1)] : line;
}

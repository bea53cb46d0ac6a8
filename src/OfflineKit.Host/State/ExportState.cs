using System.Collections.Immutable;
using System.Text.Json;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Exports;
using OfflineKit.FileSystem;

namespace OfflineKit.Host.State;

/// <summary>Which exports were accepted: the newest of each sequence, and one line per decision.</summary>
/// <remarks>
/// <c>accepted.json</c> is replaced in one step; <c>audit.jsonl</c> only grows, and each line is on the disk before the program answers. The first is there before the second has a line, so that
/// one without the other is a loss.
/// </remarks>
internal sealed class ExportState(string folder, Disk files)
{
    private const string Accepted = "accepted.json", Audit = "audit.jsonl";

    /// <summary>Keeps other imports out until it is disposed.</summary>
    /// <exception cref="UsageException">Another import is running.</exception>
    public IDisposable TakeLock()
    {
        try
        {
            return FolderLock.Take(folder, files);
        }
        catch (OutputException fault) when (fault.Refusal == OutputRefusal.InUse)
        {
            throw new UsageException($"the state in {folder} is in use: {fault.Message}", "wait for the other import to end");
        }
    }

    /// <summary>The newest accepted version of each sequence.</summary>
    /// <exception cref="UsageException">The state is damaged: nothing is decided without it.</exception>
    public ImmutableArray<ExportVersion> Read()
    {
        string path = Path.Join(folder, Accepted);
        Result<ExportVersion[]> parsed = Result.Parse(Reasons.MalformedTrust, () => StateFile.Read(path, Limits.SignedDocument, "state") is { } content ? Parse(content) : NothingYet());
        return parsed.Value is { } versions ? [.. versions] : throw new UsageException($"the state {path} is damaged: {parsed.Finding!.Detail}", "restore it from a copy; audit.jsonl beside it tells what was accepted");
    }

    /// <summary>Makes a state of nothing where there is none yet.</summary>
    public void Begin()
    {
        if (FileStatus.IsAbsent(Path.Join(folder, Accepted)))
        {
            Write([]);
        }
    }

    /// <summary>Takes up <paramref name="version"/> in one step; the newest accepted one of its sequence stays when the operator forced an older one.</summary>
    public void Accept(ExportVersion version, ImmutableArray<ExportVersion> before)
    {
        if (before.Any(known => IsSameSequence(known, version) && known.OrderAgainst(version) > 0))
        {
            return;
        }

        Write([.. before.Where(known => !IsSameSequence(known, version)), version]);
    }

    /// <summary>Appends one decision: a whole line that is on the disk, or none.</summary>
    /// <exception cref="OutputException">There is no room for it.</exception>
    public void Record(ReadOnlySpan<byte> line)
    {
        byte[] copy = line.ToArray();
        new LineFile(Path.Join(folder, Audit), Limits.SignedDocument).Append(_ => copy, IsLine);
    }

    private void Write(ImmutableArray<ExportVersion> versions)
    {
        string path = Path.Join(folder, Accepted), draft = path + ".new";
        files.Write(draft, Text(versions));
        files.Replace(draft, path);
        files.Flush(folder);
    }

    // Nothing was accepted, as far as the lines say; half a line is one of a run that did not come to accept.
    private ExportVersion[] NothingYet()
    {
        string path = Path.Join(folder, Audit);
        return StateFile.Seen<ExportVersion[]>(() =>
        {
            using Stream? file = FileStatus.Of(path) switch
            {
                FileType.Absent => null,
                FileType.File => InputFile.Open(path, "state"),
                _ => throw new MalformedException($"{path} is no file"),
            };
            using LineStream? lines = file is null ? null : new LineStream(file, Limits.SignedDocument);
            while (lines?.Next() is { } line)
            {
                RequireNotAccepted(line);
            }

            return [];
        });
    }

    private static void RequireNotAccepted(byte[] line)
    {
        JsonValue? told = Result.Parse(Reasons.MalformedTrust, () => StrictJson.ParseObject(line, Audit)).Value;
        if (told?.OptionalNotNull("decision")?.Text is "accepted" or "forced" && told.OptionalNotNull("sequence") is { } sequence)
        {
            throw new MalformedException($"it is gone, and {Audit} says that {sequence.Text} {told.OptionalNotNull("version")?.Text} was accepted");
        }
    }

    private static bool IsLine(ReadOnlyMemory<byte> line) => Result.Parse(Reasons.MalformedTrust, () => StrictJson.ParseObject(line, Audit)).Value is not null;

    private static bool IsSameSequence(ExportVersion one, ExportVersion other) => string.Equals(one.Sequence, other.Sequence, StringComparison.Ordinal);

    private static ExportVersion[] Parse(byte[] content)
    {
        JsonValue state = StrictJson.ParseObject(content, Accepted);
        state.RefuseOtherMembers("version", "accepted");
        ExportVersion[] versions = state["version"].Integer == 1 ? [.. state.Array("accepted").Select(Version)] : throw state["version"].Wanted("1");
        return versions.GroupBy(version => version.Sequence, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw new MalformedException($"{Accepted}: \"{twice.Key}\" stands there twice")
            : versions;
    }

    private static ExportVersion Version(JsonValue entry)
    {
        entry.RefuseOtherMembers("sequence", "version", "numbers", "list");
        return new ExportVersion(
            entry.String("sequence"), entry.String("version"), [.. entry.Array("numbers").Select(number => number.Integer)],
            Digest.FromHex(DigestAlgorithm.Sha256, entry.String("list"), "list"));
    }

    private static byte[] Text(IEnumerable<ExportVersion> versions)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter json = new(text))
        {
            json.WriteStartObject();
            json.WriteNumber("version", 1);
            json.WriteStartArray("accepted");
            foreach (ExportVersion version in versions.OrderBy(version => version.Sequence, StringComparer.Ordinal))
            {
                json.WriteStartObject();
                json.WriteString("sequence", version.Sequence);
                json.WriteString("version", version.Version);
                json.WriteStartArray("numbers");
                foreach (long number in version.Numbers)
                {
                    json.WriteNumberValue(number);
                }

                json.WriteEndArray();
                json.WriteString("list", version.List.Hex);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return text.ToArray();
    }
}

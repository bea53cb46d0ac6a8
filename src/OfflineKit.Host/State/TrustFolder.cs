using System.Collections.Immutable;
using System.Globalization;
using OfflineKit.Encoding;
using OfflineKit.FileSystem;
using OfflineKit.Trust;
using OfflineKit.Trust.Tuf;

namespace OfflineKit.Host.State;

/// <summary>Trust that was imported: verified again from its pinned root at every load, since a writable folder is not trust.</summary>
/// <param name="Name">The name under which it was imported.</param>
/// <param name="Repository">The repository.</param>
/// <param name="Record">What the import noted.</param>
/// <param name="Generation">The number of the import.</param>
internal sealed record ImportedTrust(string Name, TufRepository Repository, ImportRecord Record, long Generation);

/// <summary>The folder of one imported root: generations beside each other, and a pointer to the one in force.</summary>
/// <remarks>
/// <c>current</c> holds a number; <c>generations/NUMBER</c> holds that import. The next pointer, <c>current.new</c>, is written first and the generation whole and flushed
/// before it takes the place of <c>current</c> in one step, so a cut leaves the old state or the new one. Generations without any pointer are no cut: the pointer was lost, and
/// with it revocations. An import holds the lock of <c>generations</c>. Source: docs/spec/trust-bundle.md §6.
/// </remarks>
internal sealed class TrustFolder(string path, Disk files)
{
    private const string Pointer = "current", NextPointer = "current.new", Generations = "generations";

    /// <summary>The root's name: the folder's.</summary>
    public string Name { get; } = Path.GetFileName(path);

    /// <summary>Something was imported here, or lies here of which nobody can see whether it was: to load it tells.</summary>
    public bool IsThere
    {
        get
        {
            try
            {
                return Holds(Pointer) || (!Holds(NextPointer) && !Numbers().IsEmpty);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                return true;
            }
        }
    }

    /// <summary>The trust in force, or the finding that says what was tampered with.</summary>
    /// <param name="pin">The root's fingerprint, where the operator states it again; null takes the one that the import noted.</param>
    /// <param name="time">Any time: what is imported does not stop to hold, it ages.</param>
    public Result<ImportedTrust> Load(string? pin, DateTimeOffset time) => Seen(() => LoadGeneration(CurrentGeneration(), pin, time));

    /// <summary>The trust before the last import, or null when that generation is gone or there was none.</summary>
    public ImportedTrust? Previous(DateTimeOffset time)
    {
        Result<Boxed<long>> current = Seen(CurrentGeneration);
        long before = current.Value is { } number ? Numbers().Where(other => other < number.Value).DefaultIfEmpty(0).Max() : 0;
        return before == 0 ? null : LoadGeneration(new Result<Boxed<long>>(new Boxed<long>(before), Finding: null), pin: null, time).Value;
    }

    /// <summary>Keeps other imports out until the result is disposed.</summary>
    public IDisposable TakeLock()
    {
        try
        {
            return FolderLock.Take(Path.Combine(path, Generations), files);
        }
        catch (OutputException fault) when (fault.Refusal == OutputRefusal.InUse)
        {
            throw new UsageException($"another import into {path} is running", "wait until it has ended");
        }
    }

    /// <summary>Makes <paramref name="repository"/> the trust in force, in one step.</summary>
    public long Commit(TufRepository repository, ImportRecord record)
    {
        long previous = Holds(Pointer) && CurrentGeneration().Value is { } current ? current.Value : 0;
        long number = Numbers().DefaultIfEmpty(0).Max() + 1;
        string generation = GenerationAt(number), draft = Path.Combine(path, NextPointer);
        files.Write(draft, Utf8Text.Encode(number.ToString(CultureInfo.InvariantCulture) + "\n"));
        files.Flush(path);
        HashSet<string> folders = new(StringComparer.Ordinal);
        foreach (KeyValuePair<string, ReadOnlyMemory<byte>> file in repository.Files().Append(KeyValuePair.Create(ImportRecord.FileName, (ReadOnlyMemory<byte>)record.Write())))
        {
            string target = Path.Combine(generation, file.Key);
            string folder = Path.GetDirectoryName(target)!;
            if (folders.Add(folder))
            {
                files.MakeFolder(folder);
            }

            files.Write(target, file.Value.Span);
        }

        // From the inside out: each folder's names before the folder that names it.
        foreach (string folder in Upwards(folders, generation).OrderByDescending(name => name.Length))
        {
            files.Flush(folder);
        }

        files.Flush(Path.Combine(path, Generations));
        files.Replace(draft, Path.Combine(path, Pointer));
        files.Flush(path);
        files.Flush(Path.GetDirectoryName(Path.GetFullPath(path))!);
        RemoveAllBut(number, previous);
        return number;
    }

    private Result<ImportedTrust> LoadGeneration(Result<Boxed<long>> generation, string? pin, DateTimeOffset time)
    {
        if (generation.Value is not { } number)
        {
            return new Result<ImportedTrust>(Value: null, generation.Finding);
        }

        string folder = GenerationAt(number.Value);
        if (FileStatus.Of(folder) != FileType.Folder)
        {
            return Refused(StateReasons.Damaged.Because($"{folder} is missing"));
        }

        Result<FolderFiles> opened = FolderFiles.Open(folder);
        if (opened.Value is not { } source)
        {
            return Refused(opened.Finding!);
        }

        Result<ImportRecord> record = Result.Parse(StateReasons.Damaged, () => ImportRecord.Parse(
            source.Read(ImportRecord.FileName, Limits.KeyFile) ?? throw new MalformedException($"{ImportRecord.FileName} is missing")));
        if (record.Value is not { } noted)
        {
            return Refused(record.Finding!);
        }

        if (pin is not null && pin != noted.PinnedRoot)
        {
            return Refused(StateReasons.OtherRoot.Because($"{Name} was imported under root {noted.PinnedRoot}, stated is {pin}"));
        }

        Result<TufRepository> repository = TufClient.Open(source, noted.PinnedRoot, time, ExpiryRule.Report);
        return repository.Value is { } value
            ? new Result<ImportedTrust>(new ImportedTrust(Name, value, noted, number.Value), Finding: null)
            : Refused(repository.Finding!);
    }

    private static Result<T> Seen<T>(Func<Result<T>> read)
        where T : class
    {
        Result<Boxed<Result<T>>> seen = Result.Parse(StateReasons.Damaged, () => new Boxed<Result<T>>(StateFile.Seen(read)));
        return seen.Value is { } found ? found.Value : new Result<T>(Value: null, seen.Finding);
    }

    private bool Holds(string name) => FileStatus.OfNameItself(Path.Combine(path, name)) != FileType.Absent;

    private Result<Boxed<long>> CurrentGeneration() => Result.Parse(StateReasons.Damaged, () =>
    {
        if (FileStatus.Of(Path.Combine(path, Pointer)) != FileType.File)
        {
            throw new MalformedException($"{Path.Combine(path, Pointer)}, which says what is in force, is missing or no file");
        }

        string text = Utf8Text.Decode(InputFile.ReadAll(Path.Combine(path, Pointer), 64, "pointer"), Pointer);
        return DecimalText.Digits(text.AsSpan().TrimEnd('\n')) is { } number and > 0
            ? new Boxed<long>(number)
            : throw new MalformedException($"{Pointer} holds \"{text}\", wanted a number");
    });

    private string GenerationAt(long number) => Path.Combine(path, Generations, number.ToString("D6", CultureInfo.InvariantCulture));

    private ImmutableArray<long> Numbers() =>
    [
        .. (Holds(Generations) ? FileSystem.Folder.Folders(Path.Combine(path, Generations)) : [])
            .Select(folder => DecimalText.Digits(folder) ?? 0)
            .Where(number => number > 0),
    ];

    // The previous generation stays, for `trust diff`; what a cut left half written goes.
    private void RemoveAllBut(long number, long previous)
    {
        foreach (long old in Numbers().Where(other => other != number && other != previous))
        {
            files.Remove(GenerationAt(old));
        }
    }

    private static HashSet<string> Upwards(IEnumerable<string> folders, string top)
    {
        HashSet<string> all = new(StringComparer.Ordinal) { top };
        foreach (string folder in folders)
        {
            for (string current = folder; current.Length > top.Length; current = Path.GetDirectoryName(current)!)
            {
                all.Add(current);
            }
        }

        return all;
    }

    private static Result<ImportedTrust> Refused(Finding finding) => new(Value: null, finding);

    private sealed record Boxed<T>(T Value);
}

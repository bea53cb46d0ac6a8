using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.FileSystem;
using OfflineKit.Trust;

namespace OfflineKit.Host.State;

/// <summary>What lies in the folder of imported trust.</summary>
/// <param name="Names">The imported roots, in ordinal order; one that is damaged is among them.</param>
/// <param name="Foreign">What is no import and none of ours: it is told and passed over.</param>
internal sealed record StateListing(ImmutableArray<string> Names, ImmutableArray<string> Foreign);

/// <summary>All imported roots: <c>--state DIR</c>, or <c>offlinekit/trust</c> in the user's folder for data.</summary>
internal sealed class TrustState(string path)
{
    /// <summary>The name of a root that is imported without <c>--name</c>.</summary>
    public const string DefaultName = "default";

    /// <summary>Where the roots lie.</summary>
    public string Path { get; } = path;

    /// <summary>What lies in the folder; none when there is no such folder, and the finding that says so when it cannot be seen.</summary>
    public Result<StateListing> List() => Result.Parse(StateReasons.Damaged, () => StateFile.Seen(() =>
    {
        ImmutableArray<FolderEntry> entries = StateFile.IsAbsent(Path) ? [] : Folder.Read(Path);
        List<string> names = [], foreign = [];
        foreach (FolderEntry entry in entries)
        {
            (IsName(entry.Name) && (IsUnseen(entry) || (IsFolder(entry) && Root(entry.Name).IsThere)) ? names : foreign).Add(entry.Name);
        }

        return new StateListing([.. names], [.. foreign]);
    }));

    /// <summary>The names of the imported roots.</summary>
    /// <exception cref="UsageException">The folder cannot be seen.</exception>
    public ImmutableArray<string> Names => List() is var listed && listed.Value is { } listing
        ? listing.Names
        : throw new UsageException($"{listed.Finding!.Reason.Code}: {Path}: {listed.Finding.Detail}", listed.Finding.Advice.Template);

    /// <summary>What a reader should know of the folder besides its imports: what lies there and is none.</summary>
    public ImmutableArray<Remark> Notes => [.. (List().Value?.Foreign ?? []).Select(name => new Remark("note.foreign-state", $"\"{name}\" in {Path} is no import and is passed over"))];

    /// <summary>Every import by its name, verified from its pinned root; a folder that cannot be seen is one refusal under its own path.</summary>
    /// <param name="pin">The root's fingerprint, where the operator states it again.</param>
    /// <param name="time">Any time: what is imported does not stop to hold, it ages.</param>
    public IEnumerable<KeyValuePair<string, Result<ImportedTrust>>> Load(string? pin, DateTimeOffset time)
    {
        Result<StateListing> listed = List();
        return listed.Value is { } listing
            ? listing.Names.Select(name => KeyValuePair.Create(name, Root(name).Load(pin, time)))
            : [KeyValuePair.Create(Path, new Result<ImportedTrust>(Value: null, listed.Finding))];
    }

    /// <summary>The state at <paramref name="option"/>, or at the place that the XDG Base Directory Specification names.</summary>
    public static TrustState At(string? option) => DefaultOrNull(option)
        ?? throw new UsageException("there is no folder for imported trust", "name one with --state DIR, or set XDG_DATA_HOME");

    /// <summary>The same, or null when there is neither.</summary>
    public static TrustState? DefaultOrNull(string? option)
    {
        if (option is not null)
        {
            return new TrustState(System.IO.Path.GetFullPath(Links.Meant(option)));
        }

        return UserFolder.Data is { } data ? new TrustState(System.IO.Path.Combine(data, "offlinekit", "trust")) : null;
    }

    /// <summary>The root called <paramref name="name"/>, imported or not.</summary>
    public TrustFolder Root(string name, Disk? files = null) =>
        IsName(name)
            ? new TrustFolder(System.IO.Path.Combine(Path, name), files ?? new Disk())
            : throw new UsageException($"\"{name}\" is no name for a root", "use up to 64 lower-case letters, digits and -");

    private static bool IsName(string name) => name.Length is > 0 and <= 64 && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-');

    private bool IsFolder(FolderEntry entry) => entry.Type == FileType.Folder || (entry.Type == FileType.Link && Of(entry) == FileType.Folder);

    // A link that leads to nothing is an import that was there, on a medium that is not: its revocations are missed, so it is one that cannot be read.
    private bool IsUnseen(FolderEntry entry) => entry.Type == FileType.Link && Of(entry) == FileType.Link;

    private FileType Of(FolderEntry entry) => FileStatus.Of(System.IO.Path.Combine(Path, entry.Name));
}

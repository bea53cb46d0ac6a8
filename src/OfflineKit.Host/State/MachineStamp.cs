using System.Collections.Immutable;
using System.Text;
using OfflineKit.Encoding;
using OfflineKit.FileSystem;

namespace OfflineKit.Host.State;

/// <summary>What a session remembers of the state of user and machine, to see whether it changed: every file in it by what the system says of it, not by its content.</summary>
internal static class MachineStamp
{
    /// <summary>The stamp of choices, user keys and imported trust in <paramref name="place"/>, and of <paramref name="machine"/>, now.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="place">The folder of imported trust; null: the user's own.</param>
    public static string Of(Machine machine, string? place)
    {
        StringBuilder stamp = new();
        HashSet<string> folders = new(StringComparer.Ordinal);
        foreach (string path in new[] { TrustChoices.FilePath(), UserRoots.OfThisUser()?.Folder, machine.Folder }.OfType<string>())
        {
            Add(stamp, path, folders);
        }

        if (TrustState.DefaultOrNull(place) is { } state)
        {
            AddImports(stamp, state, folders);
        }

        return stamp.ToString();
    }

    // Any folder can be named as the place of imports, the root of everything too: of what lies there only imports are looked into.
    private static void AddImports(StringBuilder stamp, TrustState state, HashSet<string> folders)
    {
        Result<StateListing> listed = state.List();
        Netstring.Append(stamp, state.Path);
        Netstring.Append(stamp, Netstring.List(listed.Value?.Foreign ?? [listed.Finding!.Detail]));
        foreach (string name in listed.Value?.Names ?? [])
        {
            Add(stamp, Path.Join(state.Path, name), folders);
        }
    }

    // What cannot be seen is told by whoever opens it; here it only differs from what can. A link is what it leads to, as it is for whoever opens it.
    private static void Add(StringBuilder stamp, string path, HashSet<string> folders)
    {
        try
        {
            string status = FileStatus.Stamp(path);
            Netstring.Append(stamp, path);
            Netstring.Append(stamp, status);
            if (FileStatus.Of(path) == FileType.Folder && folders.Add(status))
            {
                AddAll(stamp, path, folders);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Netstring.Append(stamp, fault.Message);
        }
    }

    private static void AddAll(StringBuilder stamp, string folder, HashSet<string> folders)
    {
        (ImmutableArray<FolderEntry> entries, ImmutableArray<UnsayableName> unsayable) = Folder.ReadEach(folder);
        Netstring.Append(stamp, Netstring.List(unsayable.Select(name => name.Spelled)));
        foreach (FolderEntry entry in entries)
        {
            Add(stamp, Path.Join(folder, entry.Name), folders);
        }
    }
}

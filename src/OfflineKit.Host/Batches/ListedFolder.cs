using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.FileSystem;
using OfflineKit.Host.Results;

namespace OfflineKit.Host.Batches;

/// <summary>What is in a folder of which everything is told.</summary>
/// <param name="Entries">What can be looked at, in ordinal order.</param>
/// <param name="Said">What cannot be, and why: nothing is in neither.</param>
internal sealed record ListedFolder(ImmutableArray<FolderEntry> Entries, ImmutableArray<BatchEntry> Said)
{
    private const int Deepest = 256;

    /// <summary>What is in <paramref name="folder"/>, which lies <paramref name="depth"/> folders below the one that was named.</summary>
    public static ListedFolder Of(string folder, int depth)
    {
        if (depth > Deepest)
        {
            return new ListedFolder([], [Why(folder, UndecidedReasons.Usage, $"more than {Deepest} folders inside one another: what is in it was not looked at")]);
        }

        try
        {
            (ImmutableArray<FolderEntry> entries, ImmutableArray<UnsayableName> unsayable) = Folder.ReadEach(folder);
            return new ListedFolder(entries, [.. unsayable.Select(name => Unsayable(folder, name))]);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new ListedFolder([], [Why(folder, UndecidedReasons.PathNotFound, $"the folder cannot be read, so nothing is known of what is in it: {fault.Message}")]);
        }
    }

    /// <summary><paramref name="path"/> is there, and <paramref name="reason"/> keeps it from being looked at.</summary>
    public static BatchEntry Why(string path, Reason reason, string message) => new(path, Members: null) { Fault = reason.Because(message) };

    private static BatchEntry Unsayable(string folder, UnsayableName name) => Why(Path.Join(folder, name.Spelled), FileReasons.NameNotUtf8, $"{FileReasons.NameNotUtf8.Meaning}; what is there was not looked at") with
    {
        Bytes = [.. Utf8Text.Encode(folder + "/"), .. name.Bytes.Span],
    };

    /// <summary>The link at <paramref name="path"/>, which is not followed: it may lead in a circle, or out of the folder.</summary>
    public static BatchEntry Link(string path) => Why(path, UndecidedReasons.LinkNotFollowed, "a link: links on a medium are not followed");
}

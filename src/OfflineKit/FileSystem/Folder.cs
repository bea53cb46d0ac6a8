using System.Collections.Immutable;
using System.Text.Unicode;
using OfflineKit.Encoding;

namespace OfflineKit.FileSystem;

/// <summary>One name in a folder.</summary>
/// <param name="Name">The name, exactly.</param>
/// <param name="Type">What it is; a link is a link.</param>
internal readonly record struct FolderEntry(string Name, FileType Type);

/// <summary>The one place where folders are read: every name is there, and none has become another.</summary>
/// <remarks>On Linux a name is bytes. One that is no UTF-8 cannot be said, opened or listed exactly, so it is refused where it is met; a true U+FFFD is an ordinary letter.</remarks>
internal static class Folder
{
    /// <summary>Everything in <paramref name="path"/>, in ordinal order.</summary>
    /// <exception cref="MalformedException"><c>file.name-not-utf8</c>.</exception>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The caller may not read it.</exception>
    public static ImmutableArray<FolderEntry> Read(string path)
    {
        FolderEntry[] entries = OperatingSystem.IsWindows() ? OfWindows(path) : [.. NativeFiles.Read(path).Select(entry => Entry(path, entry.Name, entry.Type))];
        Array.Sort(entries, static (one, other) => string.CompareOrdinal(one.Name, other.Name));
        return System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(entries);
    }

    /// <summary>Everything in <paramref name="path"/> whose name can be said, in ordinal order, and the other names: nothing that is there is missing in both.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The caller may not read it.</exception>
    public static (ImmutableArray<FolderEntry> Entries, ImmutableArray<UnsayableName> Unsayable) ReadEach(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            FileSystemInfo[] all = [.. new DirectoryInfo(path).EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false })];
            return ([.. all.Where(entry => IsText(entry.Name)).Select(entry => new FolderEntry(entry.Name, FileStatus.OfNameItself(entry.FullName))).OrderBy(entry => entry.Name, StringComparer.Ordinal)],
                [.. all.Where(entry => !IsText(entry.Name)).Select(entry => new UnsayableName(entry.Name, System.Runtime.InteropServices.MemoryMarshal.AsBytes<char>(entry.Name).ToArray()))]);
        }

        List<(byte[] Name, FileType? Type)> names = NativeFiles.Read(path);
        return ([.. names.Where(entry => Utf8.IsValid(entry.Name)).Select(entry => Entry(path, entry.Name, entry.Type)).OrderBy(entry => entry.Name, StringComparer.Ordinal)],
            [.. names.Where(entry => !Utf8.IsValid(entry.Name)).Select(entry => new UnsayableName(Utf8Text.Spell(entry.Name), entry.Name)).OrderBy(name => name.Spelled, StringComparer.Ordinal)]);
    }

    /// <summary>The files in <paramref name="path"/>, by their full paths; links and what else is no plain file among them are left to whoever opens them.</summary>
    /// <inheritdoc cref="Read" path="/exception"/>
    public static ImmutableArray<string> Files(string path) => [.. Read(path).Where(entry => entry.Type != FileType.Folder).Select(entry => Path.Join(path, entry.Name))];

    /// <summary>The names in <paramref name="path"/> that <paramref name="wanted"/> says yes to, in ordinal order; one that is not UTF-8 is none of them, and refuses no other.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The caller may not read it.</exception>
    public static ImmutableArray<string> Names(string path, Func<string, bool> wanted) =>
        [.. Sayable(path).Where(wanted).Order(StringComparer.Ordinal)];

    /// <summary>The folders in <paramref name="path"/>, by their names.</summary>
    /// <inheritdoc cref="Read" path="/exception"/>
    public static ImmutableArray<string> Folders(string path) => [.. Read(path).Where(entry => entry.Type == FileType.Folder).Select(entry => entry.Name)];

    /// <summary>The files in and below <paramref name="path"/>, relative to it and with <c>/</c> between folders; none where there is no such folder. Links to folders are not followed.</summary>
    /// <inheritdoc cref="Read" path="/exception"/>
    public static IEnumerable<string> FilesBelow(string path) => FileStatus.Of(path) == FileType.Absent ? [] : Read(path).SelectMany(entry => entry.Type == FileType.Folder
        ? FilesBelow(Path.Join(path, entry.Name)).Select(inside => $"{entry.Name}/{inside}")
        : [entry.Name]);

    private static IEnumerable<string> Sayable(string path) => OperatingSystem.IsWindows()
        ? new DirectoryInfo(path).EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false }).Select(entry => entry.Name).Where(IsText)
        : NativeFiles.Read(path).Where(entry => Utf8.IsValid(entry.Name)).Select(entry => Utf8Text.Decode(entry.Name, "name"));

    private static FolderEntry Entry(string folder, byte[] name, FileType? type)
    {
        if (!Utf8.IsValid(name))
        {
            throw new MalformedException(FileReasons.NameNotUtf8, $"\"{Utf8Text.Spell(name)}\" in {folder}");
        }

        string text = Utf8Text.Decode(name, "name");
        return new FolderEntry(text, type ?? FileStatus.OfNameItself(Path.Join(folder, text)));
    }

    private static FolderEntry[] OfWindows(string path)
    {
        List<FolderEntry> entries = [];
        foreach (FileSystemInfo entry in new DirectoryInfo(path).EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false }))
        {
            // UTF-16 as well can hold what is no text.
            entries.Add(IsText(entry.Name)
                ? new FolderEntry(entry.Name, FileStatus.OfNameItself(entry.FullName))
                : throw new MalformedException(FileReasons.NameNotUtf8, $"a name in {path}"));
        }

        return [.. entries];
    }

    private static bool IsText(string name)
    {
        for (int i = 0; i < name.Length; i += char.IsHighSurrogate(name[i]) ? 2 : 1)
        {
            if (!System.Text.Rune.TryGetRuneAt(name, i, out _))
            {
                return false;
            }
        }

        return true;
    }
}

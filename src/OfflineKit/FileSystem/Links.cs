using System.Text.Unicode;
using OfflineKit.Encoding;

namespace OfflineKit.FileSystem;

/// <summary>Follows links, each from the folder in which it stands.</summary>
internal static class Links
{
    private const int Most = 40;

    /// <summary>Where <paramref name="path"/> leads at last; the path itself when it is no link. What it leads to need not be there.</summary>
    /// <exception cref="MalformedException"><c>file.name-not-utf8</c>: a link leads to a name that cannot be said.</exception>
    /// <exception cref="IOException">More than 40 links: they lead in a circle.</exception>
    public static string Final(string path)
    {
        for (int followed = 0; Target(path) is { } target; followed++)
        {
            if (followed == Most)
            {
                throw new IOException($"{path}: more than {Most} links, which lead in a circle");
            }

            // Not made shorter: a ".." behind a link to a folder leads out of that folder (path_resolution(7)).
            path = Path.IsPathRooted(target) ? target : Path.Join(Path.GetDirectoryName(path) ?? "", target);
        }

        return path;
    }

    /// <summary>Where the link <paramref name="path"/> leads, as it is written; null when it is no link.</summary>
    /// <inheritdoc cref="Final" path="/exception"/>
    public static string? Target(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return NativeFiles.WindowsLinkTarget(new FileInfo(path));
        }

        byte[]? target = NativeFiles.ReadLink(path);
        return target is null ? null
            : Utf8.IsValid(target) ? Utf8Text.Decode(target, "link")
            : throw new MalformedException(FileReasons.NameNotUtf8, $"{path} is a link to \"{Utf8Text.Spell(target)}\"");
    }
}

using System.Text.Unicode;
using OfflineKit.Encoding;

namespace OfflineKit.FileSystem;

/// <summary>Follows links, each from the folder in which it stands.</summary>
/// <remarks>.NET folds <c>..</c> before it looks at links, so a name behind a link could mean another file than the system's own programs mean. Source: path_resolution(7).</remarks>
internal static class Links
{
    private const int Most = 40;
    private const string Up = "..";

    /// <summary>Where <paramref name="path"/> leads at last, without any link on the way; what it leads to need not be there.</summary>
    /// <exception cref="MalformedException"><c>file.name-not-utf8</c>: a link leads to a name that cannot be said.</exception>
    /// <exception cref="IOException">More than 40 links: they lead in a circle.</exception>
    public static string Final(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            string full = Path.GetFullPath(path);
            return File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full;
        }

        string resolved = path.StartsWith('/') ? "/" : "";
        Stack<string> rest = new(path.Split('/').Reverse());
        for (int followed = 0; rest.TryPop(out string? part);)
        {
            string named = part is "" or "." ? resolved : part == Up ? Above(resolved) : Path.Join(resolved, part);
            if (part is "" or "." or Up || Target(named) is not { } target)
            {
                resolved = named;
                continue;
            }

            if (++followed > Most)
            {
                throw new IOException($"{path}: more than {Most} links, which lead in a circle");
            }

            resolved = target.StartsWith('/') ? "/" : resolved;
            foreach (string next in target.Split('/').Reverse())
            {
                rest.Push(next);
            }
        }

        return resolved.Length == 0 ? "." : resolved;
    }

    /// <summary>The path by which .NET opens what <paramref name="path"/> means to the system: the same, unless it climbs, perhaps out of a folder behind a link.</summary>
    /// <inheritdoc cref="Final" path="/exception"/>
    public static string Meant(string path) => OperatingSystem.IsWindows() || !path.Split('/').Contains(Up, StringComparer.Ordinal) ? path : Final(path);

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

    // Nothing in it is a link, so its parent is what its text says.
    private static string Above(string resolved) =>
        resolved == "/" ? resolved : resolved is "" or Up || resolved.EndsWith("/" + Up, StringComparison.Ordinal) ? Path.Join(resolved, Up) : Path.GetDirectoryName(resolved) ?? "";
}

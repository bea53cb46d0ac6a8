namespace OfflineKit.Files;

/// <summary>Where a path leads once every link on the way was followed, each from the folder in which it stands.</summary>
/// <remarks>.NET folds <c>..</c> before it looks at links, so a name behind a link could mean another file than the system's own programs mean. Source: path_resolution(7).</remarks>
public static class PhysicalPath
{
    private const int MostLinks = 40;

    /// <summary>The full path without links of what <paramref name="path"/> names, which need not exist.</summary>
    /// <exception cref="OutputException">More than 40 links: they lead in a circle.</exception>
    public static string Of(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            string full = Path.GetFullPath(path);
            return FileFacts.WindowsTarget(full) ?? full;
        }

        string resolved = path.StartsWith('/') ? "/" : Directory.GetCurrentDirectory();
        Stack<string> rest = new(Enumerable.Reverse(path.Split('/')));
        int links = 0;
        while (rest.TryPop(out string? part))
        {
            if (part is "" or ".")
            {
                continue;
            }

            if (part == "..")
            {
                resolved = Path.GetDirectoryName(resolved) ?? "/";
                continue;
            }

            string named = Path.Join(resolved, part);
            if (FileFacts.TargetOf(named) is not { } target)
            {
                resolved = named;
                continue;
            }

            if (++links > MostLinks)
            {
                throw new OutputException(OutputRefusal.Failed, $"{path}: more than {MostLinks} links, which lead in a circle");
            }

            resolved = target.StartsWith('/') ? "/" : resolved;
            foreach (string next in Enumerable.Reverse(target.Split('/')))
            {
                rest.Push(next);
            }
        }

        return resolved;
    }

    /// <summary>The path by which .NET reaches what <paramref name="path"/> means to the system: the same, unless it climbs, perhaps out of a folder behind a link. A link at its end stays one.</summary>
    /// <inheritdoc cref="Of" path="/exception"/>
    public static string Meant(string path)
    {
        if (OperatingSystem.IsWindows() || !path.Split('/').Contains("..", StringComparer.Ordinal))
        {
            return path;
        }

        string named = Path.TrimEndingDirectorySeparator(path), last = Path.GetFileName(named);
        return last is "." or ".." ? Of(named) : Path.Join(Of(Path.GetDirectoryName(named) is { Length: > 0 } folder ? folder : "."), last);
    }
}

using OfflineKit.FileSystem;
using OfflineKit.Encoding;

namespace OfflineKit.Host.Serve;

/// <summary>The paths in a request: a file that never ends, or waits for a writer, would stop the engine for everybody.</summary>
internal static class RequestPaths
{
    /// <summary>The texts of a member that is one text or a list of such; none where it is absent.</summary>
    public static IEnumerable<string> Texts(JsonValue members, string member) => members.Optional(member) switch
    {
        null => [],
        { Kind: JsonKind.Array } values => values.Elements.Select(value => value.Text),
        { } value => [value.Text],
    };

    /// <summary>Refuses standard input, which carries the requests, and what is no file, in the members called <paramref name="names"/>.</summary>
    /// <exception cref="MalformedException">A path is <c>-</c>, or has a NUL in it.</exception>
    /// <exception cref="MissingInputException">A path leads to a pipe, a socket, a device or into a file system of the kernel.</exception>
    public static void Refuse(JsonValue members, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            foreach (string path in Texts(members, name))
            {
                Refuse(name, path);
            }
        }
    }

    /// <summary>The same for <paramref name="path"/>, which member <paramref name="name"/> says.</summary>
    public static void Refuse(string name, string path)
    {
        if (path == "-")
        {
            throw new MalformedException($"request.{name}: \"-\" is standard input, which carries the requests");
        }

        RefuseNul($"request.{name}", path);
        if (path.Length > 0 && (PlainFile.IsSpecial(path) || IsOfTheKernel(path)))
        {
            throw new MissingInputException($"request.{name}: {path} is no plain file", "name a file");
        }
    }

    /// <summary>Requires that a name could be one.</summary>
    /// <exception cref="MalformedException">A NUL is in it.</exception>
    public static void RefuseNul(string name, string path)
    {
        if (path.Contains('\0', StringComparison.Ordinal))
        {
            throw new MalformedException($"{name}: a NUL is in no name of a file");
        }
    }

    private static bool IsOfTheKernel(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return false;
        }

        string full = Path.GetFullPath(Links.Meant(path)), end = FileStatus.Of(full) == FileType.Absent ? full : Links.Final(full);
        return IsBelow(full) || IsBelow(end);
    }

    private static bool IsBelow(string path) =>
        (path + "/").StartsWith("/dev/", StringComparison.Ordinal) || (path + "/").StartsWith("/proc/", StringComparison.Ordinal) || (path + "/").StartsWith("/sys/", StringComparison.Ordinal);
}

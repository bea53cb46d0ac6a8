using System.Collections.Immutable;

namespace OfflineKit.Host.State;

/// <summary>All imported roots: <c>--state DIR</c>, or <c>offlinekit/trust</c> in the user's folder for data.</summary>
internal sealed class TrustState(string path)
{
    /// <summary>The name of a root that is imported without <c>--name</c>.</summary>
    public const string DefaultName = "default";

    /// <summary>Where the roots lie.</summary>
    public string Path { get; } = path;

    /// <summary>The names of the imported roots.</summary>
    public ImmutableArray<string> Names => !Directory.Exists(Path)
        ? []
        : [.. Directory.EnumerateDirectories(Path).Select(folder => System.IO.Path.GetFileName(folder)!).Where(name => Root(name).IsThere).Order(StringComparer.Ordinal)];

    /// <summary>The state at <paramref name="option"/>, or at the place that the XDG Base Directory Specification names.</summary>
    public static TrustState At(string? option) => DefaultOrNull(option)
        ?? throw new UsageException("there is no folder for imported trust", "name one with --state DIR, or set XDG_DATA_HOME");

    /// <summary>The same, or null when there is neither.</summary>
    public static TrustState? DefaultOrNull(string? option)
    {
        if (option is not null)
        {
            return new TrustState(System.IO.Path.GetFullPath(option));
        }

        string? data = Environment.GetEnvironmentVariable("XDG_DATA_HOME");
        string? home = Environment.GetEnvironmentVariable("HOME");
        if (string.IsNullOrEmpty(data) || !System.IO.Path.IsPathRooted(data))
        {
            data = OperatingSystem.IsWindows() ? Environment.GetEnvironmentVariable("LOCALAPPDATA") : string.IsNullOrEmpty(home) ? null : System.IO.Path.Combine(home, ".local", "share");
        }

        return string.IsNullOrEmpty(data) ? null : new TrustState(System.IO.Path.Combine(data, "offlinekit", "trust"));
    }

    /// <summary>The root called <paramref name="name"/>, imported or not.</summary>
    public TrustFolder Root(string name, DurableFiles? files = null) =>
        name.Length is > 0 and <= 64 && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-')
            ? new TrustFolder(System.IO.Path.Combine(Path, name), files ?? new DurableFiles())
            : throw new UsageException($"\"{name}\" is no name for a root", "use up to 64 lower-case letters, digits and -");
}

namespace OfflineKit.CommandLine;

/// <summary>How text looks on a terminal: within its width, and with the verdict in colour. Text that goes anywhere else has neither.</summary>
/// <param name="Width">Columns; null: lines are as long as they are.</param>
/// <param name="HasColour">Colours are shown.</param>
internal sealed record TerminalLook(int? Width, bool HasColour)
{
    private const string Trusted = "TRUSTED", NotTrusted = "NOT TRUSTED";
    private const int Narrowest = 20, Hang = 4;

    /// <summary>Of what is no terminal.</summary>
    public static TerminalLook Plain { get; } = new(Width: null, HasColour: false);

    /// <summary>Of this process's standard output.</summary>
    /// <remarks>Source: no-color.org: a NO_COLOR that is set and not empty.</remarks>
    public static TerminalLook OfStandardOutput() => Console.IsOutputRedirected ? Plain
        : new TerminalLook(Console.WindowWidth is > 0 and int width ? Math.Max(Narrowest, width) : null, Environment.GetEnvironmentVariable("NO_COLOR") is null or "" && KnowsColours());

    /// <summary>A report as it is shown; its lines end in LF.</summary>
    public string Shown(string report) => Coloured(string.Join('\n', report.Split('\n').SelectMany(line => Wrapped(line, line.Length - line.TrimStart(' ').Length + Hang))));

    /// <summary><paramref name="line"/> in parts that fit; all but the first begin with <paramref name="hang"/> blanks. A word that is longer is left whole: it may be copied.</summary>
    public IEnumerable<string> Wrapped(string line, int hang)
    {
        string rest = line;
        while (Width is int width && rest.Length > width && End(rest, width) is > 0 and int end)
        {
            yield return rest[..end].TrimEnd(' ');
            rest = new string(' ', hang) + rest[end..].TrimStart(' ');
        }

        yield return rest;
    }

    // The last blank that fits, or else the first one, behind the indentation.
    private static int End(string line, int width)
    {
        int start = line.Length - line.TrimStart(' ').Length, end = line.LastIndexOf(' ', width);
        return end > start ? end : line.IndexOf(' ', start);
    }

    // The words are the program's own: what a file says cannot be coloured.
    private string Coloured(string report) => !HasColour ? report
        : report.StartsWith(Trusted, StringComparison.Ordinal) ? $"\u001b[1;32m{Trusted}\u001b[0m{report[Trusted.Length..]}"
        : report.StartsWith(NotTrusted, StringComparison.Ordinal) ? $"\u001b[1;31m{NotTrusted}\u001b[0m{report[NotTrusted.Length..]}"
        : report;

    // The old console of Windows shows the bytes; a dumb terminal says that it is one.
    private static bool KnowsColours() => OperatingSystem.IsWindows()
        ? Environment.GetEnvironmentVariable("WT_SESSION") is not null
        : Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");
}

namespace OfflineKit.CommandLine;

/// <summary>The words of a command line, for whoever builds only the options that they can mean.</summary>
/// <remarks>
/// An option that no word names takes no part in parsing: to build all of them would cost a small verification a tenth of its time. Whoever asks what there is, by help, a manual
/// or a completion, gets all. A test walks every option in every spelling and finds that the line means the same as with all options built.
/// </remarks>
internal sealed class LineWords
{
    // The names of HelpOption and VersionOption; a slash begins an option on Windows alone.
    private static readonly string[] AboutTheProgram =
        OperatingSystem.IsWindows() ? ["--help", "-h", "/h", "-?", "/?", "--version"] : ["--help", "-h", "-?", "--version"];

    private readonly string[]? _words;

    private LineWords(string[]? words) => _words = words;

    /// <summary>Stands for any line: every option is built.</summary>
    public static LineWords Any => new(words: null);

    /// <summary>The words <paramref name="line"/>.</summary>
    public static LineWords Of(string[] line) => line.Length == 0 || AsksForCompletions(line) || AskAboutTheProgram(line) ? Any : new LineWords(line);

    /// <summary>A shell asks for completions, by the parser's directive.</summary>
    public static bool AsksForCompletions(string[] line) => line is [['[', ..], ..];

    /// <summary>Somebody asks for help or the version.</summary>
    public static bool AskAboutTheProgram(string[] line) => line.Any(word => AboutTheProgram.Any(name => word.StartsWith(name, StringComparison.Ordinal)));

    /// <summary>Some word may be the option <paramref name="name"/>, alone or with its value.</summary>
    public bool MayMean(string name) => _words is null || Array.Exists(_words, word => IsOption(word, name));

    private static bool IsOption(string word, string name) =>
        word.StartsWith(name, StringComparison.Ordinal) && (word.Length == name.Length || word[name.Length] is '=' or ':');
}

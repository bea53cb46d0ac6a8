using System.CommandLine;
using System.CommandLine.Parsing;

namespace OfflineKit.CommandLine;

/// <summary>Words that look like options are options, and nothing else; before <c>--</c> none of them is the name of a file.</summary>
/// <remarks>
/// POSIX, utility syntax guideline 10. A misspelt option may have been a restriction, and <c>*</c> on a medium with a file called <c>--trust=.x</c> is an
/// option that nobody typed: an option that is also the name of an existing file is refused, whoever meant it. So is <c>--</c>, after which the options
/// of the user would be names, and <c>-</c>, behind <c>--</c> as well, which would be read from what is no file of that name.
/// </remarks>
internal static class OptionLikeWords
{
    private const string Separator = "--", Standard = "-";

    /// <summary>What is wrong with the words; null when nothing is.</summary>
    /// <param name="words">The command line.</param>
    /// <param name="parsed">What it was parsed as.</param>
    /// <param name="isThere">Whether something of this name exists.</param>
    /// <param name="whole">The program with all its commands.</param>
    public static CommandLineFault? Fault(IReadOnlyList<string> words, ParseResult parsed, Func<string, bool> isThere, Func<Command> whole)
    {
        if (words.Contains(Standard, StringComparer.Ordinal) && isThere(Standard))
        {
            return new CommandLineFault(
                $"{Standard} is standard input or output and also the name of a file",
                $"write ./{Standard} for that file, or ask from another folder; a shell puts names there for *");
        }

        HashSet<string> known = Known(parsed.CommandResult);
        foreach (string word in words)
        {
            if (word == Separator)
            {
                return isThere(word) ? Ambiguous(word, "write ./ before the names of files; a shell puts names there for *") : null;
            }

            string name = Name(word);
            if (word.Length > 1 && (word[0] == '-' || known.Contains(name)) && Fault(word, name, known, isThere(word), () => Elsewhere(whole(), name)) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private static CommandLineFault? Fault(string word, string name, HashSet<string> known, bool isThere, Func<string[]> elsewhere) => isThere
        ? Ambiguous(word, "write -- before the names of files, or ./ before such a name; a shell puts names there for *")
        : known.Contains(name) ? null
        : elsewhere() is { Length: > 0 } others ? new CommandLineFault($"there is no option {word} here", $"it is an option of {string.Join(", ", others)}")
        : new CommandLineFault($"there is no option {word}", Hint(name, known));

    private static string Hint(string name, HashSet<string> known) => NearestWord.Hint(name, known.Where(option => option[0] == '-').Append("--help"))
        ?? "a file of that name is written after -- or as ./NAME, and the value of an option as --option=VALUE";

    private static CommandLineFault Ambiguous(string word, string hint) => new($"{word} is an option and also the name of a file", hint);

    // The other commands that have an option of this name.
    private static string[] Elsewhere(Command command, string name) =>
    [
        .. command.Options.Any(option => option.Name == name || option.Aliases.Contains(name)) && command.Parents.Any() ? (string[])[command.Name] : [],
        .. command.Subcommands.Where(sub => !sub.Hidden).SelectMany(sub => Elsewhere(sub, name)).Distinct(StringComparer.Ordinal),
    ];

    private static string Name(string word)
    {
        int end = word.AsSpan().IndexOfAny('=', ':');
        return end < 0 ? word : word[..end];
    }

    private static HashSet<string> Known(CommandResult command)
    {
        HashSet<string> known = new(StringComparer.Ordinal);
        for (SymbolResult? result = command; result is CommandResult { Command: var one } level; result = level.Parent)
        {
            foreach (Option option in one.Options)
            {
                known.Add(option.Name);
                known.UnionWith(option.Aliases);
            }
        }

        return known;
    }
}

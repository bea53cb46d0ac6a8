using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using OfflineKit.CommandLine;

namespace OfflineKit.Testing;

/// <summary>What holds for every command of a program: words that look like options are options, and a switch takes no word for its value.</summary>
internal static class CommandLineRules
{
    /// <summary>What each command of <paramref name="root"/> does otherwise.</summary>
    public static IEnumerable<string> Broken(Command root) => Leaves(root, []).SelectMany(leaf => Broken(root, leaf.Words, leaf.Command));

    private static IEnumerable<string> Broken(Command root, string[] words, Command command)
    {
        string name = string.Join(' ', words);
        (ParseResult parsed, CommandLineFault? fault) = StrictParser.Parse(root, [.. words, "a", "--no-such-option"], "program");
        if (fault?.Error.Contains("--no-such-option", StringComparison.Ordinal) != true)
        {
            yield return $"{name}: a word that looks like an option is accepted: {fault?.Error}";
        }

        foreach (string[] line in (string[][])[[.. words, "-"], [.. words, "a", "--output", "-"], [.. words, "--", "-"]])
        {
            if (OptionLikeWords.Fault(line, parsed, word => word == "-", () => command)?.Hint.Contains("./-", StringComparison.Ordinal) != true || OptionLikeWords.Fault([.. words, "-"], parsed, _ => false, () => command) is not null)
            {
                yield return $"{name}: - is accepted although a file is called so, or refused where none is";
            }
        }

        foreach (string option in Options(command))
        {
            if (OptionLikeWords.Fault([.. words, option + "=x"], parsed, word => word == option + "=x", () => command)?.Hint.Contains("--", StringComparison.Ordinal) != true)
            {
                yield return $"{name}: {option} is accepted although a file is called so";
            }

            if (OptionLikeWords.Fault([.. words, "--", option], parsed, word => word == option, () => command) is not null)
            {
                yield return $"{name}: {option} after -- is no name";
            }
        }

        foreach (Option option in command.Options.Where(option => option.CompletionSources.Count > 0 && option.Arity.MaximumNumberOfValues > 0))
        {
            string[] offered = [.. option.GetCompletions(CompletionContext.Empty).Select(completion => completion.Label)];
            foreach (string refused in offered.Where(word => Refuses(root, words, option, word)))
            {
                yield return $"{name}: shells offer {option.Name} {refused}, which is refused";
            }

            if (option.Validators.Count > 0 && !Refuses(root, words, option, "no-such-word"))
            {
                yield return $"{name}: {option.Name} takes any word";
            }
        }

        foreach (Option option in command.Options.Where(option => option.Arity is { MinimumNumberOfValues: > 0, MaximumNumberOfValues: > 1 }))
        {
            if (StrictParser.Parse(root, [.. words, option.Name, "a", option.Name + "="], "program").Fault is null)
            {
                yield return $"{name}: {option.Name} is accepted without a value";
            }
        }

        foreach (Option option in command.Options.Where(option => option is Option<bool> && option.Arity.MaximumNumberOfValues > 0))
        {
            yield return $"{name}: {option.Name} takes the next word for its value";
        }
    }

    private static bool Refuses(Command root, string[] words, Option option, string word) => root.Parse([.. words, option.Name, word]).Errors.Any(error => error.SymbolResult is OptionResult { Option: var faulty } && faulty == option);

    private static IEnumerable<string> Options(Command command) => command.Options.SelectMany(option => option.Aliases.Prepend(option.Name)).Where(name => name[0] == '-');

    private static IEnumerable<(string[] Words, Command Command)> Leaves(Command command, string[] words) => command.Subcommands.Count == 0
        ? [(words, command)]
        : command.Subcommands.SelectMany(child => Leaves(child, [.. words, child.Name]));
}

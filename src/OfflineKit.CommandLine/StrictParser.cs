using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using OfflineKit.CommandLine.Manual;

namespace OfflineKit.CommandLine;

/// <summary>Why a command line cannot be carried out.</summary>
/// <param name="Error">What is wrong; it may quote words of the command line, which are untrusted text.</param>
/// <param name="Hint">What to do instead.</param>
internal sealed record CommandLineFault(string Error, string Hint);

/// <summary>Parses a command line so that no word means something else than it looks like.</summary>
/// <remarks>
/// The words of a command line are not all the user's: a shell expands <c>*</c> to the names of whatever lies there. No response files, no bundled short
/// options, no value after a switch (the library would take a file called <c>false</c> for one), no option without its value (the library passes over
/// <c>--key-id=</c> beside another one, and with it a demand whose variable was empty), and <see cref="OptionLikeWords"/>.
/// </remarks>
internal static class StrictParser
{
    private static readonly ParserConfiguration Configuration = new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false };

    /// <summary>What <paramref name="words"/> ask of <paramref name="root"/>, or why they cannot be carried out.</summary>
    /// <param name="root">The program with the commands that the words name.</param>
    /// <param name="words">The command line.</param>
    /// <param name="program">How the program is called.</param>
    /// <param name="whole">The program with all its commands: an option of another one is told by it. Null: <paramref name="root"/> has them all.</param>
    public static (ParseResult Parsed, CommandLineFault? Fault) Parse(Command root, IReadOnlyList<string> words, string program, Func<Command>? whole = null)
    {
        TakeNoValues(root);
        ParseResult parsed = root.Parse(words, Configuration);
        return (parsed, NativeText.Fault(words) ?? OptionLikeWords.Fault(words, parsed, IsThere, whole ?? (() => root)) ?? (parsed.Action is ParseErrorAction or HelpWithExamples ? NoCommand(parsed, program) : null)
            ?? (parsed.Action is ParseErrorAction ? Misuse(parsed, program) : Valueless(parsed.CommandResult)));
    }

    // Each occurrence has its value, or none of them means what it says.
    private static CommandLineFault? Valueless(CommandResult command) => command.Children.OfType<OptionResult>()
        .FirstOrDefault(option => option.Option.Arity.MinimumNumberOfValues > 0 && option.IdentifierTokenCount > option.Tokens.Count) is { } empty
        ? new CommandLineFault($"{empty.Option.Name} is there without a value", "say what is meant, or leave it out")
        : null;

    // A link that leads nowhere has a name as well: File.Exists says so.
    private static bool IsThere(string word) => File.Exists(word) || Directory.Exists(word);

    private static void TakeNoValues(Command command)
    {
        foreach (Option option in command.Options)
        {
            if (option is Option<bool>)
            {
                option.Arity = ArgumentArity.Zero;
            }
        }

        foreach (Command child in command.Subcommands)
        {
            TakeNoValues(child);
        }
    }

    // The parser's messages are sentences with a capital and a period; ours are neither.
    private static CommandLineFault Misuse(ParseResult parsed, string program)
    {
        string command = program + Names(parsed.CommandResult), message = parsed.Errors[0].Message.ReplaceLineEndings(" ").Replace("\t", "", StringComparison.Ordinal);
        return new CommandLineFault(message.Length == 0 ? message : char.ToLowerInvariant(message[0]) + message[1..].TrimEnd('.', '\n'), $"`{command} --help` shows the usage");
    }

    // Also where help is asked for: the library would give that of the command above.
    private static CommandLineFault? NoCommand(ParseResult parsed, string program)
    {
        Command above = parsed.CommandResult.Command;
        if (above.Subcommands.Count == 0 || above.Arguments.Count > 0 || parsed.UnmatchedTokens.Count == 0)
        {
            return null;
        }

        string below = Names(parsed.CommandResult).TrimStart(), path = program + Names(parsed.CommandResult), typed = parsed.UnmatchedTokens[0];
        string hint = NearestWord.To(typed, above.Subcommands.Where(command => !command.Hidden).Select(command => command.Name)) is { } near
            ? $"did you mean `{path} {near}`?" : $"`{path} --help` shows the usage";
        return new CommandLineFault($"there is no command \"{(below.Length > 0 ? below + " " : "")}{typed}\"", hint);
    }

    private static string Names(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{Names(parent)} {command.Command.Name}" : "";
}

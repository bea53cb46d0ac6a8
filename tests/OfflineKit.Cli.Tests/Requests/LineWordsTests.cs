using System.CommandLine;
using System.CommandLine.Parsing;
using OfflineKit.CommandLine;

namespace OfflineKit.Cli.Tests.Requests;

/// <summary>A program that builds only the options that a line names understands the line as one that builds them all.</summary>
public sealed class LineWordsTests
{
    public static TheoryData<string> Commands() => [.. Leaves(Program.Root([]), "")];

    [Theory, MemberData(nameof(Commands))]
    public void A_line_means_the_same_with_all_options_built(string command)
    {
        string[] names = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Option[] options = [.. Find(Program.Root(names), names).Options];
        Assert.All(options.SelectMany(option => option.Aliases.Append(option.Name)).SelectMany(Spellings).Append([]), words =>
        {
            string[] line = [.. names, .. words];
            Assert.Equal(Meaning(StrictParser.Parse(Program.Root(line), line, Program.Name, () => Program.Root([]))), Meaning(Program.Understood(line)));
        });
    }

    [Fact]
    public void What_no_word_names_is_not_built()
    {
        string[] line = ["verify", "f", "--key", "k", "--at=x"];
        Command verify = Find(Program.Root(line, LineWords.Of(line)), ["verify"]);
        Assert.Contains(verify.Options, option => option.Name == "--key");
        Assert.Contains(verify.Options, option => option.Name == "--at");
        Assert.DoesNotContain(verify.Options, option => option.Name == "--threshold");
    }

    [Theory, InlineData("verify", "--help"), InlineData("verify", "-?"), InlineData("[suggest:9]", "offlinekit verify --"), InlineData("verify", "-h")]
    public void Who_asks_what_there_is_gets_all(params string[] line) =>
        Assert.Equal(Find(Program.Root(["verify"]), ["verify"]).Options.Select(option => option.Name), Find(Program.Root(line, LineWords.Of(line)), ["verify"]).Options.Select(option => option.Name));

    [Fact]
    public void A_mistyped_option_is_answered_with_one_that_no_word_names() =>
        Assert.Contains("--threshold", Program.Understood(["verify", "f", "--treshold", "2"]).Fault!.Hint, StringComparison.Ordinal);

    // With a value, without, twice, beside a name, behind the separator, cut short and run together.
    private static IEnumerable<string[]> Spellings(string option) =>
    [
        [option], [option, "x"], [$"{option}=x"], [$"{option}:x"], [option, "x", "f"], ["f", option, "x"], [option, "x", option, "y"], [$"{option}=x", "f", option, "y"], ["f", "--", option, "x"],
        [option[..^1], "f"], [$"{option}x", "f"], [$"{option}=", "f"], [option, "--key", "x"], ["--key", option, "x"], [option.ToUpperInvariant(), "f"],
    ];

    private static string Meaning((ParseResult Parsed, CommandLineFault? Fault) understood)
    {
        (ParseResult parsed, CommandLineFault? fault) = understood;
        IEnumerable<string> given = parsed.CommandResult.Children.OfType<OptionResult>().Where(result => !result.Implicit)
            .Select(result => $"{result.Option.Name} ({result.IdentifierTokenCount}): {string.Join(' ', result.Tokens.Select(token => token.Value))}");
        IEnumerable<string> arguments = parsed.CommandResult.Children.OfType<ArgumentResult>().Select(result => $"{result.Argument.Name}: {string.Join(' ', result.Tokens.Select(token => token.Value))}");
        return string.Join('\n', [
            $"fault: {fault?.Error} / {fault?.Hint}", .. parsed.Errors.Select(error => $"error: {error.Message}"), $"unmatched: {string.Join(' ', parsed.UnmatchedTokens)}",
            .. given.Order(StringComparer.Ordinal), .. arguments,
        ]);
    }

    private static Command Find(Command root, string[] names) => names.Aggregate(root, (command, name) => command.Subcommands.Single(inner => inner.Name == name));

    private static IEnumerable<string> Leaves(Command command, string name) => command.Subcommands.Count == 0
        ? [name]
        : command.Subcommands.SelectMany(inner => Leaves(inner, $"{name} {inner.Name}"));
}

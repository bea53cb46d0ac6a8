using System.CommandLine;
using System.Text.RegularExpressions;
using OfflineKit.Formats.Foreign;

namespace OfflineKit.Cli.Tests;

/// <summary>What a refusal tells people to type exists: every option, and every command of our own.</summary>
public sealed partial class AdviceTests
{
    // Options of other programs' commands stand in their own quotes.
    private static readonly string[] OfOthers = ["--new-bundle-format", "--to-oci-layout", "--clearsign", "--detach-sign"];

    private static IEnumerable<(string Whose, string Text)> Advice =>
    [
        .. KnownReasons.All.Select(reason => (reason.Code, reason.NextStep)),
        .. ForeignForms.All.Select(form => (form.Name, form.Advice)),
    ];

    [Fact]
    public void Every_option_that_advice_names_is_an_option()
    {
        HashSet<string> known = [.. CommandTable.For([]).SelectMany(WithInner).SelectMany(command => command.Options).SelectMany(option => option.Aliases.Append(option.Name)), .. OfOthers];
        Assert.Equal("", string.Join('\n', Advice
            .SelectMany(advice => Option().Matches(Foreign().Replace(advice.Text, "")).Select(match => (advice.Whose, Option: match.Value)))
            .Where(named => !known.Contains(named.Option))));
    }

    [Fact]
    public void Every_command_of_ours_that_advice_names_is_one() => Assert.Equal("", string.Join('\n', Advice
        .SelectMany(advice => Own().Matches(advice.Text).Select(match => (advice.Whose, Words: match.Groups["words"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))))
        .Where(named => !Exists(named.Words))
        .Select(named => $"{named.Whose}: offlinekit {string.Join(' ', named.Words)}")));

    private static bool Exists(string[] words)
    {
        Command? found = CommandTable.For([words[0]]).FirstOrDefault(command => command.Name == words[0]);
        return found is not null && (found.Subcommands.Count == 0 || words.Length == 1 || found.Subcommands.Any(inner => inner.Name == words[1]))
            && words.Where(word => word.StartsWith("--", StringComparison.Ordinal)).All(option => WithInner(found).SelectMany(command => command.Options).Any(known => known.Name == option));
    }

    private static IEnumerable<Command> WithInner(Command command) => command.Subcommands.SelectMany(WithInner).Prepend(command);

    [GeneratedRegex("--[a-z][a-z-]+")]
    private static partial Regex Option();

    // A command of another program, as a whole.
    [GeneratedRegex("`(?!offlinekit)[^`]*`")]
    private static partial Regex Foreign();

    [GeneratedRegex("`offlinekit (?<words>[^`]+)`", RegexOptions.ExplicitCapture)]
    private static partial Regex Own();
}

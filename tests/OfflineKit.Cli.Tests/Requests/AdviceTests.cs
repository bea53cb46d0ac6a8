using System.CommandLine;
using System.Text.RegularExpressions;
using OfflineKit.Host.Requests;
using OfflineKit.Reporting;

namespace OfflineKit.Cli.Tests.Requests;

/// <summary>Advice names parameters of the table, and what a surface makes of it works there.</summary>
public sealed partial class AdviceTests
{
    public static TheoryData<string> Codes() => [.. KnownReasons.All.Where(reason => reason.Advice.NamesParameter).Select(reason => reason.Code)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_option_in_it_is_one_that_a_command_takes(string code)
    {
        string said = KnownReasons.Find(code)!.Advice.In(SurfaceWording.CommandLine);
        Assert.DoesNotContain('{', said);
        string[] options = [.. Option().Matches(said).Select(match => match.Value)];
        Assert.NotEmpty(options);
        Assert.All(options, option => Assert.Contains(Commands(CommandTable.For([])), command => command.Options.Any(known => known.Name == option)));
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Its_members_are_members_of_requests(string code)
    {
        Advice advice = KnownReasons.Find(code)!.Advice;
        string[] known = [.. RequestParameters.All.Select(parameter => parameter.Member), "signaturePath", "acceptExpiredMetadata", "importName"];
        string[] members = [.. Member().Matches(advice.Template).Select(match => match.Groups["name"].Value)];
        Assert.All(members, member => Assert.Contains(member, known));
        Assert.All(members, member => Assert.Contains(member, advice.In(Wording.Members), StringComparison.Ordinal));
        Assert.Equal(advice.In(Wording.Members), KnownReasons.Find(code)!.NextStep);
    }

    [Fact]
    public void Braces_that_name_nothing_stay()
    {
        Assert.Equal("{}, {a b}, {nothing} and {", SurfaceWording.CommandLine.Of("{}, {a b}, {nothing} and {"));
        Assert.Equal("with --key", SurfaceWording.CommandLine.Of("with {publicKey}"));
    }

    [Fact]
    public void Advice_that_names_nothing_needs_no_words() =>
        Assert.All(KnownReasons.All.Where(reason => !reason.Advice.NamesParameter), reason => Assert.Equal(reason.NextStep, reason.Advice.In(SurfaceWording.CommandLine)));

    private static IEnumerable<Command> Commands(IEnumerable<Command> commands) => commands.SelectMany(command => Commands(command.Subcommands).Prepend(command));

    [GeneratedRegex("--[a-z][a-z-]*[a-z]")]
    private static partial Regex Option();

    [GeneratedRegex("\\{(?<name>[A-Za-z]+)\\}")]
    private static partial Regex Member();
}

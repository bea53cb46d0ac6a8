using System.Text.RegularExpressions;
using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests.State;

/// <summary>`trust check` and `trust status` refuse what is given and would have no effect.</summary>
public sealed partial class OneQuestionTests : IDisposable
{
    // Of which question each option is: the bundle's, that of what was imported, or both.
    private static readonly Dictionary<string, (bool OfBundle, bool OfImport, string[] Value)> Questions = new(StringComparer.Ordinal)
    {
        ["--after"] = (true, false, ["no-such-bundle"]),
        ["--accept-expired-metadata"] = (true, false, []),
        ["--state"] = (false, true, ["no-such-folder"]),
        ["--name"] = (false, true, ["nobody"]),
        ["--root-fingerprint"] = (true, true, [new string('0', 64)]),
        ["--root"] = (true, true, ["sigstore"]),
        ["--at"] = (true, true, ["2001-01-01T00:00:00Z"]),
        ["--output"] = (true, true, ["json"]),
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("offlinekit-question-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_option_of_trust_check_is_of_a_question() => Assert.Equal(
        Questions.Keys.Order(StringComparer.Ordinal),
        OptionName().Matches(Client.Run(["trust", "check", "--help"], _folder).Stdout).Select(match => match.Value).Where(name => name is not ("--help" or "--version")).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    [Fact]
    public void Trust_check_refuses_the_options_of_its_other_question()
    {
        string bundle = Repository.Path("tests", "vectors", "trust", "_bundles", "v1.tar");
        foreach ((string option, (bool ofBundle, bool ofImport, string[] value)) in Questions)
        {
            Execution with = Client.Run(["trust", "check", bundle, option, .. value], _folder, configuration: _folder), without = Client.Run(["trust", "check", option, .. value], _folder, configuration: _folder);
            Assert.Equal(!ofBundle, with.Stderr.Contains($"{option} has no meaning beside BUNDLE", StringComparison.Ordinal));
            Assert.Equal(!ofImport, without.Stderr.Contains($"{option} has no meaning without BUNDLE", StringComparison.Ordinal));
            Assert.True((ofBundle || with.ExitCode == 2) && (ofImport || without.ExitCode == 2), with.Everything + without.Everything);
        }
    }

    [Fact]
    public void Trust_status_refuses_a_limit_that_no_trust_is_held_against()
    {
        Assert.Equal(0, Client.Run(["trust", "status"], _folder, configuration: _folder).ExitCode);
        Execution run = Client.Run(["trust", "status", "--max-trust-age", "90"], _folder, configuration: _folder);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("the age of imported trust is limited, and no trust was imported", run.Stderr, StringComparison.Ordinal);
    }

    [GeneratedRegex("(?<![\\w-])--[a-z][a-z-]+")]
    private static partial Regex OptionName();
}

using System.CommandLine;
using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests;

/// <summary>Every command, given names that attack a terminal or are no UTF-8: nothing of them is shown raw, and no other file is meant.</summary>
public sealed class HostileNamesTests : IDisposable
{
    private const string Name = "a\u001b[2J\u202e\u3164\u009b\nTRUSTED: b";
    private readonly string _folder = Directory.CreateTempSubdirectory("offlinekit-hostile").FullName;

    public HostileNamesTests()
    {
        File.WriteAllText(Path.Combine(_folder, Name), "{\"payload\":\"\\u001b[2J\",\"path\":\"\\u202e\"}\n");
        Directory.CreateDirectory(Path.Combine(_folder, Name + ".d"));
        File.WriteAllText(Path.Combine(_folder, Name + ".d", Name), "x");
    }

    public static TheoryData<string> Commands() => [.. Leaves(Program.Root([]), "")];

    public void Dispose() => Execution.Of(["rm", "-rf", _folder]);

    [Theory]
    [MemberData(nameof(Commands))]
    public void No_command_shows_a_name_raw(string command)
    {
        string[] words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string[][] runs =
        [
            [.. words, Name], [.. words, Name + ".d"], [.. words, "missing" + Name], [.. words, Name, "--key", Name], [.. words, Name, "--key", "missing" + Name], [.. words, Name, "--policy", Name], [.. words, "--" + Name],
            [.. words, Name, Name, Name], [.. words, Name, "--output", Name],
        ];
        foreach (string[] run in runs)
        {
            Execution shown = Client.Run(run, _folder);
            string raw = new([.. (shown.Stdout + shown.Stderr).Where(c => c is '\u001b' or '\u009b' or '\u202e' or '\u3164')]);
            Assert.True(raw.Length == 0 && shown.ExitCode is 0 or 1 or 2, $"{raw.Length} raw characters\n{shown.Everything}");
            Assert.DoesNotContain(shown.Stdout.Split('\n').Concat(shown.Stderr.Split('\n')), line => line.StartsWith("TRUSTED: b", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("verify")]
    [InlineData("verify-export")]
    [InlineData("inspect")]
    [InlineData("report")]
    [InlineData("sign")]
    public void A_word_that_is_no_utf8_is_refused(string command)
    {
        Execution.Needs("sh");
        Execution run = Execution.Of(["sh", "-c", $"exec \"$@\" \"$(printf 'caf\\351')\"", "sh", .. Client.Command, command], _folder);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("caf\\", run.Stderr, StringComparison.Ordinal);
        Assert.Contains("is not UTF-8", run.Stderr, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Leaves(Command command, string words) => command.Subcommands.Count == 0
        ? [words]
        : command.Subcommands.SelectMany(child => Leaves(child, $"{words} {child.Name}".Trim()));
}

using System.CommandLine;
using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests;

/// <summary>The words of a command line are not all the user's: a shell expands <c>*</c> to whatever names lie there.</summary>
public sealed class CommandLineRulesTests
{
    [Fact]
    public void Every_command_keeps_options_and_names_apart() => Assert.Equal("", string.Join('\n', CommandLineRules.Broken(Program.Root([]))));

    [Theory]
    [InlineData("--trust=.x.tgz", "verify --key release.pub --trust=.x.tgz app.txt")]
    [InlineData("--all", "verify --key release.pub --all app.txt")]
    [InlineData("--identiy", "verify --key release.pub app.txt --identiy")]
    public void A_file_called_like_an_option_is_refused(string file, string line)
    {
        using Folder folder = new();
        File.WriteAllText(Path.Combine(folder.Path, file), "");
        Execution run = Client.Run(line.Split(' '), folder.Path);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"{file} is an option and also the name of a file", run.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public void A_switch_takes_no_file_for_its_value()
    {
        using Folder folder = new();
        File.WriteAllText(Path.Combine(folder.Path, "false"), "");
        Execution run = Client.Run(["verify", "--all", "false"], folder.Path);
        Assert.Contains("no signature next to false", run.Stderr, StringComparison.Ordinal);
    }

    private sealed class Folder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("offlinekit-words-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}

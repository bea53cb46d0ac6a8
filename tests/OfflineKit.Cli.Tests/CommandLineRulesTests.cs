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
    [InlineData("--", "verify --key release.pub -- app.txt --threshold 2")]
    public void A_file_called_like_an_option_is_refused(string file, string line)
    {
        using Folder folder = new();
        File.WriteAllText(Path.Combine(folder.Path, file), "");
        Execution run = Client.Run(line.Split(' '), folder.Path);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"{file} is an option and also the name of a file", run.Stderr, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--require-extension sourceRepositoryRef=refs/heads/main --require-extension=")]
    [InlineData("--key-id alice --key-id=")]
    [InlineData("--key-id alice --key-id")]
    [InlineData("--key alice --key=")]
    public void An_option_without_its_value_is_refused_beside_one_that_has_its_own(string words)
    {
        Execution run = Client.Run(["verify", "app.txt", .. words.Split(' ')]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("is there without a value", run.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public void A_word_that_is_a_key_and_a_file_is_refused()
    {
        using Folder folder = new();
        const string word = "RWRfBkVvbUXiN85qSbIaMHVR5xJvdz+YlwVzs9Z4PZF5kACRd96RVdmN";
        File.WriteAllText(Path.Combine(folder.Path, "a.txt"), "");
        File.WriteAllText(Path.Combine(folder.Path, word), "");
        foreach (string key in (string[])[word, "release=" + word])
        {
            Execution run = Client.Run(["verify", "a.txt", "--signature", "a.txt", "--key", key], folder.Path);
            Assert.True(run.ExitCode == 2 && run.Stderr.Contains("is the name of a file, and a public key as well", StringComparison.Ordinal), run.Everything);
        }
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

using System.Text;
using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests;

/// <summary>Every command in a <c>console</c> block of README.md and docs/examples.md says what stands below it. UPDATE=1 writes the answers down instead of comparing them.</summary>
public sealed class ReadmeTests
{
    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/examples.md")]
    public void Examples_say_what_the_program_says(string page)
    {
        string path = Repository.Path(page);
        string expected = File.ReadAllText(path);
        string actual = Replay(expected);
        if (Environment.GetEnvironmentVariable("UPDATE") == "1")
        {
            File.WriteAllText(path, actual);
        }

        Assert.Contains("TRUSTED:", actual, StringComparison.Ordinal);
        Assert.Equal(Environment.GetEnvironmentVariable("UPDATE") == "1" ? actual : expected, actual);
    }

    private static string Replay(string text)
    {
        StringBuilder replayed = new();
        bool inside = false;
        foreach (string line in text.Split('\n'))
        {
            bool command = inside && line.StartsWith("$ ", StringComparison.Ordinal);
            Assert.True(!command || line.StartsWith("$ offlinekit ", StringComparison.Ordinal), line);
            inside = line == "```console" || (inside && line != "```");
            if (command)
            {
                replayed.Append(line).Append('\n').Append(Answer(line));
            }
            else if (!inside || line == "```console")
            {
                replayed.Append(line).Append('\n');
            }
        }

        return replayed.ToString()[..^1];
    }

    private static string Answer(string line)
    {
        Execution run = Client.Run(line.Split(' ')[2..], Repository.Path("tests", "demo"));
        return run.Stdout + run.Stderr;
    }
}

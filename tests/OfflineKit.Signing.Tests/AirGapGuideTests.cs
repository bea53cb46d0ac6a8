using System.Text;
using System.Text.RegularExpressions;
using OfflineKit.Testing;

namespace OfflineKit.Signing.Tests;

/// <summary>docs/air-gap.md is a transcript: every command on it is run, in order, and says what the page says.</summary>
public sealed class AirGapGuideTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("offlinekit-guide-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void Every_command_of_the_guide_says_what_the_guide_says()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the guide is written for a Unix shell");
        Execution.Needs("openssl");
        Execution.Needs("sha256sum");
        Shim("offlinekit", [.. Client.Command]);
        Shim("offlinekit-sign", ["dotnet", Path.Combine(AppContext.BaseDirectory, "OfflineKit.Signing.Cli.dll")]);
        List<(string Command, List<string> Expected)> steps = Steps(File.ReadAllLines(Repository.Path("docs", "air-gap.md")));
        Assert.True(steps.Count > 25, $"only {steps.Count} commands found");
        foreach ((string command, List<string> expected) in steps)
        {
            Execution run = Execution.Of(["bash", "-c", $"PATH=\"{_folder}/bin:$PATH\"; {command}"], _folder, seconds: 60);
            string said = (run.Stdout + run.Stderr).TrimEnd('\n');
            Assert.True(Matches(said, expected), $"$ {command}\nwanted:\n{string.Join('\n', expected)}\nsaid:\n{said}");
        }
    }

    // A line that is "…" alone stands for any lines; "…" inside a line for any characters.
    private static bool Matches(string said, List<string> expected)
    {
        StringBuilder pattern = new("^");
        foreach (string line in expected)
        {
            pattern.Append(line == "…" ? "(?:.*\n)*?" : string.Join(".*", line.Split('…').Select(Regex.Escape)) + "\n");
        }

        return Regex.IsMatch(said.Length == 0 ? "" : said + "\n", pattern.Append('$').ToString(), RegexOptions.None, TimeSpan.FromSeconds(5));
    }

    private static List<(string Command, List<string> Expected)> Steps(string[] page)
    {
        List<(string, List<string>)> steps = [];
        bool inside = false;
        foreach (string line in page)
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                inside = line == "```console";
            }
            else if (inside && line.StartsWith("$ ", StringComparison.Ordinal))
            {
                steps.Add((line[2..], []));
            }
            else if (inside)
            {
                steps[^1].Item2.Add(line);
            }
        }

        return steps;
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private void Shim(string name, string[] command)
    {
        string path = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "bin")).FullName, name);
        File.WriteAllText(path, $"#!/bin/sh\nexec {string.Join(' ', command.Select(word => $"'{word}'"))} \"$@\"\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}

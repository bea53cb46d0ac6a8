using System.Text.RegularExpressions;
using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests;

/// <summary>docs/what-to-type.md: every line is typed, in a folder that has what its row says that one has, and does what it is there for.</summary>
/// <remarks>tests/what-to-type.txt says where the files of each line come from.</remarks>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed partial class WhatToTypeTests : IDisposable
{
    private static readonly string[] Lines = [.. Commands().Matches(File.ReadAllText(Repository.Path("docs", "what-to-type.md"))).Select(found => found.Groups[1].Value)];

    private readonly string _folder = Directory.CreateTempSubdirectory("offlinekit-typed-").FullName;

    public static TheoryData<string> Typed => [.. Lines];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_line_has_its_files_and_stands_there_once()
    {
        Assert.Equal(Lines.Order(StringComparer.Ordinal), Fixtures.Keys.Order(StringComparer.Ordinal));
        Assert.True(Lines.Length >= 25, $"{Lines.Length} lines");
    }

    [Theory]
    [MemberData(nameof(Typed))]
    public void The_line_does_what_it_is_there_for(string line)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the lines are written for a Unix shell");
        string typed = line;
        foreach (string[] words in Fixtures[line])
        {
            typed = words switch
            {
                ["for", string said, string meant] => typed.Replace(said, meant, StringComparison.Ordinal),
                ["at", string time] => $"{typed} --at {time}",
                [string from, string to] => Copied(from, to, typed),
                _ => throw new InvalidDataException(string.Join(' ', words)),
            };
        }

        Guide.Shim(_folder, "offlinekit", Client.Command);
        Execution run = Execution.Of(["bash", "-c", $"PATH=\"{_folder}/bin:$PATH\"; {typed}"], _folder, seconds: 60);
        Assert.True(run.ExitCode == 0, $"{typed}: {run.ExitCode}\n{run.Stdout}{run.Stderr}");
        Match written = Regex.Match(typed, "(?:> |--html )(\\S+)", RegexOptions.None, TimeSpan.FromSeconds(1));
        Assert.True(!written.Success || new FileInfo(Path.Combine(_folder, written.Groups[1].Value)).Length > 0);
    }

    private static Dictionary<string, List<string[]>> Fixtures { get; } = Read();

    private static Dictionary<string, List<string[]>> Read()
    {
        Dictionary<string, List<string[]>> fixtures = new(StringComparer.Ordinal);
        List<string[]> files = [];
        foreach (string line in File.ReadAllLines(Repository.Path("tests", "what-to-type.txt")).Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line.StartsWith("  ", StringComparison.Ordinal))
            {
                files.Add(line.Trim().Split(' '));
            }
            else
            {
                fixtures.Add(line, files = []);
            }
        }

        return fixtures;
    }

    private string Copied(string from, string to, string typed)
    {
        string source = Repository.Path("tests", from), target = Path.Combine(_folder, to);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        Assert.Equal(0, Execution.Of(["cp", "-r", File.Exists(source) ? source : source + "/.", target]).ExitCode);
        return typed;
    }

    [GeneratedRegex("^\\|[^|]*\\| `(offlinekit [^`]*)` \\|", RegexOptions.Multiline)]
    private static partial Regex Commands();
}

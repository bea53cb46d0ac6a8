using System.Runtime.Versioning;
using System.Text;
using System.Text.RegularExpressions;

namespace OfflineKit.Testing;

/// <summary>A page that is a transcript: the commands in its <c>console</c> blocks and what they say, by section.</summary>
/// <remarks>In what is said, a line that is <c>…</c> alone stands for any lines, <c>…</c> inside a line for any characters.</remarks>
internal sealed class Guide
{
    private readonly List<(string Section, string Command, List<string> Expected)> _steps = [];

    /// <summary>The page at <paramref name="path"/>.</summary>
    public Guide(string path)
    {
        Count = PageBlock.Of(Path.GetRelativePath(Repository.Root, path)).Sum(block => block.Kind is PageBlock.Console or PageBlock.ConsoleFails ? block.Commands.Count() : 0);
        string section = "";
        bool inside = false;
        foreach (string line in File.ReadAllLines(path))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                inside = line == "```" + PageBlock.Console;
            }
            else if (!inside)
            {
                section = line.StartsWith("## ", StringComparison.Ordinal) ? line[3..] : section;
            }
            else if (line.StartsWith("$ ", StringComparison.Ordinal))
            {
                _steps.Add((section, line[2..], []));
            }
            else
            {
                _steps[^1].Expected.Add(line);
            }
        }
    }

    /// <summary>How many commands stand in transcripts of the page, whatever of them is run.</summary>
    public int Count { get; }

    /// <summary>The sections that hold commands, in order.</summary>
    public IReadOnlyList<string> Sections => [.. _steps.Select(step => step.Section).Distinct(StringComparer.Ordinal)];

    /// <summary>Shell text before every command: what the reader's machine has set.</summary>
    public string Prelude { get; init; } = "";

    /// <summary>Runs the commands of the named sections, or of all, in <paramref name="folder"/>, and compares what they say.</summary>
    /// <returns>How many were run.</returns>
    public int Replay(string folder, params string[] sections)
    {
        int count = 0;
        foreach ((string section, string command, List<string> expected) in _steps)
        {
            if (sections.Length == 0 || sections.Contains(section, StringComparer.Ordinal))
            {
                Execution run = Execution.Of(["bash", "-c", $"PATH=\"{folder}/bin:$PATH\"; {Prelude}{command}"], folder, seconds: 120);
                string said = (run.Stdout + run.Stderr).TrimEnd('\n');
                Assert.True(Matches(said, expected), $"$ {command}\nwanted:\n{string.Join('\n', expected)}\nsaid:\n{said}");
                count++;
            }
        }

        return count;
    }

    /// <summary>Puts <paramref name="command"/> under the name <paramref name="name"/> into the <c>bin</c> of <paramref name="folder"/>, which replayed commands find first.</summary>
    [UnsupportedOSPlatform("windows")]
    public static void Shim(string folder, string name, IEnumerable<string> command)
    {
        string path = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "bin")).FullName, name);
        File.WriteAllText(path, $"#!/bin/sh\nexec {string.Join(' ', command.Select(word => $"'{word}'"))} \"$@\"\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static bool Matches(string said, List<string> expected)
    {
        StringBuilder pattern = new("^");
        foreach (string line in expected)
        {
            pattern.Append(line == "…" ? "(?:.*\n)*?" : string.Join(".*", line.Split('…').Select(Regex.Escape)) + "\n");
        }

        return Regex.IsMatch(said.Length == 0 ? "" : said + "\n", pattern.Append('$').ToString(), RegexOptions.None, TimeSpan.FromSeconds(5));
    }
}

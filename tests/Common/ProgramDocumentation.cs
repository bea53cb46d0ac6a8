using System.Text.RegularExpressions;

namespace OfflineKit.Testing;

/// <summary>What a program says about itself: help, completions, manual page, reference.</summary>
/// <param name="name">How it is called.</param>
/// <param name="command">The words that start it.</param>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
internal sealed partial class ProgramDocumentation(string name, string[] command)
{
    /// <summary>Its reference is the page <paramref name="page"/> of docs; <c>UPDATE=1</c> writes it.</summary>
    public void MustBe(string page)
    {
        string path = Repository.Path("docs", page), said = $"# Commands of {name}\n\nWritten by `{name} manual --markdown`; a test compares it.\n\n{Say("manual", "--markdown")}";
        if (Environment.GetEnvironmentVariable("UPDATE") == "1")
        {
            File.WriteAllText(path, said);
        }

        Assert.True(File.Exists(path) && File.ReadAllText(path) == said, $"docs/{page} is not what `{name} manual --markdown` says; UPDATE=1 writes it");
    }

    /// <summary>Every command has a help that is made of lines, the same by both ways of asking, and ends with the exit status.</summary>
    public void HelpMustBeWhole()
    {
        string[] paths = [.. Heading().Matches(Say("manual", "--markdown")).Select(match => match.Groups[1].Value)];
        Assert.True(paths.Length > 10, "too few commands");
        _ = Parallel.ForEach(paths.Prepend(""), path =>
        {
            string[] words = path.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            string help = Say([.. words, "--help"]);
            Assert.DoesNotContain("\\u{", help, StringComparison.Ordinal);
            Assert.Contains("Usage:", help, StringComparison.Ordinal);
            Assert.Contains("\nExit status: 0", help, StringComparison.Ordinal);
            Assert.Equal(help, Say(["help", .. words]));
        });
    }

    /// <summary>groff finds nothing to complain of in the manual page, and shows every command.</summary>
    public void ManualMustBeClean()
    {
        Execution.Needs("groff");
        string page = Say("manual");
        Execution shown = Execution.Of(["groff", "-man", "-ww", "-Tutf8", "-P-cbou"], stdin: System.Text.Encoding.UTF8.GetBytes(page));
        Assert.True(shown is { ExitCode: 0, Stderr: "" }, shown.Everything);
        Assert.All(Heading().Matches(Say("manual", "--markdown")), match => Assert.Contains(match.Groups[1].Value, shown.Stdout, StringComparison.Ordinal));
    }

    /// <summary>The script of <paramref name="shell"/> is one that the shell reads; bash also completes <paramref name="typed"/> to <paramref name="wanted"/> by it.</summary>
    public void MustComplete(string shell, string typed, string wanted)
    {
        string script = Say("completion", shell);
        Assert.DoesNotContain("\\u{", script, StringComparison.Ordinal);
        // The build brings its own pwsh.
        string program = shell == "pwsh" && Directory.Exists(Repository.Path(".tools"))
            ? Directory.GetDirectories(Repository.Path(".tools"), "powershell-*").Select(folder => Path.Combine(folder, shell)).FirstOrDefault(File.Exists) ?? shell
            : shell;
        if (program == shell)
        {
            Execution.Needs(shell);
        }

        DirectoryInfo folder = Directory.CreateTempSubdirectory("offlinekit-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "script"), script);
            if (shell == "bash")
            {
                Complete(folder.FullName, typed, wanted);
            }
            else
            {
                string[] reads = shell == "pwsh" ? ["-NoProfile", "-NonInteractive", "-Command", "[void][scriptblock]::Create((Get-Content -Raw script))"] : ["-n", "script"];
                Execution run = Execution.Of([program, .. reads], folder.FullName, seconds: 60);
                Assert.True(run is { ExitCode: 0, Stderr: "" }, run.Everything);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private void Complete(string folder, string typed, string wanted)
    {
        Guide.Shim(folder, name, command);
        string function = "_" + name.Replace('-', '_'), line = $"{name} {typed}", words = $"COMP_LINE='{line}' COMP_POINT={line.Length} COMP_WORDS=({line}) COMP_CWORD={line.Split(' ').Length - 1}";
        Execution completed = Execution.Of(["bash", "-c", $"PATH=$PWD/bin:$PATH; . ./script; {words}; {function}; printf '%s\n' \"${{COMPREPLY[@]}}\""], folder);
        Assert.True(completed.Stdout.Split('\n').Contains(wanted, StringComparer.Ordinal), completed.Everything);
    }

    private string Say(params string[] words)
    {
        Execution run = Execution.Of([.. command, .. words]);
        Assert.True(run.ExitCode == 0, run.Everything);
        return run.Stdout;
    }

    [GeneratedRegex("^### (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}

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
        string[] paths = [.. Heading().Matches(Say("manual", "--markdown")).Select(match => match.Groups[1].Value[name.Length..].TrimStart())];
        Assert.True(paths.Length > 3, "too few commands");
        _ = Parallel.ForEach(paths.Prepend(""), path =>
        {
            string[] words = path.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            string help = Say([.. words, "--help"]);
            Assert.DoesNotContain("\\u{", help, StringComparison.Ordinal);
            // `offlinekit sign` answers with the help of the other program.
            Assert.Matches($"Usage:\n  {name}(-sign)? ?{string.Join(' ', words)}", help);
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

    /// <summary>By the script of <paramref name="shell"/> the shell completes <paramref name="typed"/> to <paramref name="wanted"/>.</summary>
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
            Guide.Shim(folder.FullName, name, command);
            string line = $"{name} {typed}";
            Execution completed = Execution.Of(["env", $"PATH={folder.FullName}/bin:{Environment.GetEnvironmentVariable("PATH")}", program, .. Asking(shell, line)], folder.FullName, seconds: 120);
            Assert.True(completed.Stdout.Split('\n').Select(word => word.TrimEnd('\r')).Contains(wanted, StringComparer.Ordinal), completed.Everything);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // How each shell is asked outside a terminal. zsh completes at a prompt alone: its function is called as the prompt would.
    private string[] Asking(string shell, string line)
    {
        string function = "_" + name.Replace('-', '_');
        return shell switch
        {
            "bash" => ["-c", $". ./script; COMP_LINE='{line}' COMP_POINT={line.Length} COMP_WORDS=({line.TrimEnd()}{(line[^1] == ' ' ? " ''" : "")}) COMP_CWORD={line.Split(' ').Length - 1}; {function}; printf '%s\n' \"${{COMPREPLY[@]}}\""],
            "zsh" => ["-fc", $"compdef() {{ }}; compadd() {{ print -l -- $words_found }}; . ./script; BUFFER='{line}' CURSOR={line.Length}; {function}"],
            "fish" => ["--no-config", "-c", $"source script; complete -C '{line}'"],
            _ => ["-NoProfile", "-NonInteractive", "-Command", $". ([scriptblock]::Create((Get-Content -Raw script))); [System.Management.Automation.CommandCompletion]::CompleteInput('{line}', {line.Length}, $null).CompletionMatches | ForEach-Object CompletionText"],
        };
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

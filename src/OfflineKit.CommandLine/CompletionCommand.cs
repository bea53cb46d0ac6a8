using System.CommandLine;

namespace OfflineKit.CommandLine;

/// <summary><c>PROGRAM completion SHELL</c>: a script that lets the shell ask the program for completions.</summary>
/// <remarks>The scripts call the parser's <c>[suggest:POSITION]</c> directive.</remarks>
internal static class CompletionCommand
{
    /// <summary>The shells that there is a script for.</summary>
    public static readonly string[] Shells = ["bash", "zsh", "fish", "pwsh"];

    // NAME is the program, FUNCTION its name as a word of a shell.
    private const string Bash = """
        FUNCTION() {
            local IFS=$'\n'
            COMPREPLY=($(compgen -W "$(NAME "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F FUNCTION NAME
        """;

    private const string Zsh = """
        #compdef NAME
        FUNCTION() {
            local -a words_found
            words_found=("${(@f)$(NAME "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
            compadd -a words_found || _files
        }
        compdef FUNCTION NAME
        """;

    private const string Fish = """
        complete -c NAME -a '(set -l line (commandline -cp | string collect --allow-empty); NAME "[suggest:"(string length -- $line)"]" $line 2>/dev/null)'
        """;

    private const string Pwsh = """
        Register-ArgumentCompleter -Native -CommandName NAME -ScriptBlock {
            param($wordToComplete, $commandAst, $cursorPosition)
            NAME "[suggest:$cursorPosition]" "$commandAst" 2>$null | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
            }
        }
        """;

    /// <summary>The command with its help, for the program called <paramref name="program"/>.</summary>
    public static Command Create(string program)
    {
        Argument<string> shell = new("SHELL") { Description = "bash, zsh, fish or pwsh" };
        shell.AcceptOnlyFromAmong(Shells);
        CommandWithExample command = new("completion", "Print the completion script of a shell.", $"{program} completion bash >> ~/.bashrc") { shell };
        command.SetAction(arguments =>
        {
            // Written whole: these line ends are the script's own.
            arguments.InvocationConfiguration.Output.Write(Script(program, arguments.GetRequiredValue(shell)) + "\n");
            return 0;
        });
        return command;
    }

    /// <summary>The script of <paramref name="shell"/>, with line feeds, without the last one.</summary>
    public static string Script(string program, string shell) => (shell switch
    {
        "bash" => Bash,
        "zsh" => Zsh,
        "fish" => Fish,
        "pwsh" => Pwsh,
        _ => throw new ArgumentException($"no script for {shell}", nameof(shell)),
    }).ReplaceLineEndings("\n").Replace("FUNCTION", "_" + program.Replace('-', '_'), StringComparison.Ordinal).Replace("NAME", program, StringComparison.Ordinal);
}

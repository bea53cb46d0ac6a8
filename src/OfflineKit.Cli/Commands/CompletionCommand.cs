using System.CommandLine;

namespace OfflineKit.Cli.Commands;

/// <summary><c>offlinekit completion SHELL</c>: a script that lets the shell ask the program for completions.</summary>
/// <remarks>The scripts call the parser's <c>[suggest:POSITION]</c> directive.</remarks>
internal static class CompletionCommand
{
    private const string Bash = """
        _offlinekit() {
            local IFS=$'\n'
            COMPREPLY=($(compgen -W "$(offlinekit "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _offlinekit offlinekit
        """;

    private const string Zsh = """
        #compdef offlinekit
        _offlinekit() {
            local -a words_found
            words_found=("${(@f)$(offlinekit "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
            compadd -a words_found || _files
        }
        compdef _offlinekit offlinekit
        """;

    private const string Fish = """
        complete -c offlinekit -a '(offlinekit "[suggest:"(commandline -C)"]" (commandline -cp | string collect) 2>/dev/null)'
        """;

    private const string Pwsh = """
        Register-ArgumentCompleter -Native -CommandName offlinekit -ScriptBlock {
            param($wordToComplete, $commandAst, $cursorPosition)
            offlinekit "[suggest:$cursorPosition]" "$commandAst" 2>$null | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
            }
        }
        """;

    /// <summary>The command with its help.</summary>
    public static Command Create()
    {
        Argument<string> shell = new("SHELL") { Description = "bash, zsh, fish or pwsh" };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish", "pwsh");
        CommandWithExample command = new("completion", "Print the completion script of a shell.", "offlinekit completion bash >> ~/.bashrc") { shell };
        command.SetAction(arguments =>
        {
            Console.Out.WriteLine(arguments.GetRequiredValue(shell) switch
            {
                "bash" => Bash,
                "zsh" => Zsh,
                "fish" => Fish,
                _ => Pwsh,
            });
            return ExitCode.Trusted;
        });
        return command;
    }
}

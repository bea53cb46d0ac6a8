using System.CommandLine;

namespace OfflineKit.CommandLine.Manual;

/// <summary><c>PROGRAM manual</c>: the program's own manual page, for packages and for machines without one.</summary>
internal static class ManualCommand
{
    /// <summary>The command with its help.</summary>
    /// <param name="program">How the program is called.</param>
    /// <param name="manual">Makes the manual, when it is asked for.</param>
    public static Command Create(string program, Func<ProgramManual> manual)
    {
        Option<bool> markdown = new("--markdown") { Description = "as a reference in Markdown instead" };
        CommandWithExample command = new("manual", "Print the manual page of the program (roff).", $"{program} manual | man -l -") { markdown };
        command.SetAction(arguments =>
        {
            arguments.InvocationConfiguration.Output.Write(arguments.GetValue(markdown) ? ReferencePage.Of(manual()) : ManualPage.Of(manual()));
            return 0;
        });
        return command;
    }
}

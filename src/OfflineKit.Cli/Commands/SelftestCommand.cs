using System.CommandLine;
using OfflineKit.Cli.Selftest;

namespace OfflineKit.Cli.Commands;

/// <summary><c>offlinekit selftest</c>: every primitive accepts what is right and refuses what is not, on this machine.</summary>
internal static class SelftestCommand
{
    /// <summary>The command with its help.</summary>
    public static Command Create()
    {
        Command command = new CommandWithExample(
            "selftest", "Try every cryptographic primitive on known answers, good and bad.", "offlinekit selftest");
        command.SetAction(_ => Run());
        return command;
    }

    private static int Run()
    {
        int wrong = 0;
        foreach (KnownAnswer answer in KnownAnswer.All())
        {
            bool holds = answer.Holds();
            wrong += holds ? 0 : 1;
            Console.WriteLine($"{(holds ? "ok" : "WRONG")}  {answer.Name}");
        }

        Console.WriteLine(wrong == 0 ? "all primitives give the known answers" : $"{wrong} primitives give wrong answers: do not trust any verdict of this program here");
        return wrong == 0 ? ExitCode.Trusted : ExitCode.NotTrusted;
    }
}

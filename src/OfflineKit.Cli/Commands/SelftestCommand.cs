using System.CommandLine;
using System.Security.Cryptography;
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
        command.SetAction(_ => Run(KnownAnswer.All(), Terminal.Out));
        return command;
    }

    /// <summary>Reports every one of <paramref name="answers"/>, also after one is wrong or missing.</summary>
    internal static int Run(IEnumerable<KnownAnswer> answers, TextWriter output)
    {
        int wrong = 0, missing = 0;
        foreach (KnownAnswer answer in answers)
        {
            string? absence = Absence(answer, out bool holds);
            wrong += absence is null && !holds ? 1 : 0;
            missing += absence is not null ? 1 : 0;
            output.WriteLine(absence is null ? $"{(holds ? "ok" : "WRONG")}  {answer.Name}" : $"missing  {answer.Name}: {absence}");
        }

        output.WriteLine(Conclusion(wrong, missing));
        return wrong + missing == 0 ? ExitCode.Trusted : ExitCode.NotTrusted;
    }

    private static string Conclusion(int wrong, int missing) => (wrong, missing) switch
    {
        (0, 0) => "all primitives that formats need give the known answers",
        (0, _) => $"{missing} primitives are missing here: what needs them cannot be verified on this machine",
        _ => $"{wrong} primitives give wrong answers: do not trust any verdict of this program here",
    };

    // What the platform throws where it has no such primitive: no library, no function, no algorithm.
    private static string? Absence(KnownAnswer answer, out bool holds)
    {
        holds = false;
        try
        {
            holds = answer.Holds();
            return null;
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException or TypeInitializationException or PlatformNotSupportedException or CryptographicException)
        {
            return (error is TypeInitializationException ? error.InnerException ?? error : error).Message.ReplaceLineEndings(" ");
        }
    }
}

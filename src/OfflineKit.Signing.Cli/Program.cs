using System.CommandLine;
using OfflineKit.Reporting;

namespace OfflineKit.Signing.Cli;

/// <summary><c>offlinekit-sign</c>: the online mode. Signs, and verifies its own work before anything is written.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        try
        {
            return await Root().Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (SigningException fault)
        {
            return Say(fault.Finding.Detail, fault.Finding.Reason.NextStep, fault.Finding.Reason.Code, ExitCode.Refused);
        }
        catch (UsageException fault)
        {
            return Say(fault.Message, fault.Hint, code: null, ExitCode.Undecided);
        }
        catch (IOException fault)
        {
            return Say(fault.Message, hint: null, code: null, ExitCode.Undecided);
        }
        catch (UnauthorizedAccessException fault)
        {
            return Say(fault.Message, hint: null, code: null, ExitCode.Undecided);
        }
    }

    internal static RootCommand Root() => new("Signs with local, hardware and cloud keys; verifies its own work before anything is written.");

    private static int Say(string error, string? hint, string? code, int exit)
    {
        Console.Error.WriteLine($"offlinekit-sign: error: {TerminalText.Escape(error)}{(code is null ? "" : $" [{code}]")}");
        if (hint is not null)
        {
            Console.Error.WriteLine($"offlinekit-sign: hint: {hint}");
        }

        return exit;
    }
}

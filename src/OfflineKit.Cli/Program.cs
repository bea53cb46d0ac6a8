using System.CommandLine;
using OfflineKit.Cli.Commands;

namespace OfflineKit.Cli;

/// <summary><c>offlinekit</c>: verifies signed artefacts with no network.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        try
        {
            return Root().Parse(args).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (UsageException fault)
        {
            return Say(fault.Message, fault.Hint);
        }
        catch (IOException fault)
        {
            return Say(fault.Message, hint: null);
        }
        catch (UnauthorizedAccessException fault)
        {
            return Say(fault.Message, hint: null);
        }
    }

    private static RootCommand Root() => new("Decides offline whether what came over may be trusted.")
    {
        VerifyCommand.Create(),
    };

    private static int Say(string error, string? hint)
    {
        Console.Error.WriteLine($"offlinekit: error: {error}");
        if (hint is not null)
        {
            Console.Error.WriteLine($"offlinekit: hint: {hint}");
        }

        return ExitCode.Undecided;
    }
}

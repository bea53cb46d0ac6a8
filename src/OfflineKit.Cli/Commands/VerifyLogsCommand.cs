using System.CommandLine;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Formats.Sentinel;
using OfflineKit.Host.Requests;

namespace OfflineKit.Cli.Commands;

/// <summary><c>offlinekit verify-logs FILE</c>: Sentinel's signed audit logs.</summary>
internal static class VerifyLogsCommand
{
    /// <summary><c>offlinekit audit</c>, where the original has the command.</summary>
    public static Command CreateGroup() => new("audit", "Sentinel audit logs.") { Create() };

    /// <summary>The command with its options and help.</summary>
    public static Command Create()
    {
        Argument<string> log = new("FILE") { Description = "the log, JSON Lines; - reads standard input" };
        Option<string?> hex = new("--key") { Description = "the HMAC secret itself; every user of this machine can see it: prefer --key-file", HelpName = "HEX" };
        Option<string?> file = new("--key-file") { Description = "the HMAC secret in FILE: hex in either case, white space dropped; - reads standard input", HelpName = "FILE" };
        OutputOption output = new();
        Command command = new CommandWithExample(
            "verify-logs", "Verify the HMAC of every line of a Sentinel audit log.", "offlinekit verify-logs audit.jsonl --key-file log-signing.hex")
        {
            log, hex, file,
        };
        output.AddTo(command);
        command.SetAction(arguments => Run(
            arguments.GetRequiredValue(log), Secret(arguments.GetRequiredValue(log), arguments.GetValue(hex), arguments.GetValue(file)), output.Of(arguments)));
        return command;
    }

    private static Result<SharedSecret> Secret(string log, string? hex, string? path)
    {
        if (hex is not null)
        {
            Console.Error.WriteLine("offlinekit: warning: a secret on the command line is visible in process lists and shell histories");
            Console.Error.WriteLine("offlinekit: hint: use --key-file FILE, or --key-file - and standard input");
            return Result.Parse(Reasons.MalformedKey, () => SharedSecret.FromHex(hex, "--key"));
        }

        if (path is null)
        {
            throw new UsageException("verify-logs needs the HMAC secret", "give --key-file FILE, or --key-file - to read it from standard input");
        }

        return Inputs.IsStandardInput(path) && Inputs.IsStandardInput(log)
            ? throw new UsageException("log and secret cannot both come from standard input", "name a file for one of them")
            : SharedSecretFile.Parse(ThisRun.Inputs.Read(path, Limits.KeyFile, "secret file", "the secret"));
    }

    private static int Run(string name, Result<SharedSecret> secret, OutputForm form)
    {
        if (secret.Value is not { } known)
        {
            LogReport.Write(name, secret.Finding!, form);
            return ExitCode.NotTrusted;
        }

        using Stream log = ThisRun.Inputs.Open(name, "log", "the log");
        AuditLogResult result = AuditLog.Verify(log, known);
        LogReport.Write(name, result, form);
        return result.IsIntact ? ExitCode.Trusted : ExitCode.NotTrusted;
    }
}

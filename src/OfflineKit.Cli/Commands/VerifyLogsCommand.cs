using System.CommandLine;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Host.Answers;
using OfflineKit.Host.Requests;

namespace OfflineKit.Cli.Commands;

/// <summary><c>offlinekit verify-logs FILE</c>: Sentinel's signed audit logs.</summary>
internal static class VerifyLogsCommand
{
    /// <summary><c>offlinekit audit</c>, where the original has the command.</summary>
    public static Command CreateGroup(LineWords words) => new("audit", "Sentinel audit logs.") { Create(words) };

    /// <summary>The command with its options and help.</summary>
    public static Command Create(LineWords words)
    {
        Argument<string> log = new("FILE") { Description = "the log, JSON Lines; - reads standard input" };
        Option<string?> hex = new("--key") { Description = "the HMAC secret itself; every user of this machine can see it: prefer --key-file", HelpName = "HEX" };
        ParameterOptions parameters = new(Questions.Log, words);
        OutputOption output = new();
        Command command = new CommandWithExample(
            "verify-logs", "Verify the HMAC of every line of a Sentinel audit log.", "offlinekit verify-logs audit.jsonl --key-file log-signing.hex")
        {
            log, hex,
        };
        parameters.AddTo(command);
        output.AddTo(command);
        command.SetAction(arguments =>
        {
            VerifyRequest request = Asked(parameters.Request(arguments, ThisRun.Inputs), arguments.GetValue(hex));
            return LogReport.Write(LogAnswer.Of(request, arguments.GetRequiredValue(log), ThisRun.Inputs, ThisRun.Machine), output.Of(arguments));
        });
        return command;
    }

    private static VerifyRequest Asked(VerifyRequest request, string? hex)
    {
        if (hex is null)
        {
            return request.Expectations.Secrets.IsEmpty && request.Refusal is null
                ? throw new UsageException("verify-logs needs the HMAC secret", "give {secretFile}, or - as its file to read it from standard input")
                : request;
        }

        if (!request.Expectations.Secrets.IsEmpty || request.Refusal is not null)
        {
            throw new UsageException("the HMAC secret was given twice", "give it once, by its file");
        }

        Terminal.Error.WriteLine("offlinekit: warning: a secret on the command line is visible in process lists and shell histories");
        Terminal.Error.WriteLine("offlinekit: hint: use --key-file FILE, or --key-file - and standard input");
        Result<SharedSecret> secret = Result.Parse(Reasons.MalformedKey, () => SharedSecret.FromHex(hex, "--key"));
        return secret.Value is { } known ? request with { Expectations = request.Expectations with { Secrets = [known] } } : request with { Refusal = secret.Finding };
    }
}

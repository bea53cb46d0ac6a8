using System.CommandLine;
using OfflineKit.Crypto;
using OfflineKit.Reporting;
using OfflineKit.Signing.Audit;

namespace OfflineKit.Signing.Cli.Commands;

/// <summary><c>offlinekit-sign audit verify LOG</c>: was a line removed, altered or moved?</summary>
internal static class AuditCommand
{
    public static Command Create() => new("audit", "The log of what was signed.") { Verify() };

    private static CommandWithExample Verify()
    {
        Argument<string> file = new("LOG") { Description = "the log" };
        Option<string?> key = new("--public-key") { Description = "every line must be signed by this key", HelpName = "FILE" };
        Option<string?> head = new("--head") { Description = "the last line must have this hash: finds lines cut off at the end", HelpName = "HASH" };
        CommandWithExample command = new("verify", "Find a removed, altered or moved line.", "offlinekit-sign audit verify signing.log --public-key audit.pub");
        command.Arguments.Add(file);
        command.Options.Add(key);
        command.Options.Add(head);
        command.SetAction(arguments =>
        {
            string path = arguments.GetRequiredValue(file);
            PublicKey? signer = arguments.GetValue(key) is { } keyFile
                ? new SchemeChoice(Asked: null, SignatureScheme.RsaPssSha256).Bind(KeyOptions.PublicKeyFile(keyFile))
                : null;
            using Stream log = InputFile.Open(path, "log");
            AuditCheck check = AuditChain.Check(log, signer);
            string? fault = check.Fault;
            if (fault is null && arguments.GetValue(head) is { } wanted && wanted != check.Head)
            {
                fault = $"the last line hashes to {check.Head}, wanted {wanted}: lines are missing at the end, or were added";
            }

            Terminal.Out.WriteLine(fault is null
                ? $"intact: {check.Lines} lines, head {check.Head}"
                : $"broken: {TerminalText.Escape(fault)} ({check.Lines} lines before it hold)");
            return fault is null ? ExitCode.Done : ExitCode.Refused;
        });
        return command;
    }
}

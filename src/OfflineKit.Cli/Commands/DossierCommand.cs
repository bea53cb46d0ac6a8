using System.CommandLine;
using OfflineKit.Encoding;
using OfflineKit.Formats.Dossier;
using OfflineKit.Reporting;
using OfflineKit.Trust;

namespace OfflineKit.Cli.Commands;

/// <summary><c>offlinekit dossier verify FILE</c>: a dossier, judged in the dossier tools' words.</summary>
internal static class DossierCommand
{
    /// <summary>The command with its options and help.</summary>
    public static Command Create() => new("dossier", "Dossiers (*.ds.md): verify them in the words of the dossier tools.") { Verify() };

    private static CommandWithExample Verify()
    {
        Argument<string> document = new("FILE") { Description = "the dossier; - reads standard input" };
        Option<string?> trustedKeys = new("--trusted-keys") { Description = "trust the keys in the dossier tools' trusted-keys.txt", HelpName = "FILE" };
        TrustOptions trust = TrustOptions.OneKey();
        ExpectationOptions expectations = new();
        TimeOption time = new();
        OutputOption output = new();
        CommandWithExample command = new(
            "verify",
            "Verify a dossier: OFFICIAL, TRUSTED, SIGNED_UNKNOWN, UNSIGNED or INVALID, its risk, and ALLOW, WARN or BLOCK.",
            "offlinekit dossier verify deploy.ds.md --trust-root dossier-official")
        {
            document, trustedKeys,
        };
        trust.AddTo(command);
        expectations.AddTo(command);
        time.AddTo(command);
        output.AddTo(command);
        command.SetAction(arguments =>
        {
            string path = arguments.GetRequiredValue(document);
            (Expectations expected, DateTimeOffset at) = (expectations.Of(arguments), time.Of(arguments));
            return VerdictOutput.Of(path, "", output.Of(arguments), () =>
                InToolsWords(VerifyCommand.OfDocument(path, new DossierFormat(), With(trust.Read(arguments), arguments.GetValue(trustedKeys)), expected, at)));
        });
        return command;
    }

    private static Result<TrustStore> With(Result<TrustStore> trust, string? trustedKeysPath)
    {
        if (trust.Value is not { } store || trustedKeysPath is not { } path)
        {
            return trust;
        }

        byte[] content = InputFile.ReadAll(path, Limits.KeyFile, "trusted keys file");
        Result<TrustedKeysFile> file = Result.Parse(Reasons.MalformedTrust, () => TrustedKeysFile.Parse(content, $"--trusted-keys {path}"));
        foreach (string sentence in file.Value?.WithoutKey ?? [])
        {
            Console.Error.WriteLine($"offlinekit: note: {TerminalText.Escape(path)}: {TerminalText.Escape(sentence)}");
        }

        return file.Value is { } keys ? new Result<TrustStore>(store.With(keys.Store), Finding: null) : new Result<TrustStore>(Value: null, file.Finding);
    }

    // A file that is no well-formed dossier, or trust that cannot be read, leaves nothing to weigh.
    private static Report InToolsWords(Report report) => report.Words.IsEmpty
        ? report with { Words = [KeyValuePair.Create("status", "INVALID"), KeyValuePair.Create("recommendation", "BLOCK")] }
        : report;
}

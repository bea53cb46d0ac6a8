using System.CommandLine;
using OfflineKit.Encoding;
using OfflineKit.Policy;
using OfflineKit.Reporting;
using OfflineKit.Trust;

namespace OfflineKit.Cli.Commands;

/// <summary><c>offlinekit verify FILE</c>: the artefact, its signature, and a verdict.</summary>
internal static class VerifyCommand
{
    /// <summary>The command with its options and help.</summary>
    public static Command Create()
    {
        Argument<string> artifact = new("FILE") { Description = "the artefact; - reads standard input" };
        Option<string?> signature = new("--signature", "-s") { Description = "the signature file; default: found next to FILE", HelpName = "SIG" };
        Option<bool> legacy = new("--allow-legacy-minisign") { Description = "accept minisign's legacy mode" };
        TrustOptions trust = new();
        OutputOption output = new();
        Command command = new("verify", "Verify a file against its signature and the keys that you trust.") { artifact, signature, legacy };
        trust.AddTo(command);
        output.AddTo(command);
        command.SetAction(arguments =>
        {
            string name = arguments.GetRequiredValue(artifact);
            string signaturePath = arguments.GetValue(signature) ?? SignatureSearch.Beside(name);
            Expectations expectations = new() { AllowLegacyMinisign = arguments.GetValue(legacy) };
            return Run(name, signaturePath, trust.Read(arguments), expectations, output.Of(arguments));
        });
        return command;
    }

    private static int Run(string name, string signaturePath, Parsed<TrustStore> trust, Expectations expectations, OutputForm form)
    {
        byte[] signature = InputFile.ReadAll(signaturePath, Limits.SignatureFile, "signature file");
        using Artifact artifact = Artifact.FromStream(name, InputFile.Open(name, "artefact"));
        Verdict verdict = trust.Value is { } store
            ? Verifier.Verify(new VerificationRequest(artifact, signature, new VerificationContext(store, expectations, DateTimeOffset.UtcNow), SignaturePolicy.AnyPinnedSigner))
            : Verdict.Refused(format: "", trust.Refusal!);
        Report report = new(name, artifact.Size, [.. artifact.Digests.Select(digest => digest.ToString())], signaturePath, verdict, []);
        OutputOption.Write(report, form);
        return verdict.IsTrusted ? ExitCode.Trusted : ExitCode.NotTrusted;
    }
}

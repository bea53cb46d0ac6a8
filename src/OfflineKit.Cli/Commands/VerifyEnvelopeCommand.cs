using System.CommandLine;
using OfflineKit.Encoding;
using OfflineKit.Formats.Dsse;
using OfflineKit.Policy;
using OfflineKit.Reporting;
using OfflineKit.Trust;

namespace OfflineKit.Cli.Commands;

/// <summary><c>offlinekit verify-envelope ENVELOPE [ARTIFACT]</c>: a DSSE envelope, its signers, and what it says.</summary>
internal static class VerifyEnvelopeCommand
{
    /// <summary>The command with its options and help.</summary>
    public static Command Create()
    {
        Argument<string> envelope = new("ENVELOPE") { Description = "the DSSE envelope; - reads standard input" };
        Argument<string?> artifact = new("ARTIFACT")
        {
            Description = "the file that the envelope must speak of; without it only the payload is authenticated",
            Arity = ArgumentArity.ZeroOrOne,
        };
        NamedKeyOption keys = new();
        EnvelopeOptions options = new();
        OutputOption output = new();
        Command command = new(
            "verify-envelope",
            "Verify a DSSE envelope against the keys that you trust.\n\nExample:\n  offlinekit verify-envelope app.intoto.json app.tar.gz --key build=build.pem --key release=release.pem --threshold 2")
        {
            envelope,
            artifact,
        };
        keys.AddTo(command);
        options.AddTo(command);
        output.AddTo(command);
        command.SetAction(arguments =>
        {
            Expectations expectations = options.Amend(Expectations.None, arguments);
            SignaturePolicy policy = options.Amend(SignaturePolicy.AnyPinnedSigner, arguments);
            return Run(arguments.GetRequiredValue(envelope), arguments.GetValue(artifact), keys.Read(arguments), expectations, policy, output.Of(arguments));
        });
        return command;
    }

    private static int Run(string path, string? artifactPath, Parsed<TrustStore> trust, Expectations expectations, SignaturePolicy policy, OutputForm form)
    {
        byte[] envelope = InputFile.ReadAll(path, Limits.SignatureFile, "envelope");
        using Artifact? artifact = artifactPath is null ? null : Artifact.FromStream(artifactPath, InputFile.Open(artifactPath, "artefact"));
        Verdict verdict = trust.Value is { } store
            ? Verifier.Verify(new VerificationRequest(artifact, envelope, new VerificationContext(store, expectations, DateTimeOffset.UtcNow), policy) { Format = new DsseFormat() })
            : Verdict.Refused("dsse", trust.Refusal!);
        Report report = new(
            artifactPath ?? path,
            artifact?.Size ?? envelope.Length,
            [.. (artifact?.Digests ?? []).Select(digest => digest.ToString())],
            artifactPath is null ? "" : path,
            verdict,
            []);
        OutputOption.Write(report, form);
        return verdict.IsTrusted ? ExitCode.Trusted : ExitCode.NotTrusted;
    }
}

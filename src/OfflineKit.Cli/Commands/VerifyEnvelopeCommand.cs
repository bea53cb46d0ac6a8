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
        TrustOptions trust = TrustOptions.NamedKeys();
        TimeOption time = new();
        EnvelopeOptions options = new();
        PolicyOption demands = new();
        OutputOption output = new();
        Command command = new CommandWithExample(
            "verify-envelope",
            "Verify a DSSE envelope against the keys that you trust.",
            "offlinekit verify-envelope app.intoto.json app.tar.gz --key build=build.pem --key release=release.pem --threshold 2")
        {
            envelope,
            artifact,
        };
        trust.AddTo(command);
        time.AddTo(command);
        options.AddTo(command);
        demands.AddTo(command);
        output.AddTo(command);
        command.SetAction(arguments =>
        {
            Expectations expectations = options.Amend(Expectations.None, arguments);
            (SignaturePolicy policy, Finding? finding) = demands.Amend(options.AmendPredicate(SignaturePolicy.AnyPinnedSigner, arguments), arguments, time.Of(arguments));
            (string path, string? artifactPath) = (arguments.GetRequiredValue(envelope), arguments.GetValue(artifact));
            return VerdictOutput.Of(artifactPath ?? path, artifactPath is null ? "" : path, output.Of(arguments), () =>
            {
                Result<TrustStore> store = finding is null ? trust.Read(arguments) : new Result<TrustStore>(Value: null, finding);
                return store.Value?.IsEmpty == true
                    ? throw TrustOptions.NobodyIsTrusted()
                    : Answer(path, artifactPath, store, new VerificationContext(store.Value ?? TrustStore.Empty, expectations, time.Of(arguments)), policy);
            });
        });
        return command;
    }

    private static Report Answer(string path, string? artifactPath, Result<TrustStore> trust, VerificationContext context, SignaturePolicy policy)
    {
        byte[] envelope = InputFile.ReadAll(path, Limits.SignatureFile, "envelope");
        using Artifact? artifact = artifactPath is null ? null : Artifact.FromStream(artifactPath, InputFile.Open(artifactPath, "artefact"));
        Verdict verdict = trust.Finding is { } finding
            ? Verdict.Refused("dsse", finding)
            : Verifier.Verify(new VerificationRequest(artifact, envelope, context, policy) { Format = new DsseFormat(), DocumentName = path });
        return new Report(
            artifactPath ?? path,
            artifact?.Size ?? envelope.Length,
            [.. (artifact?.Digests ?? []).Select(digest => digest.ToString())],
            artifactPath is null ? "" : path,
            verdict,
            TrustOptions.InForce(trust.Value));
    }
}

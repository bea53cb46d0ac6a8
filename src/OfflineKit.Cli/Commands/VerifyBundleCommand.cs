using System.CommandLine;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Formats.Sigstore;
using OfflineKit.Policy;
using OfflineKit.Reporting;
using OfflineKit.Trust;

namespace OfflineKit.Cli.Commands;

/// <summary><c>offlinekit verify-bundle --bundle FILE … ARTIFACT</c>: a Sigstore bundle; the protocol of sigstore-conformance.</summary>
internal static class VerifyBundleCommand
{
    private const string DigestPrefix = "sha256:";

    /// <summary>The command with its options and help.</summary>
    public static Command Create()
    {
        Argument<string> artifact = new("ARTIFACT") { Description = "the artefact, or its digest as sha256:HEX" };
        Option<string> bundle = new("--bundle", "-b") { Description = "the Sigstore bundle", HelpName = "FILE", Required = true };
        TrustOptions trust = TrustOptions.OneKey();
        IdentityOptions identity = new();
        EnvelopeOptions envelope = new();
        TimeOption time = new();
        PolicyOption demands = new();
        OutputOption output = new();
        Command command = new CommandWithExample(
            "verify-bundle",
            "Verify a Sigstore bundle against the identity or the key that you trust.",
            "offlinekit verify-bundle --bundle app.tgz.sigstore.json --certificate-identity dev@example.com --certificate-oidc-issuer https://accounts.example.com app.tgz")
        {
            bundle, artifact,
        };
        identity.AddTo(command);
        trust.AddTo(command);
        envelope.AddPredicateTo(command);
        demands.AddTo(command);
        time.AddTo(command);
        output.AddTo(command);
        command.SetAction(arguments =>
        {
            (string path, string name) = (arguments.GetRequiredValue(bundle), arguments.GetRequiredValue(artifact));
            DemandedSigner signer = identity.SignerOf(arguments, trust.NamesKey(arguments));
            signer = signer == DemandedSigner.Unnamed && demands.DemandsIdentity(arguments) ? DemandedSigner.Identity : signer;
            if (signer == DemandedSigner.Unnamed)
            {
                throw new UsageException("no signer was named, so nothing can be decided", "give --certificate-identity and --certificate-oidc-issuer, or --key FILE");
            }

            (SignaturePolicy policy, Finding? finding) = demands.Amend(envelope.AmendPredicate(identity.PolicyOf(arguments), arguments), arguments, time.Of(arguments));
            return VerdictOutput.Of(name, path, output.Of(arguments), () =>
            {
                Result<TrustStore> store = finding is null ? trust.Read(arguments, TrustRootKind.SigstoreTrustedRoot) : new Result<TrustStore>(Value: null, finding);
                Expectations expectations = new() { DemandedSigner = signer };
                return Answer(path, name, store, new VerificationContext(store.Value ?? TrustStore.Empty, expectations, time.Of(arguments)), policy);
            });
        });
        return command;
    }

    private static Report Answer(string path, string name, Result<TrustStore> trust, VerificationContext context, SignaturePolicy policy)
    {
        byte[] bundle = InputFile.ReadAll(path, Limits.SignatureFile, "bundle");
        using Artifact artifact = ArtifactOf(name);
        Verdict verdict = trust.Finding is { } finding
            ? Verdict.Refused("sigstore", finding)
            : Verifier.Verify(new VerificationRequest(artifact, bundle, context, policy) { Format = new SigstoreFormat() });
        return new Report(name, artifact.Size, [.. artifact.Digests.Select(digest => digest.ToString())], path, verdict, TrustOptions.InForce(trust.Value));
    }

    // A digest exactly when it looks like one and no file is called so.
    private static Artifact ArtifactOf(string name)
    {
        bool isDigest = name.StartsWith(DigestPrefix, StringComparison.Ordinal) && name.Length == DigestPrefix.Length + 64
            && name.Skip(DigestPrefix.Length).All(char.IsAsciiHexDigit) && !File.Exists(name);
        return isDigest
            ? Artifact.FromDigest(Digest.FromHex(DigestAlgorithm.Sha256, name[DigestPrefix.Length..].ToLowerInvariant(), "digest"))
            : Artifact.FromStream(name, InputFile.Open(name, "artefact"));
    }
}

using System.CommandLine;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Formats.Cosign;
using OfflineKit.Policy;
using OfflineKit.Reporting;
using OfflineKit.Trust;

namespace OfflineKit.Cli.Commands;

/// <summary><c>offlinekit verify-image LAYOUT --digest sha256:…</c>: the signatures of a container image in an OCI layout.</summary>
internal sealed class VerifyImageCommand
{
    private const string DigestPrefix = "sha256:";

    private readonly Argument<string> _layout = new("LAYOUT") { Description = "an OCI image layout: a folder, or a tar archive of one" };
    private readonly Option<string> _digest = new("--digest") { Description = "the image's manifest digest, as you know it from outside", HelpName = "sha256:HEX", Required = true };
    private readonly Option<string?> _reference = new("--reference") { Description = "demand that the image was signed under this name (docker-reference)", HelpName = "NAME" };
    private readonly TrustOptions _trust = TrustOptions.OneKey();
    private readonly IdentityOptions _identity = new();
    private readonly EnvelopeOptions _envelope = new();
    private readonly CollectionOptions _collection = new();
    private readonly PolicyOption _demands = new();
    private readonly TimeOption _time = new();
    private readonly OutputOption _output = new();

    /// <summary>The command with its options and help.</summary>
    public static Command Create() => new VerifyImageCommand().Command();

    private CommandWithExample Command()
    {
        CommandWithExample command = new(
            "verify-image",
            "Verify the signatures and attestations of a container image in an OCI layout.",
            "offlinekit verify-image ./layout --digest sha256:4bcff63911fcb4448bd4fdacec207030997caf25e9bea4045fa6c8c44de311d1 --key cosign.pub --allow-promise-only")
        {
            _layout, _digest, _reference,
        };
        _identity.AddTo(command);
        _trust.AddTo(command);
        _envelope.AddPredicateTo(command);
        _collection.AddWithoutCertificateTo(command);
        _demands.AddTo(command);
        _time.AddTo(command);
        _output.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult arguments)
    {
        (string path, Digest image) = (arguments.GetRequiredValue(_layout), DigestOf(arguments.GetRequiredValue(_digest)));
        DemandedSigner signer = _identity.SignerOf(arguments, _trust.NamesKey(arguments));
        signer = signer == DemandedSigner.Unnamed && _demands.DemandsIdentity(arguments) ? DemandedSigner.Identity : signer;
        if (signer == DemandedSigner.Unnamed)
        {
            throw new UsageException("no signer was named, so nothing can be decided", "give --certificate-identity and --certificate-oidc-issuer, or --key FILE");
        }

        (SignaturePolicy policy, Finding? finding) = _demands.Amend(_envelope.AmendPredicate(_identity.PolicyOf(arguments), arguments), arguments, _time.Of(arguments));
        Expectations expectations = _collection.Amend(new Expectations { DemandedSigner = signer, ImageReference = arguments.GetValue(_reference) }, arguments);
        return VerdictOutput.Of(image.ToString(), path, _output.Of(arguments), () =>
        {
            Result<TrustStore> store = finding is null ? _trust.Read(arguments, TrustRootKind.SigstoreTrustedRoot) : new Result<TrustStore>(Value: null, finding);
            return Answer(path, image, store, new VerificationContext(store.Value ?? TrustStore.Empty, expectations, _time.Of(arguments)), policy);
        });
    }

    private static Report Answer(string path, Digest image, Result<TrustStore> trust, VerificationContext context, SignaturePolicy policy)
    {
        Result<OciLayout> read = trust.Finding is { } finding
            ? new Result<OciLayout>(Value: null, finding)
            : Result.Parse(ImageReasons.MalformedLayout, () => Layout(path));
        Verdict verdict = read.Value is { } layout
            ? ImageVerifier.Verify(layout, image, context, policy)
            : Verdict.Refused(ImageSignatures.FormatName, read.Finding!);
        return new Report(image.ToString(), ArtifactSize: -1, [image.ToString()], path, verdict, TrustOptions.InForce(trust.Value))
        {
            Words = read.Value is null ? [] : [KeyValuePair.Create("image", read.Value.Holds(image) ? "in the layout" : "not in the layout, only what was signed about it")],
        };
    }

    private static OciLayout Layout(string path)
    {
        if (Directory.Exists(path))
        {
            return OciLayout.FromFolder(path);
        }

        using Stream stream = InputFile.Open(path, "image layout");
        return OciLayout.FromTar(stream);
    }

    private static Digest DigestOf(string text)
    {
        bool isDigest = text.StartsWith(DigestPrefix, StringComparison.Ordinal) && text.Length == DigestPrefix.Length + 64
            && text.Skip(DigestPrefix.Length).All(char.IsAsciiHexDigitLower);
        return isDigest
            ? Digest.FromHex(DigestAlgorithm.Sha256, text[DigestPrefix.Length..], "digest")
            : throw new UsageException($"--digest {text} is no image digest", "write sha256: and 64 lower-case hex digits");
    }
}

using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Policy;
using static OfflineKit.Host.Requests.ParameterKind;

namespace OfflineKit.Host.Requests;

/// <summary>What a signature cannot say about itself, what it must say, and what is accepted of older ones.</summary>
internal static class SignatureParameters
{
    public static ImmutableArray<RequestParameter> All { get; } =
    [
        new("format", "--format", Narrows, ParameterNames.Text, "the signature's format; default: recognised by its content")
        {
            Asks = Questions.File,
            Placeholder = "NAME",
            Land = static (request, given) => request with { Format = FormatOf(given) },
        },
        Expecting("payloadType", "--payload-type", "the payload type that a DSSE envelope must have; default: application/vnd.in-toto+json", "TYPE",
            Questions.File | Questions.Envelope, static (expected, given) => expected with { PayloadType = given.Text }) with { NarrowsWithin = static _ => false, Reinterprets = true },
        new("predicateType", "--predicate-type", Narrows, ParameterNames.Text, "the predicate type that the signed statement must have")
        {
            Asks = Questions.File | Questions.Bundle | Questions.Envelope | Questions.Image,
            Placeholder = "URI",
            Land = static (request, given) => request with { Requirements = request.Requirements.Add(new StatesPredicate(given.Text)) },
        },
        Expecting("algorithm", "--algorithm", "the algorithm of a key service's signature, in its own spelling (ECDSA_SHA_256, PS256, EC_SIGN_P256_SHA256, pss+sha2-256+salt_length=hash …)", "LABEL",
            Questions.File, static (expected, given) => expected with { Algorithm = given.Text }) with { Aliases = ["-a"] },
        Expecting("signatureEncoding", "--signature-encoding", "how an ECDSA signature is written: der (AWS, Google) or p1363 (Azure, JWS)", "der|p1363",
            Questions.File, static (expected, given) => expected with { EcdsaEncoding = given.Text == "der" ? EcdsaEncoding.Der : EcdsaEncoding.FixedWidth }) with { Choices = ["der", "p1363"] },
        Expecting("signatureText", "--signature-text", "how a bare signature file is written: raw, base64 or hex; default: raw, or base64 where only that fits", "raw|base64|hex",
            Questions.File, static (expected, given) => expected with { SignatureText = given.Text }) with { Choices = ["raw", "base64", "hex"] },
        Switch("digestInput", "--digest-input", Narrows, "FILE holds the digest itself, as raw bytes", Questions.File, static expected => expected with { ArtifactIsDigest = true }) with { NarrowsWithin = static _ => false, Reinterprets = true },
        Expecting("certificate", "--certificate", "the certificate of a bare cosign signature (PEM); a claim, never trust", "FILE",
            Questions.File, static (expected, given) => expected with { Certificate = given.File.Content }) with { Names = ParameterNames.File, Noun = "certificate" },
        Switch("all", "--all", Narrows, "demand that every line or attestation of the file is trusted, not just one", Questions.File | Questions.Image, static expected => expected with { DemandsEveryMember = true }),
        Expecting("imageReference", "--reference", "demand that the image was signed under this name (docker-reference)", "NAME", Questions.Image, static (expected, given) => expected with { ImageReference = given.Text }),
        new("hmacKeyFile", "--hmac-key-file", Narrows, ParameterNames.File, "the HMAC secret in FILE: hex in either case, white space dropped; - reads standard input")
        {
            Asks = Questions.File | Questions.Export,
            NarrowsWithin = static _ => false,
            Placeholder = "FILE",
            Noun = "secret file",
            Land = Secret,
        },
        new("secretFile", "--key-file", Narrows, ParameterNames.File, "the HMAC secret in FILE: hex in either case, white space dropped; - reads standard input")
        {
            Asks = Questions.Log,
            Placeholder = "FILE",
            Noun = "secret file",
            Land = Secret,
        },
        Switch("allowLegacyMinisign", "--allow-legacy-minisign", Permits, "accept minisign's legacy mode", Older, static expected => expected with { AllowLegacyMinisign = true }),
        Switch("legacyBody", "--legacy-body", Permits, "accept a dossier's body as parsers before March 2026 cut it", Older, static expected => expected with { AllowLegacyDossierBody = true }),
        Switch("allowPromiseOnly", "--allow-promise-only", Permits, "accept a log's promise without inclusion proof (legacy cosign bundles, bundles v0.1, image signatures)",
            WithLogs, static expected => expected with { AllowPromiseOnly = true }),
        Switch("allowTimestampOnly", "--allow-timestamp-only", Permits, "accept an RFC 3161 time alone where the trusted root lists no log (Sigstore instances that run none)",
            WithLogs, static expected => expected with { AllowTimestampOnly = true }),
    ];

    private const Questions WithLogs = Questions.File | Questions.Bundle | Questions.Image | Questions.Export;

    private const Questions Older = Questions.File | Questions.Export | Questions.Dossier;

    private static RequestParameter Expecting(
        string member, string option, string meaning, string placeholder, Questions asks, Func<Expectations, GivenParameter, Expectations> land) =>
        new(member, option, Narrows, ParameterNames.Text, meaning)
        {
            Asks = asks,
            Placeholder = placeholder,
            Land = (request, given) => request with { Expectations = land(request.Expectations, given) },
        };

    private static RequestParameter Switch(string member, string option, ParameterKind kind, string meaning, Questions asks, Func<Expectations, Expectations> land) =>
        new(member, option, kind, ParameterNames.Nothing, meaning)
        {
            Asks = asks,
            Land = (request, _) => request with { Expectations = land(request.Expectations) },
        };

    private static Format FormatOf(GivenParameter given) => KnownFormats.ByName(given.Text) ?? throw new UsageException(
        $"there is no format \"{given.Text}\"", $"formats: {string.Join(", ", KnownFormats.All.Select(format => format.Name))}");

    // A secret that is none refuses whatever is asked about; of an export nothing is decided then, and nothing is moved or written down.
    private static VerifyRequest Secret(VerifyRequest request, GivenParameter given)
    {
        Result<Crypto.SharedSecret> secret = SharedSecretFile.Parse(given.File.Content);
        return secret.Value is { } known
            ? request with { Expectations = request.Expectations with { Secrets = [known] } }
            : request.Asks == Questions.Export ? throw new UsageException($"{given.Spelling}: {secret.Finding!.Detail}", "check the file: nothing was decided about the export")
            : request with { Refusal = secret.Finding };
    }
}

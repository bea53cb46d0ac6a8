using System.Collections.Immutable;

namespace OfflineKit.Signing.Keyless;

/// <summary>Why nothing was signed under an identity. Nothing was written in any of these cases, and no token is ever quoted.</summary>
internal static class KeylessReasons
{
    public static readonly Reason NoToken = new(
        "keyless.no-token",
        "no identity token was found",
        "pass --identity-token FILE, set SIGSTORE_ID_TOKEN, grant the GitHub job `permissions: id-token: write`, or run in a terminal to sign in by browser");

    public static readonly Reason MalformedToken = new(
        "keyless.token-malformed",
        "the identity token is not a JSON Web Token with the claims that are needed",
        "fetch a new token for audience sigstore, and pass it alone, without quotes");

    public static readonly Reason UnusableToken = new(
        "keyless.token-unusable",
        "the identity token is for another audience, ends too soon, or its mail address is not verified",
        "fetch a new token for audience sigstore just before signing");

    public static readonly Reason SignInFailed = new(
        "keyless.sign-in-failed",
        "the sign-in did not end in an identity token",
        "try again; without a browser on this machine pass --sign-in-by-code, or a token by --identity-token");

    public static readonly Reason NoConsent = new(
        "keyless.no-consent",
        "nobody agreed that identity and digest become public",
        "pass --yes if they may be published for ever, or use a private instance or a managed key");

    public static readonly Reason WrongCertificate = new(
        "keyless.wrong-certificate",
        "the certificate is not for the key that was made or the identity that asked",
        "check the instance; if the authority names identities in its own way, say which with --certificate-identity");

    public static readonly Reason UntrustedCertificate = new(
        "keyless.untrusted-certificate",
        "the certificate does not verify under the trusted root: issuer, validity or certificate transparency",
        "pass the trusted root of this instance with --trusted-root; check the clock");

    public static readonly Reason CertificateEnded = new(
        "keyless.certificate-ended",
        "the short-lived certificate ended before every file was signed",
        "sign fewer files a run");

    public static readonly Reason NotVerifiable = new(
        "keyless.not-verifiable",
        "a signature made so would not verify: the certificate needs a log entry and a trusted time",
        "name a log and a time-stamping authority: --rekor-url, --timestamp-url or --signing-config");

    /// <summary>Every reason of this class.</summary>
    public static ImmutableArray<Reason> All { get; } =
        [NoToken, MalformedToken, UnusableToken, SignInFailed, NoConsent, WrongCertificate, UntrustedCertificate, CertificateEnded, NotVerifiable];
}

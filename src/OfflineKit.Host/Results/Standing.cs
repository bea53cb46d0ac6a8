using System.Collections.Immutable;

namespace OfflineKit.Host.Results;

/// <summary>Where a file stands, in the words of somebody who looks through a medium; the first says most.</summary>
internal enum Standing
{
    /// <summary>Somebody who was asked for signed it.</summary>
    Trusted,

    /// <summary>It is not what was signed.</summary>
    Changed,

    /// <summary>Somebody who was asked for signed it, and more are wanted.</summary>
    TooFewSigned,

    /// <summary>It is refused for another reason.</summary>
    NotTrusted,

    /// <summary>Somebody signed it whom nobody asked for.</summary>
    SignerNotAsked,

    /// <summary>Its form, or an algorithm in it, is none that can be verified.</summary>
    FormNotSupported,

    /// <summary>Nobody signed it.</summary>
    NotSigned,

    /// <summary>It could not be looked at, so that nothing is known of it.</summary>
    Undecided,
}

/// <summary>The standing that follows from a verdict: the one table of what reasons mean to somebody who looks through a medium.</summary>
/// <remarks>A reason that stands in no line is "not trusted".</remarks>
internal static class Standings
{
    private static readonly (Standing Standing, string Word, string InWords, ImmutableArray<string> Reasons)[] All =
    [
        (Standing.Trusted, "trusted", "trusted", []),
        (Standing.Changed, "changed", "changed", [
            "signature.mismatch", "minisign.comment-mismatch", "dossier.checksum-mismatch", "sentinel.policy-hash-mismatch", "bundle.message-digest", "statement.artifact-not-subject", "dsse.payload-mismatch",
            "checksum.mismatch", "codesentinel.digest-mismatch", "oci.blob-mismatch", "oci.blob-missing", "image.other-digest", "export.digest-mismatch", "export.size-mismatch", "export.entry-missing",
            "export.root-mismatch", "export.subject-mismatch", "export.manifest-mismatch", "export.kit-incomplete", "pypi.subject",
        ]),
        (Standing.TooFewSigned, "too-few-signed", "too few of those asked signed it", ["dsse.threshold"]),
        (Standing.NotTrusted, "not-trusted", "not trusted", []),
        (Standing.SignerNotAsked, "signer-not-asked", "signed by somebody nobody asked for", [
            "key.unknown", "policy.identity", "policy.issuer", "policy.signers", "policy.no-identity-demanded", "ssh.identity-mismatch", "ssh.identity-not-named", "npm.signer", "cert.untrusted-issuer",
            "bundle.no-trusted-root", "bundle.key-for-certificate", "bundle.identity-for-key",
        ]),
        (Standing.FormNotSupported, "form-not-supported", "form not supported", [
            "signature.unknown-format", "signature.foreign-form", "cms.other-content", "algorithm.unsupported", "algorithm.ed25519ph", "algorithm.sm2", "algorithm.post-quantum", "bundle.media-type", "bundle.entry-kind", "export.unknown-layout",
            "export.unsupported-schema", "codesentinel.unsupported-provider", "dossier.unknown-coverage", "dossier.front-matter-not-json", "cert.unsupported-signature", "ssh.certificate-authority",
        ]),
        (Standing.NotSigned, "not-signed", "nobody signed it", ["signature.missing", "export.signature-missing", "oci.no-signature", "dossier.unsigned", "jws.unsigned", "sentinel.not-signed", "sentinel.log-entry-unsigned", "verdict.nothing-proved"]),
        (Standing.Undecided, "undecided", "could not be looked at", []),
    ];

    // The signatures that say who made them. Of others, one by a stranger and one over another file look alike.
    private static readonly ImmutableArray<string> NamesSigner = ["minisign", "signify", "signify-embedded", "sshsig", "openpgp", "openpgp-clearsigned", "dossier"];

    /// <summary>Every standing, as it is counted.</summary>
    public static IEnumerable<Standing> InOrder => All.Select(line => line.Standing);

    /// <summary>Every reason that means more than "not trusted".</summary>
    public static IEnumerable<string> Reasons => All.SelectMany(line => line.Reasons);

    /// <summary>What follows from <paramref name="verdict"/>.</summary>
    public static Standing Of(Verdict verdict) => verdict.IsTrusted ? Standing.Trusted
        : IsByAnyone(verdict) ? Standing.NotTrusted
        : verdict.Findings[0].Shortfall is { Signed: > 0 } ? Standing.TooFewSigned
        : OfReason(verdict.Findings[0].Reason.Code);

    /// <summary>The signature does not fit, and does not say whose it is: it may be a stranger's, or that of another file.</summary>
    public static bool IsByAnyone(Verdict verdict) =>
        !verdict.IsTrusted && verdict.Findings[0].Reason == OfflineKit.Reasons.SignatureMismatch && !NamesSigner.Contains(verdict.Format, StringComparer.Ordinal);

    /// <summary>What follows from the first reason <paramref name="code"/> of a refusal.</summary>
    public static Standing OfReason(string code) => All.Where(line => line.Reasons.Contains(code, StringComparer.Ordinal)).Select(line => line.Standing).DefaultIfEmpty(Standing.NotTrusted).First();

    /// <summary>Its word for programs.</summary>
    public static string Word(this Standing standing) => All[(int)standing].Word;

    /// <summary>Its words for people.</summary>
    public static string InWords(this Standing standing) => All[(int)standing].InWords;

    /// <summary>The standing that <paramref name="word"/> names; null for every other word.</summary>
    public static Standing? Named(string word) => All.Where(line => line.Word == word).Select(line => (Standing?)line.Standing).FirstOrDefault();
}

using System.Collections.Immutable;

namespace OfflineKit;

/// <summary>The reasons that any format can give. A format's own reasons stand in its folder; <see cref="KnownReasons"/> lists all.</summary>
internal static class Reasons
{
    public static readonly Reason NothingProved = new(
        "verdict.nothing-proved",
        "no signature by a trusted key was proved",
        "ask the sender for a signature, or name the key that you trust");

    public static readonly Reason DemandUnanswered = new(
        "verdict.demand-unanswered",
        "something was demanded that this kind of signature cannot answer",
        "leave that demand out, or ask for a signature that can answer it; docs/spec/demands.md says what answers what");

    public static readonly Reason ForeignForm = new(
        "signature.foreign-form",
        "the file is of a form that offlinekit knows and does not verify",
        "do as the detail says; nothing was verified here");

    public static readonly Reason UnknownFormat = new(
        "signature.unknown-format",
        "the file is no signature, envelope or bundle that offlinekit knows",
        "check that this is the signature file; `offlinekit inspect FILE` says what a file claims to be");

    public static readonly Reason MalformedSignature = new(
        "signature.malformed",
        "the signature file is not well-formed",
        "fetch the signature again; a transfer in text mode or an editor may have changed it");

    public static readonly Reason UnreadableSignature = new(
        "signature.unreadable",
        "a signature file beside the artefact cannot be read",
        "another signature was trusted; give the reader access to this one, or remove it");

    public static readonly Reason SignatureMismatch = new(
        "signature.mismatch",
        "the signature does not fit the artefact and the key",
        "do not use the artefact; fetch artefact and signature again from the source");

    public static readonly Reason MissingArtifact = new(
        "artifact.missing",
        "the signature covers a separate artefact and none was given",
        "name the artefact that the signature belongs to");

    public static readonly Reason SelfContained = new(
        "artifact.self-contained",
        "a document that carries its own signature was given as the signature of another file",
        "verify the document by itself, without {signaturePath}");

    public static readonly Reason UnsignedText = new(
        "document.unsigned-text",
        "a text in the document that no signature covers would be a command or a tag to whoever runs or shows the file",
        "take that text out, or verify the signed content as a file with its own signature");

    public static readonly Reason OtherSignedForm = new(
        "artifact.other-signed-form",
        "the file is what another format signs around a payload: whoever signed it as such signed no file",
        "verify the document that it was taken from; who wants to sign such bytes as a file packs them into an archive");

    public static readonly Reason DocumentName = new(
        "document.name",
        "the file is data around a signed payload, and is called like something else: under that name it would be run or shown, with texts in it that nobody signed",
        "give it the name of such a document; a DSSE envelope can be verified under any name by `offlinekit verify-envelope`");

    public static readonly Reason DigestOnly = new(
        "artifact.digest-only",
        "the signature scheme needs the artefact itself and only a digest was given",
        "give the file instead of its digest");

    public static readonly Reason MessageTooLarge = new(
        "limit.message-too-large",
        "the artefact is larger than this signature scheme can verify in bounded memory",
        "ask for a signature over a hash (minisign without -l, RSA or ECDSA of a key service), or for a signed list of checksums that names the file");

    public static readonly Reason InputTooLarge = new(
        "limit.input-too-large",
        "an input is larger than its limit",
        "check that the right file was given");

    public static readonly Reason UnsupportedAlgorithm = new(
        "algorithm.unsupported",
        "the signature algorithm is none that offlinekit accepts",
        "ask for a signature with a supported algorithm; docs/spec/kms-detached.md lists them");

    public static readonly Reason AlgorithmMismatch = new(
        "algorithm.mismatch",
        "the algorithm does not fit the key, the encoding or the expectation",
        "check which algorithm the key was made for and pass that label with {algorithm}");

    public static readonly Reason MissingAlgorithm = new(
        "algorithm.missing",
        "the signature does not say its algorithm and none was given",
        "pass {algorithm} with the label that the key service shows, such as ECDSA_SHA_256");

    public static readonly Reason UnknownKey = new(
        "key.unknown",
        "no trusted key made this signature",
        "pin the signer's public key with {publicKey}, or import a trust root that holds it");

    public static readonly Reason MalformedKey = new(
        "key.malformed",
        "the key file is not a well-formed public key",
        "export the public key again");

    public static readonly Reason PrivateKeyGiven = new(
        "key.private",
        "a private key was given where a public key belongs",
        "keep the private key away from here and give the public key; if it left its machine, replace it");

    public static readonly Reason CertificateGiven = new(
        "key.certificate",
        "a certificate was given where a public key belongs",
        "export the bare public key; a certificate's validity and usage would be ignored here");

    public static readonly Reason WeakKey = new(
        "key.weak",
        "the key is too weak to be trusted",
        "ask the signer for a key of at least 2048 bits RSA with exponent 65537, or an elliptic-curve key");

    public static readonly Reason KeyTooLarge = new(
        "key.too-large",
        "the key is larger than the limit",
        "check that the right key was given; RSA keys over 8192 bits are refused");

    public static readonly Reason UnsupportedKey = new(
        "key.unsupported",
        "the key is of a kind or encoding that offlinekit does not accept",
        "export the key as PEM SubjectPublicKeyInfo with a named curve");

    public static readonly Reason KeyRevoked = new(
        "key.revoked",
        "the key that made the signature is revoked",
        "do not use the artefact; ask the signer for a signature by the current key");

    public static readonly Reason KeyRevokedUndated = new(
        "key.revoked-undated",
        "the key that made the signature was revoked, and nothing proves that the signature is older",
        "ask the signer for a signature by the current key, or for a time stamp or log entry that dates this one");

    public static readonly Reason KeyNotValid = new(
        "key.not-valid",
        "the signature was made outside the validity window of its key",
        "ask the signer for a signature by a key that is valid; where you know the time of signing, state it with {at}");

    public static readonly Reason KeyNotAllowed = new(
        "key.not-allowed",
        "the key that made the signature may not sign this kind of artefact",
        "ask for a signature by a key that the trust root allows for it");

    public static readonly Reason WeakSecret = new(
        "key.weak-secret",
        "the shared secret is too short",
        "use the whole secret; HMAC-SHA-256 wants at least 32 bytes, 64 hex digits");

    public static readonly Reason MissingSecret = new(
        "key.secret-missing",
        "the file carries an HMAC, which cannot be verified here without its secret",
        "give the secret with {hmacKeyFile}, or ask for a signature by a public key");

    public static readonly Reason MalformedTrust = new(
        "trust.malformed",
        "a trust root or trust store file is not well-formed",
        "import the trust root again from its source");

    /// <summary>Every reason of this class.</summary>
    public static ImmutableArray<Reason> All { get; } =
    [
        NothingProved, DemandUnanswered, ForeignForm, UnknownFormat, MalformedSignature, UnreadableSignature, SignatureMismatch, MissingArtifact, SelfContained, UnsignedText, DocumentName, OtherSignedForm, DigestOnly, MessageTooLarge, InputTooLarge,
        UnsupportedAlgorithm, AlgorithmMismatch, MissingAlgorithm, UnknownKey, MalformedKey, PrivateKeyGiven, CertificateGiven, WeakKey,
        KeyTooLarge, UnsupportedKey, KeyRevoked, KeyRevokedUndated, KeyNotValid, KeyNotAllowed, WeakSecret, MissingSecret, MalformedTrust,
    ];
}

using System.Collections.Immutable;

namespace OfflineKit.Formats.KmsDetached;

/// <summary>Reasons that only bare signatures of key services give.</summary>
internal static class KmsDetachedReasons
{
    public static readonly Reason DigestLength = new(
        "kms.digest-length",
        "the file that was given as a digest is not as long as a digest of this algorithm",
        "give the raw digest, not its hex text; or leave out {digestInput} and give the file itself");

    public static readonly Reason AmbiguousEncoding = new(
        "kms.ambiguous-encoding",
        "the ECDSA signature can be read in two encodings",
        "say which one it is with {signatureEncoding}: der or p1363");

    public static readonly Reason DoubleHash = new(
        "kms.double-hash",
        "the key signed the hash of the file's hash, not the file's hash",
        "sign again: pass the digest with MessageType DIGEST (or as prehashed), not as the message");

    public static readonly Reason HexDigest = new(
        "kms.hex-digest",
        "the key signed the hex text of the file's hash, not the file's hash",
        "sign again with the raw bytes of the digest");

    public static readonly Reason SignedDigest = new(
        "kms.signed-digest",
        "the key signed a hash of the file as if the hash were the file",
        "sign again: Ed25519 and ML-DSA take the file itself, or for ML-DSA its 64-byte mu with message type EXTERNAL_MU");

    /// <summary>Every reason of this class.</summary>
    public static ImmutableArray<Reason> All { get; } = [DigestLength, AmbiguousEncoding, DoubleHash, HexDigest, SignedDigest];
}

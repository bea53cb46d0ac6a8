using System.Collections.Immutable;

namespace OfflineKit.Crypto;

/// <summary>Why an algorithm label that key services do offer is refused all the same.</summary>
internal static class AlgorithmReasons
{
    public static readonly Reason Ed25519Prehashed = new(
        "algorithm.ed25519ph",
        "prehashed Ed25519 signs a hash of the hash that the service was given, so it does not sign the file",
        "sign with ED25519_SHA_512 over the file itself, or with an ECDSA key");

    public static readonly Reason Sm2 = new(
        "algorithm.sm2",
        "SM2 signatures are not supported",
        "ask for a signature by an ECDSA, RSA or Ed25519 key");

    public static readonly Reason PostQuantum = new(
        "algorithm.post-quantum",
        "of the post-quantum signatures only pure ML-DSA with an empty context is supported (ML_DSA_SHAKE_256, PQ_SIGN_ML_DSA_44, _65 and _87)",
        "ask for a signature by an ML-DSA, ECDSA, RSA or Ed25519 key");

    public static readonly Reason NoHash = new(
        "algorithm.no-hash",
        "the signature names no hash function, so it binds no file",
        "sign with a label that names SHA-256, SHA-384 or SHA-512");

    public static readonly Reason Symmetric = new(
        "algorithm.symmetric",
        "the label is that of a shared secret: whoever can verify it can also forge it",
        "ask for a signature by a private key");

    public static readonly Reason HashNotAccepted = new(
        "algorithm.hash-not-accepted",
        "the hash function is none of SHA-256, SHA-384 and SHA-512, nor BLAKE2b in a list of checksums",
        "sign again, or make the list again, with one of these hash functions");

    public static readonly Reason PssSalt = new(
        "algorithm.pss-salt",
        "the RSA-PSS salt is not as long as the hash",
        "sign again with a salt as long as the hash; for Vault pass salt_length=hash");

    /// <summary>Every reason of this class.</summary>
    public static ImmutableArray<Reason> All { get; } = [Ed25519Prehashed, Sm2, PostQuantum, NoHash, Symmetric, HashNotAccepted, PssSalt];
}

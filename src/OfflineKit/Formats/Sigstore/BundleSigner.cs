using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Trust;

namespace OfflineKit.Formats.Sigstore;

/// <summary>The key that verified a bundle's signature: a trusted key of the caller, or the one in the certificate.</summary>
/// <param name="Key">The key under the scheme that verified.</param>
/// <param name="Trusted">The caller's key; null when the certificate carried it, which makes it worth nothing until the certificate is.</param>
internal sealed record BundleSigner(PublicKey Key, TrustedKey? Trusted)
{
    // Signatures by P-384 and P-521 keys with SHA-256: clients before the algorithm registry made them (F51).
    private static readonly SignatureScheme Sha256OnAnyCurve = SignatureScheme.EcdsaOnAnyCurve(DigestAlgorithm.Sha256);

    // The hash follows the key; only when that fails is the old habit tried.
    private static readonly ImmutableArray<SignatureScheme> Schemes =
    [
        SignatureScheme.EcdsaSha256, SignatureScheme.EcdsaSha384, SignatureScheme.EcdsaSha512,
        SignatureScheme.RsaPkcs1Sha256, SignatureScheme.RsaPssSha256, SignatureScheme.Ed25519, Sha256OnAnyCurve,
    ];

    /// <summary>The labels of the schemes that a bundle's signature may have.</summary>
    public static ImmutableArray<string> Labels => [.. Schemes.Select(scheme => scheme.Label).Distinct(StringComparer.Ordinal)];

    /// <summary>That the trusted key made the signature; null before that is known, and for a certificate.</summary>
    public KeySignature? ByKey { get; private init; }

    /// <summary>That the certificate's key made it; null before that is known, and for a trusted key.</summary>
    public CertificateSignature? ByCertificate { get; private init; }

    /// <summary>The signature was made with SHA-256 although the key asks for a longer hash.</summary>
    public bool IsOldHabit => ReferenceEquals(Key.Scheme, Sha256OnAnyCurve);

    /// <summary>The keys that may have signed <paramref name="bundle"/>, each under every scheme that fits.</summary>
    public static IEnumerable<BundleSigner> Candidates(SigstoreBundle bundle, TrustStore trust)
    {
        foreach (SignatureScheme scheme in Schemes)
        {
            if (bundle.Leaf is { } leaf)
            {
                if (leaf.Under(scheme) is { } key && Allows(key.Material.Kind, scheme))
                {
                    yield return new BundleSigner(key, Trusted: null);
                }

                continue;
            }

            foreach (TrustedKey trusted in trust.Candidates(scheme, bundle.KeyHint).Where(candidate => Allows(candidate.Material.Kind, scheme)))
            {
                yield return new BundleSigner(trusted.Under(scheme)!, trusted);
            }
        }
    }

    /// <summary>What must be read of the artefact so that every candidate can be tried.</summary>
    public static ReadingPlan Plan(SigstoreBundle bundle, TrustStore trust)
    {
        ImmutableArray<SignatureScheme> schemes = [.. Candidates(bundle, trust).Select(candidate => candidate.Key.Scheme).Distinct()];
        return new ReadingPlan(
            [.. schemes.Select(scheme => scheme.Digest ?? DigestAlgorithm.Sha256).Distinct()], Content: schemes.Any(scheme => scheme.Digest is null));
    }

    /// <summary>This candidate with what the mathematics says, or null when the bundle's signature is not by it over the artefact.</summary>
    /// <param name="bundle">The bundle.</param>
    /// <param name="artifact">What was read.</param>
    /// <param name="candidates">Every trusted key that may have signed.</param>
    public BundleSigner? Signed(SigstoreBundle bundle, Artifact artifact, ImmutableArray<TrustedKey> candidates)
    {
        if (Form(bundle.Signature) is not { } signature || Input(bundle, artifact) is not { } input)
        {
            return null;
        }

        BundleSigner signed = Trusted is { } trusted
            ? this with { ByKey = KeySignature.By(trusted, candidates, Key.Scheme, input, signature) }
            : this with { ByCertificate = CertificateSignature.By(bundle.Leaf!, Key.Scheme, input, signature) };
        return signed.ByKey is null && signed.ByCertificate is null ? null : signed;
    }

    private SigningInput? Input(SigstoreBundle bundle, Artifact artifact)
    {
        if (bundle.Envelope is { } envelope)
        {
            return SigningInput.Of(envelope.SignedBytes);
        }

        return Key.Scheme.Digest is { } algorithm
            ? artifact.Digest(algorithm) is { } digest ? SigningInput.Of(digest) : null
            : artifact.Content is { } content ? SigningInput.Of(content) : null;
    }

    // secp256k1 has no place in a bundle; P-256 keys have no old habit, since SHA-256 is their own hash.
    private static bool Allows(KeyKind kind, SignatureScheme scheme) =>
        kind != KeyKind.Secp256k1 && !(kind == KeyKind.P256 && ReferenceEquals(scheme, Sha256OnAnyCurve));

    private byte[]? Form(ReadOnlyMemory<byte> signature) => Result.Parse(Reasons.MalformedSignature, () => EcdsaSignature.Plain(Key.Material, signature.Span, EcdsaEncoding.Der)).Value;
}

using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Trust;

namespace OfflineKit.Formats.Dsse;

/// <summary>Tries a DSSE signature under a trusted key: the key says which schemes, the scheme says which encodings.</summary>
/// <remarks>Source: docs/spec/dsse.md §3. The hash follows the key; RSA goes with SHA-256 and either padding unless the key is bound to one.</remarks>
internal static class EncodedSignature
{
    private static readonly ImmutableArray<SignatureScheme> Schemes =
    [
        SignatureScheme.EcdsaSha256, SignatureScheme.EcdsaSha384, SignatureScheme.EcdsaSha512,
        SignatureScheme.RsaPkcs1Sha256, SignatureScheme.RsaPssSha256, SignatureScheme.Ed25519, SignatureScheme.MlDsa,
    ];

    /// <summary>The signature <paramref name="value"/> by <paramref name="key"/> over <paramref name="message"/> under the first scheme and form that fit, or null.</summary>
    public static KeySignature? MadeBy(TrustedKey key, ImmutableArray<TrustedKey> candidates, SigningInput message, ReadOnlyMemory<byte> value)
    {
        // secp256k1 is for chains and needs an explicit profile.
        foreach (SignatureScheme scheme in key.Material.Kind == KeyKind.Secp256k1 ? [] : Schemes.Where(key.Carries))
        {
            if (Forms(key.Material, value).Select(form => KeySignature.By(key, candidates, scheme, message, form)).FirstOrDefault(made => made is not null) is { } signature)
            {
                return signature;
            }
        }

        return null;
    }

    private static ImmutableArray<byte[]> Forms(KeyMaterial key, ReadOnlyMemory<byte> signature) =>
        key.Curve is { } curve ? EcdsaSignature.Readings(signature, curve) : [signature.ToArray()];
}

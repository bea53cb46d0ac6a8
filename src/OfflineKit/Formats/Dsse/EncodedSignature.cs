using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Trust;

namespace OfflineKit.Formats.Dsse;

/// <summary>Tries a DSSE signature under a trusted key: the key says which schemes, the scheme says which encodings.</summary>
/// <remarks>Source: docs/spec/dsse.md §3. The hash follows the key; RSA goes with SHA-256 and either padding unless the key is bound to one.</remarks>
internal static class EncodedSignature
{
    private static readonly ImmutableArray<SignatureScheme> Schemes =
    [
        SignatureScheme.EcdsaSha256, SignatureScheme.EcdsaSha384, SignatureScheme.EcdsaSha512,
        SignatureScheme.RsaPkcs1Sha256, SignatureScheme.RsaPssSha256, SignatureScheme.Ed25519,
    ];

    /// <summary>The scheme under which <paramref name="key"/> made <paramref name="signature"/> over <paramref name="message"/>, or null.</summary>
    public static SignatureScheme? MadeBy(TrustedKey key, byte[] message, ReadOnlyMemory<byte> signature)
    {
        // secp256k1 is for chains and needs an explicit profile.
        foreach (SignatureScheme scheme in key.Material.Kind == KeyKind.Secp256k1 ? [] : Schemes)
        {
            if (key.Under(scheme) is { } bound && Forms(bound, signature).Any(form => bound.Verifies(message, form)))
            {
                return scheme;
            }
        }

        return null;
    }

    private static ImmutableArray<byte[]> Forms(PublicKey key, ReadOnlyMemory<byte> signature)
    {
        if (key.Material.Kind is KeyKind.Rsa or KeyKind.Ed25519)
        {
            return [signature.ToArray()];
        }

        EllipticCurve curve = EllipticCurve.Of(key.Material.Kind);
        Result<byte[]> der = Result.Parse(Reasons.MalformedSignature, () => EcdsaSignature.FromDer(signature.Span, curve));
        return (der.Value, signature.Length == 2 * curve.CoordinateSize) switch
        {
            ({ } pair, true) => [pair, signature.ToArray()],
            ({ } pair, false) => [pair],
            (null, true) => [signature.ToArray()],
            _ => [],
        };
    }
}

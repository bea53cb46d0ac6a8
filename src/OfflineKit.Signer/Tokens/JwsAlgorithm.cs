using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Signer.Tokens;

/// <summary>The JWS algorithms that are known here, each bound to one scheme of the core. There is no <c>none</c> and no HMAC.</summary>
/// <remarks>Source: RFC 7518 §3.1, RFC 8037 §3.1.</remarks>
internal static class JwsAlgorithm
{
    private static readonly ImmutableArray<(string Name, KeyKind Key, SignatureScheme Scheme)> Known =
    [
        ("ES256", KeyKind.P256, SignatureScheme.EcdsaSha256),
        ("ES384", KeyKind.P384, SignatureScheme.EcdsaSha384),
        ("PS256", KeyKind.Rsa, SignatureScheme.RsaPssSha256),
        ("RS256", KeyKind.Rsa, SignatureScheme.RsaPkcs1Sha256),
        ("EdDSA", KeyKind.Ed25519, SignatureScheme.Ed25519),
    ];

    /// <summary>The key <paramref name="material"/> under the algorithm <paramref name="name"/>, or null where they do not fit or nobody here knows the name.</summary>
    public static PublicKey? Bind(KeyMaterial material, string name)
    {
        foreach ((string known, KeyKind kind, SignatureScheme scheme) in Known)
        {
            if (string.Equals(known, name, StringComparison.Ordinal) && material.Kind == kind)
            {
                return PublicKey.Bind(material, scheme);
            }
        }

        return null;
    }

    /// <summary>The one algorithm of <paramref name="material"/>.</summary>
    /// <exception cref="MalformedException">None is known, or an RSA key must be told which.</exception>
    public static string Of(KeyMaterial material)
    {
        string[] fitting = [.. Known.Where(known => known.Key == material.Kind).Select(known => known.Name)];
        return fitting is [string only] ? only : throw new MalformedException($"a {material.Kind} key without \"alg\"");
    }
}

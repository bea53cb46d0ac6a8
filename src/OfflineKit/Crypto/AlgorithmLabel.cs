using System.Collections.Immutable;
using OfflineKit.Encoding;

namespace OfflineKit.Crypto;

/// <summary>The services whose spellings of algorithms are known.</summary>
internal enum KeyService
{
    Aws,
    Azure,
    Google,
    Vault,

    /// <summary>No service: the names that JOSE gives beyond those that Azure uses.</summary>
    Jose,
}

/// <summary>A key service's name for a signature algorithm, and everything that the name fixes.</summary>
/// <param name="Text">The spelling, exact case.</param>
/// <param name="Service">Whose spelling it is.</param>
/// <param name="Scheme">What it means.</param>
/// <param name="Encoding">How that service writes ECDSA values (Vault: unless told otherwise).</param>
/// <remarks>No two services share a spelling. Source: docs/spec/kms-detached.md (label table).</remarks>
internal sealed record AlgorithmLabel(string Text, KeyService Service, SignatureScheme Scheme, EcdsaEncoding Encoding)
{
    /// <summary>The only kind of key that the label allows, where it is narrower than the scheme (<c>ES256K</c>); null otherwise.</summary>
    public KeyKind? OnlyKind { get; init; }

    /// <summary>The RSA modulus that the label names, in bits; 0 when it names none.</summary>
    public int RsaBits { get; init; }

    /// <summary>Every label that is one word, by service; Vault's are composed (<see cref="VaultLabel"/>).</summary>
    public static ImmutableArray<AlgorithmLabel> All { get; } = [.. OfAws(), .. OfAzure(), .. OfGoogle(), .. OfJose()];

    /// <summary>The label spelled <paramref name="text"/>.</summary>
    /// <exception cref="MalformedException">No service has an accepted algorithm of that name; those that are refused have their own reasons.</exception>
    public static AlgorithmLabel Parse(string text, string what) =>
        Find(text) ?? (VaultLabel.LooksLike(text) ? VaultLabel.Parse(text) : throw RefusedLabel.Because(text, what));

    /// <summary>The label spelled <paramref name="text"/> by whoever asks, who may also ask for RSA-PSS with the largest salt: no document may.</summary>
    /// <exception cref="MalformedException">As for <see cref="Parse"/>.</exception>
    public static AlgorithmLabel ParseAsked(string text, string what) => VaultLabel.WithLargestSalt(text) ?? Parse(text, what);

    /// <summary>The label spelled <paramref name="text"/>, or null.</summary>
    public static AlgorithmLabel? Find(string text) => All.FirstOrDefault(label => string.Equals(label.Text, text, StringComparison.Ordinal));

    /// <summary>The label allows <paramref name="key"/>.</summary>
    public bool Fits(KeyMaterial key) =>
        PublicKey.Fits(key, Scheme) && (OnlyKind is null || OnlyKind == key.Kind) && (RsaBits == 0 || RsaBits == key.RsaBits);

    private static IEnumerable<AlgorithmLabel> OfAws() =>
        SignatureScheme.All.Select(scheme => new AlgorithmLabel(scheme.Label, KeyService.Aws, scheme, EcdsaEncoding.Der));

    private static IEnumerable<AlgorithmLabel> OfAzure() =>
    [
        Azure("RS256", SignatureScheme.RsaPkcs1Sha256, KeyKind.Rsa),
        Azure("RS384", SignatureScheme.RsaPkcs1Sha384, KeyKind.Rsa),
        Azure("RS512", SignatureScheme.RsaPkcs1Sha512, KeyKind.Rsa),
        Azure("PS256", SignatureScheme.RsaPssSha256, KeyKind.Rsa),
        Azure("PS384", SignatureScheme.RsaPssSha384, KeyKind.Rsa),
        Azure("PS512", SignatureScheme.RsaPssSha512, KeyKind.Rsa),
        Azure("ES256", SignatureScheme.EcdsaSha256, KeyKind.P256),
        Azure("ES256K", SignatureScheme.EcdsaSha256, KeyKind.Secp256k1),
        Azure("ES384", SignatureScheme.EcdsaSha384, KeyKind.P384),
        Azure("ES512", SignatureScheme.EcdsaSha512, KeyKind.P521),
    ];

    private static IEnumerable<AlgorithmLabel> OfGoogle() =>
    [
        Google("RSA_SIGN_PKCS1_2048_SHA256", SignatureScheme.RsaPkcs1Sha256, KeyKind.Rsa, 2048),
        Google("RSA_SIGN_PKCS1_3072_SHA256", SignatureScheme.RsaPkcs1Sha256, KeyKind.Rsa, 3072),
        Google("RSA_SIGN_PKCS1_4096_SHA256", SignatureScheme.RsaPkcs1Sha256, KeyKind.Rsa, 4096),
        Google("RSA_SIGN_PKCS1_4096_SHA512", SignatureScheme.RsaPkcs1Sha512, KeyKind.Rsa, 4096),
        Google("RSA_SIGN_PSS_2048_SHA256", SignatureScheme.RsaPssSha256, KeyKind.Rsa, 2048),
        Google("RSA_SIGN_PSS_3072_SHA256", SignatureScheme.RsaPssSha256, KeyKind.Rsa, 3072),
        Google("RSA_SIGN_PSS_4096_SHA256", SignatureScheme.RsaPssSha256, KeyKind.Rsa, 4096),
        Google("RSA_SIGN_PSS_4096_SHA512", SignatureScheme.RsaPssSha512, KeyKind.Rsa, 4096),
        Google("EC_SIGN_P256_SHA256", SignatureScheme.EcdsaSha256, KeyKind.P256),
        Google("EC_SIGN_SECP256K1_SHA256", SignatureScheme.EcdsaSha256, KeyKind.Secp256k1),
        Google("EC_SIGN_P384_SHA384", SignatureScheme.EcdsaSha384, KeyKind.P384),
        Google("EC_SIGN_ED25519", SignatureScheme.Ed25519, KeyKind.Ed25519),
        .. MlDsaParameterSet.All.SelectMany(set => GooglePostQuantum(set)),
    ];

    // A version of a key takes either the message or its μ, and signs the same.
    private static IEnumerable<AlgorithmLabel> GooglePostQuantum(MlDsaParameterSet set)
    {
        string name = $"PQ_SIGN_{set.Name.Replace('-', '_')}";
        return [Google(name, SignatureScheme.MlDsa, set.Kind), Google(name + "_EXTERNAL_MU", SignatureScheme.MlDsa, set.Kind)];
    }

    // RFC 8037 §3.1, RFC 9864 §2.2, RFC 9964 §3.
    private static IEnumerable<AlgorithmLabel> OfJose() =>
    [
        Jose("EdDSA", SignatureScheme.Ed25519, KeyKind.Ed25519),
        Jose("Ed25519", SignatureScheme.Ed25519, KeyKind.Ed25519),
        .. MlDsaParameterSet.All.Select(set => Jose(set.Name, SignatureScheme.MlDsa, set.Kind)),
    ];

    private static AlgorithmLabel Jose(string text, SignatureScheme scheme, KeyKind kind) =>
        new(text, KeyService.Jose, scheme, EcdsaEncoding.FixedWidth) { OnlyKind = kind };

    private static AlgorithmLabel Azure(string text, SignatureScheme scheme, KeyKind kind) =>
        new(text, KeyService.Azure, scheme, EcdsaEncoding.FixedWidth) { OnlyKind = kind };

    private static AlgorithmLabel Google(string text, SignatureScheme scheme, KeyKind kind, int rsaBits = 0) =>
        new(text, KeyService.Google, scheme, EcdsaEncoding.Der) { OnlyKind = kind, RsaBits = rsaBits };
}

using System.Security.Cryptography;
using OfflineKit.Encoding;

namespace OfflineKit.Crypto;

/// <summary>A public key bound to exactly one scheme, so that no call can name another algorithm.</summary>
/// <remarks>
/// Signatures come in one form per family: RSA as long as the modulus, ECDSA as r‖s of fixed width, Ed25519 as 64 bytes.
/// Instances may be shared between threads: each verification takes the platform key under a lock.
/// </remarks>
public sealed class PublicKey
{
    private readonly Lock _gate = new();
    private RSA? _rsa;
    private ECDsa? _ecdsa;

    private PublicKey(KeyMaterial material, SignatureScheme scheme) => (Material, Scheme) = (material, scheme);

    /// <summary>The key itself.</summary>
    public KeyMaterial Material { get; }

    /// <summary>The only scheme that this key is used with.</summary>
    public SignatureScheme Scheme { get; }

    /// <summary>Binds <paramref name="material"/> to <paramref name="scheme"/>.</summary>
    /// <exception cref="MalformedException">The kind of the key does not carry that scheme.</exception>
    public static PublicKey Bind(KeyMaterial material, SignatureScheme scheme) =>
        Fits(material, scheme)
            ? new PublicKey(material, scheme)
            : throw new MalformedException(Reasons.AlgorithmMismatch, $"a {material.Kind} key does not carry {scheme.Label}");

    /// <summary>The kind of <paramref name="material"/> carries <paramref name="scheme"/>.</summary>
    public static bool Fits(KeyMaterial material, SignatureScheme scheme) =>
        scheme.Keys.Contains(material.Kind) && (material.OnlySchemes.IsEmpty || material.OnlySchemes.Contains(scheme));

    /// <summary>The signature is by this key over <paramref name="message"/>.</summary>
    public bool Verifies(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        Scheme.Digest is { } algorithm
            ? Verifies(Digest.Of(algorithm, message), signature)
            : signature.Length == 64 && Sodium.Ed25519Verifies(signature, message, Material.Ed25519Bytes.Span);

    /// <summary>The signature is by this key over the message with <paramref name="digest"/>.</summary>
    /// <exception cref="ArgumentException">The scheme is pure Ed25519 or hashes with another function.</exception>
    public bool Verifies(Digest digest, ReadOnlySpan<byte> signature)
    {
        if (Scheme.Digest != digest.Algorithm)
        {
            throw new ArgumentException($"{Scheme.Label} does not sign a {digest.Algorithm.Name()} digest", nameof(digest));
        }

        lock (_gate)
        {
            return Scheme.Family == SchemeFamily.Ecdsa ? EcdsaVerifies(digest, signature) : RsaVerifies(digest, signature);
        }
    }

    private bool RsaVerifies(Digest digest, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != Material.Rsa.Modulus!.Length)
        {
            return false;
        }

        if (_rsa is null)
        {
            OpenSsl.Prepare();
            _rsa = RSA.Create(Material.Rsa);
        }

        RSASignaturePadding padding = Scheme.Family == SchemeFamily.RsaPss ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1;
        return _rsa.VerifyHash(digest.Bytes, signature, HashName(digest.Algorithm), padding);
    }

    private bool EcdsaVerifies(Digest digest, ReadOnlySpan<byte> signature)
    {
        EllipticCurve curve = EllipticCurve.Of(Material.Kind);
        if (signature.Length != 2 * curve.CoordinateSize)
        {
            return false;
        }

        if (_ecdsa is null)
        {
            OpenSsl.Prepare();
            _ecdsa = ECDsa.Create(new ECParameters { Curve = curve.Named, Q = Material.Point });
        }

        return _ecdsa.VerifyHash(digest.Bytes, signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    private static HashAlgorithmName HashName(DigestAlgorithm algorithm) => algorithm switch
    {
        DigestAlgorithm.Sha256 => HashAlgorithmName.SHA256,
        DigestAlgorithm.Sha384 => HashAlgorithmName.SHA384,
        DigestAlgorithm.Sha512 => HashAlgorithmName.SHA512,
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
    };
}

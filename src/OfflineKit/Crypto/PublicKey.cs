using System.Security.Cryptography;
using OfflineKit.Encoding;
using Nsec = NSec.Cryptography;

namespace OfflineKit.Crypto;

/// <summary>A public key bound to exactly one scheme, so that no call can name another algorithm.</summary>
/// <remarks>
/// Signatures come in one form per family: RSA as long as the modulus, ECDSA as r‖s of fixed width, Ed25519 as 64 bytes, ML-DSA as long as its parameter set says.
/// Instances may be shared between threads: each verification borrows a platform key of its own, so that cores do not wait for each other.
/// </remarks>
internal sealed class PublicKey
{
    private readonly Lock _gate = new();
    private readonly Stack<AsymmetricAlgorithm> _idle = new();
    private LargestSaltPss? _largestSalt;

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
            : Scheme.Family == SchemeFamily.MlDsa
                ? MlDsaParameterSet.Of(Material.Kind)!.Verifies(Material.MlDsaBytes.Span, message, signature)
                : Ed25519Verifies(message, signature);

    /// <summary>The signature is by this key over the message with <paramref name="digest"/>.</summary>
    /// <exception cref="ArgumentException">The scheme signs messages, or hashes with another function.</exception>
    public bool Verifies(Digest digest, ReadOnlySpan<byte> signature)
    {
        if (Scheme.Digest != digest.Algorithm)
        {
            throw new ArgumentException($"{Scheme.Label} does not sign a {digest.Algorithm.Name()} digest", nameof(digest));
        }

        return Scheme.Family == SchemeFamily.Ecdsa ? EcdsaVerifies(digest, signature) : RsaVerifies(digest, signature);
    }

    // libsodium's rule: S < L, canonical A and R, neither of small order, cofactorless equation. NSec imports any 32 bytes as a key and leaves the judgement to that.
    private bool Ed25519Verifies(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        Nsec.PublicKey key = Nsec.PublicKey.Import(Nsec.SignatureAlgorithm.Ed25519, Material.Ed25519Bytes.Span, Nsec.KeyBlobFormat.RawPublicKey);
        return Nsec.SignatureAlgorithm.Ed25519.Verify(key, message, signature);
    }

    /// <summary>The signature would verify by another scheme of the same family of keys: told to explain a refusal, never to grant one.</summary>
    internal bool WouldVerify(SignatureScheme other, Digest digest, ReadOnlySpan<byte> signature)
    {
        bool isElliptic = Scheme.Family == SchemeFamily.Ecdsa;
        return isElliptic == (other.Family == SchemeFamily.Ecdsa) && other.Digest == digest.Algorithm
            && (isElliptic ? EcdsaVerifies(digest, signature) : Fits(Material, other) && new PublicKey(Material, other).RsaVerifies(digest, signature));
    }

    private bool RsaVerifies(Digest digest, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != Material.Rsa.Modulus!.Length)
        {
            return false;
        }

        if (Scheme.HasLargestSalt)
        {
            return (_largestSalt ??= new LargestSaltPss(Material)).Verifies(digest, signature);
        }

        RSASignaturePadding padding = Scheme.Family == SchemeFamily.RsaPss ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1;
        RSA key = (RSA)Borrow();
        bool verifies = key.VerifyHash(digest.Bytes, signature, HashName(digest.Algorithm), padding);
        GiveBack(key);
        return verifies;
    }

    private bool EcdsaVerifies(Digest digest, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != 2 * EllipticCurve.Of(Material.Kind).CoordinateSize)
        {
            return false;
        }

        ECDsa key = (ECDsa)Borrow();
        bool verifies = key.VerifyHash(digest.Bytes, signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        GiveBack(key);
        return verifies;
    }

    // The lock is held for a push or a pop, never for arithmetic. There are as many platform keys as threads ever verified at once.
    private AsymmetricAlgorithm Borrow()
    {
        lock (_gate)
        {
            if (_idle.TryPop(out AsymmetricAlgorithm? idle))
            {
                return idle;
            }
        }

        OpenSsl.Prepare();
        return Scheme.Family == SchemeFamily.Ecdsa
            ? ECDsa.Create(new ECParameters { Curve = EllipticCurve.Of(Material.Kind).Named, Q = Material.Point })
            : RSA.Create(Material.Rsa);
    }

    private void GiveBack(AsymmetricAlgorithm key)
    {
        lock (_gate)
        {
            _idle.Push(key);
        }
    }

    private static HashAlgorithmName HashName(DigestAlgorithm algorithm) => algorithm switch
    {
        DigestAlgorithm.Sha256 => HashAlgorithmName.SHA256,
        DigestAlgorithm.Sha384 => HashAlgorithmName.SHA384,
        DigestAlgorithm.Sha512 => HashAlgorithmName.SHA512,
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
    };
}

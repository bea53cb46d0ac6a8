using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using BigInteger = Org.BouncyCastle.Math.BigInteger;

namespace OfflineKit.Crypto;

/// <summary>RSASSA-PSS with the longest salt that the modulus leaves room for, the mathematics by BouncyCastle: the base library knows the salt as long as the hash alone.</summary>
/// <remarks>
/// MGF1 with the same hash, exactly that salt length, trailer BC. Vault signs so by default, and openssl does. Source: RFC 8017 §8.1.2 and §9.1.2.
/// The salt's length weakens nothing; it is fixed, so that a label has one meaning.
/// </remarks>
internal sealed class LargestSaltPss
{
    private const byte Trailer = 0xBC;

    private readonly KeyMaterial _key;
    private readonly RsaKeyParameters? _parameters;

    /// <summary>Verification under <paramref name="key"/>, which may be shared between threads.</summary>
    public LargestSaltPss(KeyMaterial key) => (_key, _parameters) = (key, ParametersOf(key));

    /// <summary>The salt's length in bytes.</summary>
    public static int SaltSize(KeyMaterial key, DigestAlgorithm digest) => ((key.RsaBits + 6) / 8) - digest.Size() - 2;

    /// <summary><paramref name="signature"/>, as long as the modulus, is by the key over the message with <paramref name="digest"/>.</summary>
    public bool Verifies(Digest digest, ReadOnlySpan<byte> signature)
    {
        // RFC 8017 §5.2.2 step 1: a representative out of range would be an exception below.
        if (_parameters is null || signature.SequenceCompareTo(_key.Rsa.Modulus) >= 0)
        {
            return false;
        }

        PssSigner signer = PssSigner.CreateRawSigner(new RsaEngine(), Hash(digest.Algorithm), Hash(digest.Algorithm), SaltSize(_key, digest.Algorithm), Trailer);
        signer.Init(forSigning: false, _parameters);
        signer.BlockUpdate(digest.Bytes);
        return signer.VerifySignature(signature.ToArray());
    }

    // What BouncyCastle takes for no modulus (a small factor, a prime) verifies nothing; it has no other way to say so.
    private static RsaKeyParameters? ParametersOf(KeyMaterial key)
    {
        try
        {
            return new RsaKeyParameters(isPrivate: false, new BigInteger(1, key.Rsa.Modulus), new BigInteger(1, key.Rsa.Exponent));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static Org.BouncyCastle.Crypto.IDigest Hash(DigestAlgorithm algorithm) => algorithm switch
    {
        DigestAlgorithm.Sha256 => new Sha256Digest(),
        DigestAlgorithm.Sha384 => new Sha384Digest(),
        DigestAlgorithm.Sha512 => new Sha512Digest(),
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
    };
}

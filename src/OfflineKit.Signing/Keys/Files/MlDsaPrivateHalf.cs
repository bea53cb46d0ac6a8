using System.Security.Cryptography;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;

namespace OfflineKit.Signing.Keys.Files;

/// <summary>ML-DSA, by BouncyCastle, from the seed. The key is in ordinary memory while it is open, as RSA and ECDSA keys are in OpenSSL's.</summary>
internal sealed class MlDsaPrivateHalf : PrivateHalf
{
    /// <summary>Bytes of a seed (FIPS 204 §5.1).</summary>
    public const int SeedSize = 32;

    private readonly MlDsaParameterSet _set;
    private readonly MLDsaPrivateKeyParameters _key;

    public MlDsaPrivateHalf(MlDsaParameterSet set, ReadOnlySpan<byte> seed)
    {
        if (seed.Length != SeedSize)
        {
            throw new MalformedException($"{set.Name} private key: a seed of {seed.Length} bytes, wanted {SeedSize}");
        }

        byte[] copy = seed.ToArray();
        (_set, _key) = (set, MLDsaPrivateKeyParameters.FromSeed(set.Parameters, copy));
        CryptographicOperations.ZeroMemory(copy);
        Public = KeyMaterial.MlDsa(set, _key.GetPublicKeyEncoded());
    }

    public override KeyMaterial Public { get; }

    /// <summary>The long form of this key is <paramref name="expanded"/>.</summary>
    public bool IsExpandedTo(ReadOnlySpan<byte> expanded)
    {
        byte[] own = _key.GetEncoded();
        bool isSame = CryptographicOperations.FixedTimeEquals(own, expanded);
        CryptographicOperations.ZeroMemory(own);
        return isSame;
    }

    public override byte[] Sign(Digest digest, SignatureScheme scheme) => throw new NotSupportedException("ML-DSA signs messages");

    public override byte[] Sign(ReadOnlySpan<byte> message)
    {
        MLDsaSigner signer = new(_set.Parameters, deterministic: false);
        signer.Init(forSigning: true, _key);
        signer.BlockUpdate(message);
        return signer.GenerateSignature();
    }

    public override void Dispose()
    {
        // BouncyCastle offers no way to wipe what it holds.
    }
}

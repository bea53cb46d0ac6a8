using System.Security.Cryptography;
using OfflineKit.Crypto;
using Nsec = NSec.Cryptography;

namespace OfflineKit.Signing.Keys.Files;

/// <summary>A private key in this process, and the public half that follows from it.</summary>
internal abstract class PrivateHalf : IDisposable
{
    /// <summary>Derived, never read from the file.</summary>
    public abstract KeyMaterial Public { get; }

    public abstract byte[] Sign(Digest digest, SignatureScheme scheme);

    public abstract byte[] Sign(ReadOnlySpan<byte> message);

    public abstract void Dispose();

    protected static HashAlgorithmName NameOf(DigestAlgorithm algorithm) => algorithm switch
    {
        DigestAlgorithm.Sha256 => HashAlgorithmName.SHA256,
        DigestAlgorithm.Sha384 => HashAlgorithmName.SHA384,
        DigestAlgorithm.Sha512 => HashAlgorithmName.SHA512,
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
    };
}

/// <summary>RSA, by the BCL.</summary>
internal sealed class RsaPrivateHalf : PrivateHalf
{
    private readonly RSA _key;

    public RsaPrivateHalf(ReadOnlySpan<byte> pkcs1)
    {
        _key = RSA.Create();
        _key.ImportRSAPrivateKey(pkcs1, out _);
        RSAParameters parameters = _key.ExportParameters(includePrivateParameters: false);
        Public = KeyMaterial.RsaKey(parameters.Modulus, parameters.Exponent);
    }

    public override KeyMaterial Public { get; }

    public override byte[] Sign(Digest digest, SignatureScheme scheme) => _key.SignHash(
        digest.Bytes,
        NameOf(digest.Algorithm),
        scheme.Label.StartsWith("RSASSA_PSS", StringComparison.Ordinal) ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1);

    public override byte[] Sign(ReadOnlySpan<byte> message) => throw new NotSupportedException("RSA signs digests");

    public override void Dispose() => _key.Dispose();
}

/// <summary>ECDSA, by the BCL; the public point is computed from the secret number.</summary>
internal sealed class EcdsaPrivateHalf : PrivateHalf
{
    private readonly ECDsa _key;

    public EcdsaPrivateHalf(EllipticCurve curve, ReadOnlySpan<byte> secret)
    {
        byte[] number = GC.AllocateArray<byte>(secret.Length, pinned: true);
        secret.CopyTo(number);
        try
        {
            _key = ECDsa.Create(new ECParameters { Curve = ECCurve.CreateFromValue(curve.Oid), D = number });
        }
        finally
        {
            CryptographicOperations.ZeroMemory(number);
        }

        ECPoint point = _key.ExportParameters(includePrivateParameters: false).Q;
        Public = KeyMaterial.Elliptic(curve, [0x04, .. point.X!, .. point.Y!]);
    }

    public override KeyMaterial Public { get; }

    public override byte[] Sign(Digest digest, SignatureScheme scheme) =>
        _key.SignHash(digest.Bytes.ToArray(), DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    public override byte[] Sign(ReadOnlySpan<byte> message) => throw new NotSupportedException("ECDSA signs digests");

    public override void Dispose() => _key.Dispose();
}

/// <summary>Ed25519, by NSec, which keeps the secret in memory that libsodium locks and guards.</summary>
internal sealed class Ed25519PrivateHalf : PrivateHalf
{
    private readonly Nsec.Key _key;

    public Ed25519PrivateHalf(ReadOnlySpan<byte> seed)
    {
        // A minisign key is written again under another password, so its seed must be had back.
        Nsec.KeyCreationParameters exportable = new() { ExportPolicy = Nsec.KeyExportPolicies.AllowPlaintextExport };
        try
        {
            _key = Nsec.Key.Import(Nsec.SignatureAlgorithm.Ed25519, seed, Nsec.KeyBlobFormat.RawPrivateKey, exportable);
        }
        catch (OutOfMemoryException fault)
        {
            throw new SigningException(SodiumSecrets.NoMemory, fault);
        }

        Public = KeyMaterial.Ed25519(_key.Export(Nsec.KeyBlobFormat.RawPublicKey));
    }

    public override KeyMaterial Public { get; }

    /// <summary>Writes the 32-byte seed to <paramref name="target"/>, which is locked memory.</summary>
    public void WriteSeed(Span<byte> target)
    {
        if (!_key.TryExport(Nsec.KeyBlobFormat.RawPrivateKey, target, out int written) || written != target.Length)
        {
            throw new ArgumentException($"{target.Length} bytes, wanted 32", nameof(target));
        }
    }

    public override byte[] Sign(Digest digest, SignatureScheme scheme) => throw new NotSupportedException("Ed25519 signs messages");

    public override byte[] Sign(ReadOnlySpan<byte> message) => Nsec.SignatureAlgorithm.Ed25519.Sign(_key, message);

    public override void Dispose() => _key.Dispose();
}

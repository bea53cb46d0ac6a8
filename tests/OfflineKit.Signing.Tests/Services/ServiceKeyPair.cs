using System.Security.Cryptography;
using OfflineKit.Crypto;
using OfflineKit.Signing.Keys.Files;

namespace OfflineKit.Signing.Tests.Services;

/// <summary>The private half that a test's service keeps; it signs as services do: whatever length the nonce gives, high S as often as low.</summary>
internal sealed class ServiceKeyPair : IDisposable
{
    private readonly RSA? _rsa;
    private readonly ECDsa? _ecdsa;

    private readonly byte[] _seed = RandomNumberGenerator.GetBytes(32);
    private readonly PrivateHalf? _half;
    private readonly MlDsaParameterSet? _set;

    private ServiceKeyPair(RSA? rsa, ECDsa? ecdsa) => (_rsa, _ecdsa) = (rsa, ecdsa);

    // A key that is made from 32 random bytes: Ed25519, or ML-DSA of a set.
    private ServiceKeyPair(MlDsaParameterSet? set)
    {
        _set = set;
        _half = set is null ? new Ed25519PrivateHalf(_seed) : new MlDsaPrivateHalf(set, _seed);
    }

    /// <summary>What the next ECDSA signatures must look like; null accepts all.</summary>
    public Func<byte[], bool>? Wanted { get; set; }

    public byte[] Spki => _rsa?.ExportSubjectPublicKeyInfo() ?? _ecdsa?.ExportSubjectPublicKeyInfo() ?? _half!.Public.Spki.ToArray();

    public byte[] EdwardsPublic => _half!.Public.Ed25519Bytes.ToArray();

    public KeyMaterial Material => SubjectPublicKeyInfo.Parse(Spki);

    public string Pem => new string(PemEncoding.Write("PUBLIC KEY", Spki)) + "\n";

    /// <summary>The private half as a PKCS#8 file.</summary>
    public string PrivatePem => _rsa?.ExportPkcs8PrivateKeyPem() ?? _ecdsa?.ExportPkcs8PrivateKeyPem()
        ?? new string(PemEncoding.Write("PRIVATE KEY", _set is null
            ? [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20, .. _seed]
            : [0x30, 0x34, 2, 1, 0, 0x30, 11, 6, 9, .. Spki.AsSpan(Spki.AsSpan().IndexOf((byte)6) + 2, 9), 4, 0x22, 0x80, 0x20, .. _seed]));

    public ECParameters Point => _ecdsa!.ExportParameters(false);

    public RSAParameters Modulus => _rsa!.ExportParameters(false);

    public bool IsRsa => _rsa is not null;

    public static ServiceKeyPair Of(KeyKind kind, int rsaBits = 2048) => kind switch
    {
        KeyKind.Rsa => new(RSA.Create(rsaBits), null),
        KeyKind.P256 => new(null, ECDsa.Create(ECCurve.NamedCurves.nistP256)),
        KeyKind.P384 => new(null, ECDsa.Create(ECCurve.NamedCurves.nistP384)),
        KeyKind.P521 => new(null, ECDsa.Create(ECCurve.NamedCurves.nistP521)),
        KeyKind.Ed25519 => new(set: null),
        _ when MlDsaParameterSet.Of(kind) is { } set => new(set),
        _ => new(null, ECDsa.Create(ECCurve.CreateFromFriendlyName("secp256k1"))),
    };

    /// <summary>RSA as it is, ECDSA as r‖s.</summary>
    public byte[] Sign(byte[] digest, SignatureScheme scheme)
    {
        HashAlgorithmName hash = digest.Length switch { 32 => HashAlgorithmName.SHA256, 48 => HashAlgorithmName.SHA384, _ => HashAlgorithmName.SHA512 };
        lock (this)
        {
            if (_rsa is not null)
            {
                return _rsa.SignHash(digest, hash, scheme.IsRsaPss ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1);
            }

            byte[] signature = _ecdsa!.SignHash(digest);
            while (Wanted?.Invoke(signature) == false)
            {
                signature = _ecdsa.SignHash(digest);
            }

            return signature;
        }
    }

    public byte[] SignMessage(byte[] message) => _half!.Sign(message);

    public byte[] SignDer(byte[] digest, SignatureScheme scheme) => IsRsa ? Sign(digest, scheme) : EcdsaSignature.ToDer(Sign(digest, scheme));

    public void Dispose()
    {
        _rsa?.Dispose();
        _ecdsa?.Dispose();
        _half?.Dispose();
    }
}

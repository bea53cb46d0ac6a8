using System.Collections.Immutable;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;

namespace OfflineKit.Crypto;

/// <summary>One of the three parameter sets of ML-DSA, the mathematics by BouncyCastle: the same on every platform, and no OpenSSL is started for it.</summary>
/// <remarks>Pure ML-DSA with an empty context; HashML-DSA has keys and identifiers of its own and is not accepted. Source: FIPS 204 §4 table 2 and §5.3, RFC 9881 §2 and §4.</remarks>
internal sealed class MlDsaParameterSet
{
    private const int HashSize = 64;

    private MlDsaParameterSet(KeyKind kind, string name, string oid, int publicKeySize, int signatureSize) =>
        (Kind, Name, Oid, PublicKeySize, SignatureSize) = (kind, name, oid, publicKeySize, signatureSize);

    /// <summary>The three, the smallest first.</summary>
    public static ImmutableArray<MlDsaParameterSet> All { get; } =
    [
        new(KeyKind.MlDsa44, "ML-DSA-44", "2.16.840.1.101.3.4.3.17", 1312, 2420),
        new(KeyKind.MlDsa65, "ML-DSA-65", "2.16.840.1.101.3.4.3.18", 1952, 3309),
        new(KeyKind.MlDsa87, "ML-DSA-87", "2.16.840.1.101.3.4.3.19", 2592, 4627),
    ];

    /// <summary>The kind of its keys.</summary>
    public KeyKind Kind { get; }

    /// <summary>Its name in the standard, which JOSE uses as <c>alg</c>.</summary>
    public string Name { get; }

    /// <summary>The algorithm of its keys and signatures.</summary>
    public string Oid { get; }

    /// <summary>Bytes of a public key.</summary>
    public int PublicKeySize { get; }

    /// <summary>Bytes of a signature.</summary>
    public int SignatureSize { get; }

    /// <summary>The same for BouncyCastle; looked up when a signature is there, so that nothing of it starts with the program.</summary>
    internal MLDsaParameters Parameters => Kind switch
    {
        KeyKind.MlDsa44 => MLDsaParameters.ml_dsa_44,
        KeyKind.MlDsa65 => MLDsaParameters.ml_dsa_65,
        _ => MLDsaParameters.ml_dsa_87,
    };

    /// <summary>The set whose keys are of <paramref name="kind"/>, or null for every other kind.</summary>
    public static MlDsaParameterSet? Of(KeyKind kind) => All.FirstOrDefault(set => set.Kind == kind);

    /// <summary>The set called <paramref name="oid"/>, or null.</summary>
    public static MlDsaParameterSet? ByOid(string oid) => All.FirstOrDefault(set => string.Equals(set.Oid, oid, StringComparison.Ordinal));

    /// <summary><paramref name="signature"/> is by <paramref name="publicKey"/> over <paramref name="message"/>.</summary>
    public bool Verifies(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        // The hint's encoding, the norm and the commitment are judged inside; a wrong length would be an exception there.
        if (signature.Length != SignatureSize)
        {
            return false;
        }

        MLDsaSigner signer = new(Parameters, deterministic: false);
        signer.Init(forSigning: false, MLDsaPublicKeyParameters.FromEncoding(Parameters, publicKey.ToArray()));
        signer.BlockUpdate(message);
        return signer.VerifySignature(signature.ToArray());
    }

    /// <summary>What is signed in the place of <paramref name="message"/> where a service takes no long message: μ, 64 bytes.</summary>
    /// <remarks>μ = H(H(pk) ‖ 00 00 ‖ message): pure, with an empty context. Source: FIPS 204 §6.2 algorithm 7 line 6, §5.3 algorithm 2 line 10.</remarks>
    public static byte[] Mu(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message) => Shake([.. Shake(publicKey, []), 0, 0], message);

    private static byte[] Shake(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        ShakeDigest hash = new(256);
        hash.BlockUpdate(first);
        hash.BlockUpdate(second);
        byte[] output = new byte[HashSize];
        hash.OutputFinal(output, 0, HashSize);
        return output;
    }
}

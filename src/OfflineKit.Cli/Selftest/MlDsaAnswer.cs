using System.Security.Cryptography;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Cli.Selftest;

/// <summary>ML-DSA by the platform's own library: no format needs it yet, and where it is missing nothing else is.</summary>
/// <remarks>Source: FIPS 204; the SubjectPublicKeyInfo is that of RFC 9881 §4.</remarks>
internal static class MlDsaAnswer
{
    /// <summary>Whether the label of a known answer names ML-DSA.</summary>
    public static bool IsLabel(string label) => label.StartsWith("ML-DSA-", StringComparison.Ordinal);

    /// <summary>What <paramref name="ask"/> says of signatures under the key in <paramref name="subjectPublicKeyInfo"/>.</summary>
    /// <exception cref="PlatformNotSupportedException">The platform has no ML-DSA.</exception>
    public static bool Holds(byte[] subjectPublicKeyInfo, Func<Func<byte[], byte[], bool>, bool> ask)
    {
        OpenSsl.Prepare();
        DerCursor outer = new(subjectPublicKeyInfo, "public key");
        DerCursor spki = outer.Sequence();
        DerCursor algorithm = spki.Sequence();
        using MLDsa key = MLDsa.ImportMLDsaPublicKey(AlgorithmOf(algorithm.Oid()), spki.BitString());
        return ask((message, signature) => key.VerifyData(message, signature));
    }

    private static MLDsaAlgorithm AlgorithmOf(string oid) => oid switch
    {
        "2.16.840.1.101.3.4.3.17" => MLDsaAlgorithm.MLDsa44,
        "2.16.840.1.101.3.4.3.18" => MLDsaAlgorithm.MLDsa65,
        "2.16.840.1.101.3.4.3.19" => MLDsaAlgorithm.MLDsa87,
        _ => throw new InvalidDataException($"known answers: {oid}"),
    };
}

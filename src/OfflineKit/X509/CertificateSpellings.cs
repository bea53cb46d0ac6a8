using System.Formats.Asn1;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.X509;

/// <summary>The certificates that are one and the same to whoever verifies them, and differ in what their issuer does not sign: the signature itself.</summary>
/// <remarks>
/// An ECDSA signature (r, s) holds as (r, n − s) as well, so whoever carries a certificate can write it in another way, with another hash. Every other part is in the signed part, is
/// compared with it (the algorithm), or has one encoding. RSA, Ed25519 and ML-DSA signatures have one value. Source: SEC 1 v2 §4.1.4.
/// </remarks>
internal static class CertificateSpellings
{
    /// <summary>SHA-256 in lower-case hex of every DER of the certificate of <paramref name="tbs"/>, <paramref name="algorithm"/> and <paramref name="signature"/>, but for the one that these make.</summary>
    public static IEnumerable<string> OtherFingerprints(ReadOnlyMemory<byte> tbs, byte[] algorithm, byte[] signature) =>
        EllipticCurve.All.Select(curve => Turned(signature, curve)).OfType<byte[]>().Select(other => Digest.Sha256(Encoded(tbs, algorithm, other)).Hex);

    // Null: it is no signature under a key on this curve.
    private static byte[]? Turned(byte[] signature, EllipticCurve curve) =>
        Result.Parse(Reasons.MalformedSignature, () => EcdsaSignature.FromDer(signature, curve)).Value is { } joined && curve.WithOtherSign(joined) is { } other ? EcdsaSignature.ToDer(other) : null;

    private static byte[] Encoded(ReadOnlyMemory<byte> tbs, byte[] algorithm, byte[] signature)
    {
        AsnWriter writer = new(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(tbs.Span);
            writer.WriteEncodedValue(algorithm);
            writer.WriteBitString(signature);
        }

        return writer.Encode();
    }
}

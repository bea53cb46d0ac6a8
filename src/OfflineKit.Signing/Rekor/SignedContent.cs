using System.Security.Cryptography;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.X509;

namespace OfflineKit.Signing.Rekor;

/// <summary>A signature as logs and time-stamping authorities are told about it.</summary>
/// <param name="Signature">As it is stored: ECDSA in DER.</param>
/// <param name="Key">The key that verified it.</param>
/// <param name="Digest">What was signed; of an envelope its pre-authentication encoding's.</param>
internal sealed record SignedContent(ReadOnlyMemory<byte> Signature, PublicKey Key, Digest Digest)
{
    /// <summary>The key's certificate; null for keys that stand for themselves.</summary>
    public Certificate? Certificate { get; init; }

    /// <summary>The DSSE envelope; empty when a file itself was signed.</summary>
    public ReadOnlyMemory<byte> Envelope { get; init; }

    /// <summary>Who can verify the signature: DER.</summary>
    internal ReadOnlyMemory<byte> Verifier => Certificate?.Der ?? Key.Material.Spki;

    /// <summary>The same as PEM.</summary>
    internal byte[] VerifierPem => Utf8Text.Encode(PemEncoding.WriteString(Certificate is null ? "PUBLIC KEY" : "CERTIFICATE", Verifier.Span) + "\n");
}

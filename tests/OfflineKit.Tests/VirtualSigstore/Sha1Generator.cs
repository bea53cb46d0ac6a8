using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OfflineKit.Tests.VirtualSigstore;

/// <summary>Signs certificates by ECDSA with SHA-1, which the platform's own generator refuses.</summary>
internal sealed class Sha1Generator(ECDsa key) : X509SignatureGenerator
{
    public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm) => Der.Sequence(Der.Oid("1.2.840.10045.4.1"));

    public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) => key.SignData(data, HashAlgorithmName.SHA1, DSASignatureFormat.Rfc3279DerSequence);

    protected override PublicKey BuildPublicKey() => new(key);
}

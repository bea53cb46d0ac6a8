using Nsec = NSec.Cryptography;

namespace OfflineKit.Tests.VirtualSigstore;

/// <summary>An Ed25519 test key.</summary>
internal sealed class Ed25519Signer
{
    private readonly Nsec.Key _key = Nsec.Key.Create(Nsec.SignatureAlgorithm.Ed25519);

    public byte[] PublicKey => _key.Export(Nsec.KeyBlobFormat.RawPublicKey);

    public byte[] Spki => _key.Export(Nsec.KeyBlobFormat.PkixPublicKey);

    public byte[] Sign(byte[] message) => Nsec.SignatureAlgorithm.Ed25519.Sign(_key, message);
}

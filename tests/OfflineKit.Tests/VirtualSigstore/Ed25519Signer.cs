using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace OfflineKit.Tests.VirtualSigstore;

/// <summary>An Ed25519 test key that signs by libsodium.</summary>
internal sealed class Ed25519Signer
{
    private readonly byte[] _secret = new byte[64];

    public Ed25519Signer() => _ = crypto_sign_ed25519_seed_keypair(PublicKey, _secret, RandomNumberGenerator.GetBytes(32));

    public byte[] PublicKey { get; } = new byte[32];

    public byte[] Spki => [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00, .. PublicKey];

    public byte[] Sign(byte[] message)
    {
        byte[] signature = new byte[64];
        _ = crypto_sign_ed25519_detached(signature, 0, message, (ulong)message.Length, _secret);
        return signature;
    }

    [DllImport("libsodium")]
    private static extern int crypto_sign_ed25519_seed_keypair(byte[] pk, byte[] sk, byte[] seed);

    [DllImport("libsodium")]
    private static extern int crypto_sign_ed25519_detached(byte[] sig, nint siglen, byte[] m, ulong mlen, byte[] sk);
}

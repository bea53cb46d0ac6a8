namespace OfflineKit.Crypto;

/// <summary>The kinds of public keys that offlinekit accepts.</summary>
internal enum KeyKind
{
    Rsa,
    P256,
    P384,
    P521,
    Secp256k1,
    Ed25519,
    MlDsa44,
    MlDsa65,
    MlDsa87,
}

using OfflineKit.Crypto;

namespace OfflineKit.Signing.Exports;

/// <summary>A signing key with the public half that the user trusts; null is enough for local keys.</summary>
internal sealed record KitSigner(SigningKey Key, KeyMaterial? Pinned);

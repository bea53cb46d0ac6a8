using OfflineKit.Signing.Keys;

namespace OfflineKit.Signing.Pkcs11;

/// <summary>The PIN of a key with CKA_ALWAYS_AUTHENTICATE, given again before each signature; other keys keep none.</summary>
/// <param name="IsAskedEachTime">The key wants it.</param>
/// <param name="Secret">The PIN; null when it is typed at the token.</param>
internal readonly record struct TokenKeyPin(bool IsAskedEachTime, SecretMemory? Secret);

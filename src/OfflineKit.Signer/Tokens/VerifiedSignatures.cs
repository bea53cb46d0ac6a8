using System.Collections.Concurrent;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Signer.Tokens;

/// <summary>Remembers of whole tokens that their signature holds under a key: a token that serves for many requests costs one verification. Issuer, times and revocation are judged for each request anew, and what does not hold is never remembered.</summary>
internal sealed class VerifiedSignatures
{
    private const int Most = 20_000;
    private readonly ConcurrentDictionary<string, bool> _held = new(StringComparer.Ordinal);

    /// <summary>The signature of <paramref name="token"/> is by <paramref name="key"/>.</summary>
    public bool Holds(CompactJws token, PinnedKey key)
    {
        string id = $"{key.Key.Material.Fingerprint}/{key.Algorithm}/{Digest.Sha256(Utf8Text.Encode(token.Text)).Hex}";
        if (_held.ContainsKey(id))
        {
            return true;
        }

        if (!key.Key.Verifies(token.SignedBytes, token.Signature.Span))
        {
            return false;
        }

        if (_held.Count >= Most)
        {
            _held.Clear();
        }

        _held[id] = true;
        return true;
    }
}

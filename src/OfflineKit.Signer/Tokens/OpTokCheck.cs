using OfflineKit.Signer.Http;

namespace OfflineKit.Signer.Tokens;

/// <summary>Judges access tokens: rules 3 to 7 and 11. The form was read by <see cref="OpTok.Parse"/>, the sender is proved by DPoP or the connection.</summary>
/// <param name="rules">Issuer, audience, times.</param>
/// <param name="keys">The issuer's pinned keys.</param>
/// <param name="revoked">Ids of tokens that count no longer.</param>
/// <param name="clock">The clock.</param>
internal sealed class OpTokCheck(JwtRules rules, IssuerKeys keys, RevokedTokens revoked, TimeProvider clock)
{
    /// <summary>Believes <paramref name="token"/> or refuses it.</summary>
    /// <exception cref="RefusedException"><c>invalid_token</c>; the answer does not tell why.</exception>
    public async Task CheckAsync(OpTok token, CancellationToken cancellation)
    {
        // 3, 4 The key is the one that the issuer has by this name for this algorithm. One that is unknown is no other answer than a signature that fails.
        PinnedKey? key = token.Jws.Header.Optional("kid") is { Kind: Encoding.JsonKind.String } id
            ? await keys.FindAsync(id.Text, token.Jws.Algorithm, cancellation).ConfigureAwait(false)
            : null;

        // 5 to 7 Issuer, audience, times.
        if (await rules.ObjectionAsync(token.Jws, key, clock.GetUtcNow()).ConfigureAwait(false) is { } reason)
        {
            throw TokenRefusals.Token(reason);
        }

        // 11 It was not called back.
        if (revoked.Contains(token.Id))
        {
            throw TokenRefusals.Token("revoked");
        }
    }
}

using OfflineKit.Encoding;
using OfflineKit.Signer.Configuration;
using OfflineKit.Signer.Http;
using OfflineKit.Signer.Tokens;

namespace OfflineKit.Signer.Entitlements;

/// <summary>Judges proofs of entitlement that are signed tokens: form, signature, end, revocation.</summary>
/// <param name="rules">Issuer and life.</param>
/// <param name="keys">The licensing service's keys.</param>
/// <param name="revoked">Proofs that were called back.</param>
/// <param name="clock">The clock.</param>
internal sealed class PoeTokenCheck(JwtRules rules, IssuerKeys keys, RevokedTokens revoked, TimeProvider clock)
{
    /// <summary>The longest life of a proof.</summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(400);

    private const int Longest = 16 * 1024;

    /// <summary>What the proof says, now that its signature holds.</summary>
    /// <exception cref="RefusedException"><c>poe_invalid</c>, <c>poe_expired</c> or <c>poe_revoked</c>.</exception>
    public async Task<Entitlement> CheckAsync(PoeRequest request, CancellationToken cancellation)
    {
        Result<CompactJws> parsed = Result.Parse(Reasons.MalformedSignature, () => Token(request.Value));
        CompactJws token = parsed.Value ?? throw Problems.PoeInvalid.Because("no token of the type poe+jwt");
        PinnedKey? key = token.Header.Optional("kid") is { Kind: JsonKind.String } id ? await keys.FindAsync(id.Text, token.Algorithm, cancellation).ConfigureAwait(false) : null;
        switch (await rules.ObjectionAsync(token, key, clock.GetUtcNow()).ConfigureAwait(false))
        {
            case null:
                break;
            case "expired":
                throw Problems.PoeExpired.Because("the proof of entitlement has ended");
            default:
                throw Problems.PoeInvalid.Because("issuer, times or signature are not those of the licensing service");
        }

        return token.Payload.OptionalString("jti") is not { } tokenId ? throw Problems.PoeInvalid.Because("the proof has no jti")
            : revoked.Contains(tokenId) ? throw Problems.PoeRevoked.Because("the proof of entitlement was called back")
            : Result.Parse(Reasons.MalformedSignature, () => Entitlement.Of(token.Payload)) is { Value: { } entitlement } ? entitlement
            : throw Problems.PoeInvalid.Because("a claim of the proof is missing or of the wrong kind");
    }

    private static CompactJws Token(string text)
    {
        CompactJws token = CompactJws.Parse(text, Longest, "poe");
        // Proofs live for months, so that they are signed by nothing that is on its way out.
        return token.Algorithm is "ES256" or "PS256" or "EdDSA" && token.Header.String("typ").ToLowerInvariant() is "poe+jwt" or "application/poe+jwt" && token.Header.Optional("jwk") is null
            ? token
            : throw new MalformedException("poe: another type of token, or another algorithm");
    }
}

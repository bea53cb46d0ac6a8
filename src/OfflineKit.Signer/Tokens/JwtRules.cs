using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OfflineKit.Encoding;

namespace OfflineKit.Signer.Tokens;

/// <summary>What a JWT must be to be believed; the library judges issuer, audience and times, the core its signature by a pinned key.</summary>
/// <param name="Issuer">Exactly this <c>iss</c>.</param>
/// <param name="Audience">Exactly this <c>aud</c>; null where the kind of token has none.</param>
/// <param name="Skew">How far clocks may differ.</param>
/// <param name="LongestLife">The longest that <c>exp</c> may be after <c>iat</c>, skew not counted.</param>
internal sealed record JwtRules(string Issuer, string? Audience, TimeSpan Skew, TimeSpan LongestLife)
{
    private readonly VerifiedSignatures _verified = new();
    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = 64 * 1024 };

    /// <summary>Why <paramref name="token"/> is not believed at <paramref name="now"/>, in one word for metrics; null when it is.</summary>
    public async Task<string?> ObjectionAsync(CompactJws token, PinnedKey? key, DateTimeOffset now)
    {
        TokenValidationParameters parameters = new()
        {
            ValidIssuer = Issuer,
            ValidAudience = Audience,
            ValidateAudience = Audience is not null,
            ValidateLifetime = true,
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            LifetimeValidator = (from, until, _, _) => Lives(token.Payload, from, until, now) is { } fault ? throw new SecurityTokenInvalidLifetimeException(fault) : true,
            SignatureValidator = (_, _) => key is not null && _verified.Holds(token, key)
                ? new JsonWebToken(token.Text)
                : throw new SecurityTokenInvalidSignatureException(),
        };
        TokenValidationResult result = await Handler.ValidateTokenAsync(token.Text, parameters).ConfigureAwait(false);
        return result.IsValid ? null : Word(result.Exception);
    }

    private static string Word(Exception? fault) => fault switch
    {
        SecurityTokenInvalidSignatureException => "signature",
        SecurityTokenInvalidLifetimeException lifetime => lifetime.Message,
        SecurityTokenInvalidAudienceException => "audience",
        SecurityTokenInvalidIssuerException => "issuer",
        _ => "malformed",
    };

    private string? Lives(JsonValue claims, DateTime? from, DateTime? until, DateTimeOffset now)
    {
        DateTimeOffset issued = DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(claims["iat"].Integer, 0, int.MaxValue * 2L));
        return until is null || now.UtcDateTime >= until.Value + Skew ? "expired"
            : (from is { } start && now.UtcDateTime < start - Skew) || now < issued - Skew ? "not_yet_valid"
            : until.Value - issued.UtcDateTime > LongestLife + Skew ? "lifetime"
            : null;
    }
}

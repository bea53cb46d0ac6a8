using OfflineKit.Encoding;

namespace OfflineKit.Signing.Keyless;

/// <summary>An OIDC identity token: shown to the certificate authority, and to nobody else.</summary>
/// <remarks>
/// Its claims are read for messages, for the proof of possession and to know which certificate to expect; the authority alone judges its signature.
/// Errors name claims and never quote the token.
/// </remarks>
internal sealed class IdentityToken
{
    /// <summary>The audience that Sigstore's authorities ask for.</summary>
    public const string Audience = "sigstore";

    private const int LengthLimit = 32 * 1024;
    private static readonly TimeSpan LeastLifetime = TimeSpan.FromMinutes(1);

    private IdentityToken(string value, JsonValue claims)
    {
        string? email = claims.OptionalNotNull("email")?.Text is { Length: > 0 } address ? address : null;
        string subject = claims.String("sub");
        Value = value;
        Challenge = email ?? subject;
        Name = email ?? NameOf(claims) ?? subject;

        SignedBy = claims.String("iss");

        // Sigstore's own issuer signs people in elsewhere, and the authority records where.
        Issuer = claims.OptionalNotNull("federated_claims")?.OptionalNotNull("connector_id")?.Text ?? SignedBy;
        Expires = DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(claims["exp"].Integer, 0, 253402300799));
        Nonce = claims.OptionalNotNull("nonce")?.Text ?? "";
        IsVerified = email is null || claims.OptionalNotNull("email_verified") is { } verified && (verified.Kind == JsonKind.String ? verified.Text == "true" : verified.Boolean);
        IsForSigstore = claims["aud"] is { Kind: JsonKind.Array } several ? several.Elements.Any(one => one.Text == Audience) : claims.String("aud") == Audience;
    }

    /// <summary>Who vouches, as the certificate will name them.</summary>
    public string Issuer { get; }

    /// <summary>The identity, as certificate authorities spell it for the known issuers.</summary>
    public string Name { get; }

    /// <summary>When the token ends.</summary>
    public DateTimeOffset Expires { get; }

    /// <summary>The issuer whose token it is: the claim <c>iss</c>.</summary>
    internal string SignedBy { get; }

    /// <summary>What the new key signs to prove that it belongs to whoever holds the token.</summary>
    internal string Challenge { get; }

    /// <summary>The nonce of an interactive sign-in; empty otherwise.</summary>
    internal string Nonce { get; }

    /// <summary>The token itself.</summary>
    internal string Value { get; }

    private bool IsVerified { get; }

    private bool IsForSigstore { get; }

    /// <summary>The token in <paramref name="text"/>, usable now.</summary>
    /// <exception cref="SigningException"><c>keyless.token-malformed</c>, <c>keyless.token-unusable</c>.</exception>
    public static IdentityToken Parse(string text, DateTimeOffset now)
    {
        string value = text.Trim();
        Result<IdentityToken> parsed = Result.Parse(KeylessReasons.MalformedToken, () => new IdentityToken(value, ClaimsIn(value)));
        IdentityToken token = parsed.Value
            ?? throw KeylessReasons.MalformedToken.Refusal("the token has not three parts, or its claims iss, sub, aud, exp (email, email_verified) are missing or of another kind");
        if (!token.IsForSigstore)
        {
            throw KeylessReasons.UnusableToken.Refusal($"the token of {token.Issuer} is for another audience than {Audience}");
        }

        if (token.Expires - now < LeastLifetime)
        {
            throw KeylessReasons.UnusableToken.Refusal($"the token ends at {UtcText.Seconds(token.Expires)}, it is {UtcText.Seconds(now)}; a minute at least must be left");
        }

        return token.IsVerified
            ? token
            : throw KeylessReasons.UnusableToken.Refusal($"the issuer {token.Issuer} has not verified the mail address: email_verified is not true");
    }

    /// <inheritdoc/>
    public override string ToString() => "(an identity token)";

    private static JsonValue ClaimsIn(string value)
    {
        string[] parts = value.Split('.');
        return parts.Length == 3 && value.Length <= LengthLimit
            ? StrictJson.ParseObject(StrictBase64.DecodeUrl(parts[1], "claims"), "claims")
            : throw new MalformedException("not a token");
    }

    // What the public authority writes for GitHub and GitLab; for other issuers it is the subject.
    private static string? NameOf(JsonValue claims) =>
        claims.OptionalNotNull("job_workflow_ref")?.Text is { Length: > 0 } workflow ? $"https://github.com/{workflow}"
        : claims.OptionalNotNull("ci_config_ref_uri")?.Text is { Length: > 0 } pipeline ? $"https://{pipeline}"
        : null;
}

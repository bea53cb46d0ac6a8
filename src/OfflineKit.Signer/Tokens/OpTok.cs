using System.Collections.Immutable;
using System.Text.RegularExpressions;
using OfflineKit.Encoding;

namespace OfflineKit.Signer.Tokens;

/// <summary>An access token's claims, as they are spelled: believed only after <see cref="OpTokCheck"/>.</summary>
/// <param name="Jws">The token.</param>
/// <param name="Subject"><c>sub</c>.</param>
/// <param name="Client"><c>client_id</c>, else <c>sub</c>.</param>
/// <param name="Id"><c>jti</c>.</param>
/// <param name="Tenant"><c>tid</c>.</param>
/// <param name="Installation"><c>inst</c>, or null.</param>
/// <param name="Scopes">The words of <c>scope</c>.</param>
/// <param name="Binding">The key or certificate that it is bound to.</param>
/// <remarks>Source: RFC 9068 §2; docs/signer/authentication.md, rules 2 to 11.</remarks>
internal sealed partial record OpTok(
    CompactJws Jws, string Subject, string Client, string Id, string Tenant, string? Installation, ImmutableArray<string> Scopes, SenderBinding Binding)
{
    private const int Longest = 8192, LongestId = 128;

    /// <summary>The token in <paramref name="text"/>.</summary>
    /// <exception cref="MalformedException">Its form, header or claims are not those of an access token that is bound to its sender.</exception>
    public static OpTok Parse(string text)
    {
        // 2 The form.
        CompactJws jws = CompactJws.Parse(text, Longest, "token");
        string type = jws.Header.String("typ").ToLowerInvariant();
        if (type is not ("at+jwt" or "application/at+jwt") || jws.Header.Optional("jwk") is not null)
        {
            throw new MalformedException("token header: wanted typ at+jwt and no jwk");
        }

        // 6 One audience, by whatever spelling. 9 to 11 Whose it is, whom it is bound to, what it is called.
        JsonValue claims = jws.Payload;
        if (claims["aud"].Kind == JsonKind.Array && claims.Array("aud") is not [{ Kind: JsonKind.String }])
        {
            throw new MalformedException("token: aud names more than one audience, or none");
        }

        string id = Bounded(claims.String("jti")), subject = Bounded(claims.String("sub"));
        return new OpTok(
            jws, subject, claims.OptionalString("client_id") ?? subject, id, TenantOf(claims), claims.OptionalString("inst"),
            [.. claims.String("scope").Split(' ')], SenderBinding.Of(claims));
    }

    /// <summary>The tenant that <paramref name="claims"/> name.</summary>
    public static string TenantOf(JsonValue claims) => claims.String("tid") is { } tenant && TenantForm().IsMatch(tenant)
        ? tenant
        : throw new MalformedException("tid: no name of a tenant");

    private static string Bounded(string text) => text.Length is > 0 and <= LongestId ? text : throw new MalformedException("token: an id of no or too many characters");

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,62}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    internal static partial Regex TenantForm();
}

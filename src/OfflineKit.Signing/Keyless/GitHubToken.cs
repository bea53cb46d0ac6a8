using System.Net.Http.Headers;
using OfflineKit.Encoding;
using OfflineKit.Signing.Services;

namespace OfflineKit.Signing.Keyless;

/// <summary>The identity of a GitHub Actions job, which needs <c>permissions: id-token: write</c>.</summary>
internal sealed class GitHubToken(string address) : IdentityTokenSource
{
    public const string AddressVariable = "ACTIONS_ID_TOKEN_REQUEST_URL";
    private const string Secret = "ACTIONS_ID_TOKEN_REQUEST_TOKEN", Service = "GitHub Actions";

    public override string Name => Service;

    public override async Task<IdentityToken> FetchAsync(KeyOpening opening, CancellationToken cancellation)
    {
        Uri target = ServiceAddress.Parse($"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}audience={IdentityToken.Audience}", AddressVariable);
        string secret = opening.Variable(Secret) is { Length: > 0 } set ? set : throw KeylessReasons.NoToken.Refusal($"{AddressVariable} is set and {Secret} is not");
        opening.Secrets.Hold(secret);
        using RestClient client = new(Service, opening);
        RestAnswer answer = await client.SendAsync(
            "identity token",
            target.Authority,
            () =>
            {
                HttpRequestMessage request = new(HttpMethod.Get, target);
                request.Headers.Authorization = new AuthenticationHeaderValue("bearer", secret);
                return request;
            },
            cancellation).ConfigureAwait(false);
        if (!answer.IsSuccess)
        {
            throw ServiceFault.Refusal(Service, "identity token", target, answer);
        }

        // The body is the token: a malformed one is not described any further.
        string token = answer.JsonOrNull()?.OptionalNotNull("value") is { Kind: JsonKind.String } value
            ? value.Text
            : throw ServiceReasons.MalformedAnswer.Refusal($"{Service} at {target.Authority}: the answer holds no token");
        return IdentityToken.Parse(token, opening.Clock.GetUtcNow());
    }
}

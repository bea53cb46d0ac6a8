using System.Net;
using OfflineKit.Signing.Services;

namespace OfflineKit.Signing.Azure;

/// <summary>Requests to one vault, with a token for it and for nothing else.</summary>
internal sealed class AzureVault(AzureKeyUri uri, AzureSignIn signIn, KeyOpening opening, HttpMessageHandler? handler)
    : BearerClient(Service, uri.Text, opening, handler)
{
    public const string Service = "Azure Key Vault";
    private const string Version = "api-version=7.4";

    protected override Uri Address(string path) => new($"https://{uri.VaultHost}/{path}?{Version}");

    // The first request goes without a token, to learn who issues tokens for this vault.
    protected override async Task<BearerToken> TokenAsync(CancellationToken cancellation)
    {
        RestAnswer answer = await AskAsync(HttpMethod.Get, $"keys/{uri.Key}", "challenge", body: null, token: null, cancellation).ConfigureAwait(false);
        AzureChallenge challenge = answer.Status == HttpStatusCode.Unauthorized
            ? AzureChallenge.Parse(answer.Header("WWW-Authenticate"), uri.VaultHost)
            : throw Refused(answer, "challenge");
        return await signIn.TokenAsync(challenge, cancellation).ConfigureAwait(false);
    }

    protected override (Reason Reason, string Text) Meaning(RestAnswer answer, Func<string, string> error)
    {
        string code = error("code"), message = error("message"), inner = error("innererror.code");
        Reason reason = (inner, code) switch
        {
            ("KeyDisabled", _) => ServiceReasons.KeyDisabled,
            ("KeyNotYetValid" or "KeyExpired", _) => ServiceReasons.KeyUnavailable,
            (_, "Forbidden") when message.Contains("is not allowed on key", StringComparison.OrdinalIgnoreCase)
                || message.Contains("Operation sign is not permitted", StringComparison.OrdinalIgnoreCase) => ServiceReasons.WrongUsage,
            (_, "Forbidden") when message.Contains("disabled", StringComparison.OrdinalIgnoreCase) => ServiceReasons.KeyDisabled,
            _ => ServiceFault.ReasonOf(answer.Status),
        };
        string names = string.Join(" / ", ((string[])[code, inner]).Where(name => name.Length > 0));
        return (reason, $"{names}{(message.Length > 0 ? ": " + message : "")}");
    }
}

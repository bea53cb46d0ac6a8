using System.Net;
using OfflineKit.Encoding;

namespace OfflineKit.Signing.Services;

/// <summary>What a status means when the service says nothing better.</summary>
internal static class ServiceFault
{
    private const int TextLimit = 600;

    /// <summary>The reason behind <paramref name="status"/>.</summary>
    public static Reason ReasonOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized => ServiceReasons.BadCredentials,
        HttpStatusCode.Forbidden => ServiceReasons.Denied,
        HttpStatusCode.NotFound => ServiceReasons.KeyNotFound,
        HttpStatusCode.TooManyRequests => ServiceReasons.Throttled,
        >= HttpStatusCode.InternalServerError => ServiceReasons.Failed,
        _ => ServiceReasons.Refused,
    };

    /// <summary>A refusal that says who, what, the status and the service's own words, cut.</summary>
    public static SigningException Refusal(Reason reason, string service, string operation, string reference, HttpStatusCode status, string text) =>
        reason.Refusal($"{service}, {operation} {reference}: {(int)status}{(text.Length > 0 ? " " + Cut(text) : "")}");

    /// <summary>A refusal of a service whose errors are JSON with a <c>message</c>.</summary>
    public static SigningException Refusal(string service, string operation, Uri address, RestAnswer answer)
    {
        // There is no key that could be missing: 404 is the address.
        Reason reason = answer.Status == HttpStatusCode.NotFound ? ServiceReasons.Refused : ReasonOf(answer.Status);
        string text = answer.JsonOrNull()?.OptionalNotNull("message") is { Kind: JsonKind.String } message ? message.Text : "";
        return Refusal(reason, service, operation, address.Authority, answer.Status, answer.IsSilenced ? "(its text repeats the token and is not shown)" : text);
    }

    private static string Cut(string text) => text.Length <= TextLimit ? text : text[..TextLimit] + "…";
}

using System.Net;
using System.Net.Http.Headers;
using OfflineKit.Encoding;

namespace OfflineKit.Signing.Services;

/// <summary>What a service answered: at most 64 KiB, believed to be nothing in particular.</summary>
internal sealed record RestAnswer(HttpStatusCode Status, HttpResponseHeaders Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>The body quoted a credential, and was dropped.</summary>
    public bool IsSilenced { get; init; }

    /// <summary>A status of the 200s.</summary>
    public bool IsSuccess => (int)Status is >= 200 and <= 299;

    /// <summary>The JSON object in the body.</summary>
    public JsonValue Json(string service) => Read(service, () => StrictJson.ParseObject(Body, "answer"));

    /// <summary>The JSON object in the body, or null when the body is none: proxies answer in HTML.</summary>
    public JsonValue? JsonOrNull() => Result.Parse(Reasons.MalformedSignature, () => StrictJson.ParseObject(Body, "answer")).Value;

    /// <summary>The header <paramref name="name"/>, or empty.</summary>
    public string Header(string name) => Headers.TryGetValues(name, out IEnumerable<string>? values) ? string.Join(", ", values) : "";

    /// <summary>What <paramref name="read"/> makes of the answer; a malformed one is a refusal that names <paramref name="service"/>.</summary>
    public static T Read<T>(string service, Func<T> read)
        where T : class
    {
        Result<T> parsed = Result.Parse(ServiceReasons.MalformedAnswer, read);
        return parsed.Value ?? throw new SigningException(parsed.Finding!.Reason.Because($"{service}: {parsed.Finding.Detail}"));
    }
}

using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OfflineKit.Encoding;
using OfflineKit.Signing.Services;

namespace OfflineKit.Signer.Http;

/// <summary>Writes answers: JSON, never stored by anybody on the way.</summary>
internal static class JsonAnswer
{
    /// <summary>The problem of a request that was refused.</summary>
    /// <remarks>Source: RFC 9457 §3.</remarks>
    public static byte[] Problem(RefusedException refusal, string requestId) => JsonText.Object(json =>
    {
        json.WriteString("type", $"https://offlinekit.dev/signer/errors/{refusal.Problem.Code}");
        json.WriteString("title", refusal.Problem.Title);
        json.WriteNumber("status", refusal.Problem.Status);
        json.WriteString("code", refusal.Problem.Code);
        json.WriteString("detail", refusal.Message);
        json.WriteString("requestId", requestId);
    });

    /// <summary>A time, or null.</summary>
    public static void Time(this Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is { } known)
        {
            json.WriteString(name, UtcText.Seconds(known));
        }
        else
        {
            json.WriteNull(name);
        }
    }

    /// <summary>Sends <paramref name="body"/>.</summary>
    public static async Task SendAsync(this HttpResponse response, int status, string type, ReadOnlyMemory<byte> body)
    {
        response.StatusCode = status;
        response.ContentType = type;
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body).ConfigureAwait(false);
    }
}

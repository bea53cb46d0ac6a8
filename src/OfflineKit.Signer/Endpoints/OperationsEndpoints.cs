using Microsoft.AspNetCore.Http;
using OfflineKit.Encoding;
using OfflineKit.Signer.Http;
using OfflineKit.Signer.Service;

namespace OfflineKit.Signer.Endpoints;

/// <summary>What operators and their machines ask, on a listener of its own and without a token: health.</summary>
internal static class OperationsEndpoints
{
    /// <summary>The request came in by the operators' listener.</summary>
    public static bool IsFor(HttpContext context, SignerParts parts) => context.Connection.LocalPort == parts.OperationsPort;

    /// <summary>The operators' machine asks for metrics.</summary>
    public static bool IsScrape(HttpContext context, SignerParts parts) => IsFor(context, parts) && context.Request.Path == "/metrics";

    /// <summary>The answer; whatever is not there is 404.</summary>
    public static async Task AnswerAsync(HttpContext context, SignerParts parts)
    {
        context.Response.Headers.CacheControl = "no-store";
        switch (context.Request.Path.Value)
        {
            case "/healthz/live":
                await context.Response.SendAsync(StatusCodes.Status200OK, "text/plain", "live\n"u8.ToArray()).ConfigureAwait(false);
                break;
            case "/healthz/ready":
                IReadOnlyList<string> faults = await Readiness.FaultsAsync(parts, context.RequestAborted).ConfigureAwait(false);
                int status = faults.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
                await context.Response.SendAsync(status, "text/plain", Utf8Text.Encode(faults.Count == 0 ? "ready\n" : string.Concat(faults.Select(fault => fault + "\n")))).ConfigureAwait(false);
                break;
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                break;
        }
    }
}

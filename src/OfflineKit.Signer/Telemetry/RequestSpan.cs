using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using OfflineKit.Signer.Audit;
using OfflineKit.Signer.Http;

namespace OfflineKit.Signer.Telemetry;

/// <summary>The span of one request, below the one that its <c>traceparent</c> names. It is there whether or not anybody collects spans, so that services which are asked on the way hear of the trace.</summary>
/// <remarks>Source: W3C Trace Context. No tag holds a token, a proof or a name that a caller may choose freely.</remarks>
internal sealed class RequestSpan : IDisposable
{
    /// <summary>Where all spans come from.</summary>
    public static readonly ActivitySource Source = new(SignerMetrics.Name);

    private readonly Activity _activity;

    /// <summary>The span of a request to <paramref name="endpoint"/>, from now on.</summary>
    public RequestSpan(HttpRequest request, string endpoint)
    {
        ActivityContext parent = Parent(request.Headers["traceparent"]);
        _activity = Source.StartActivity(endpoint, ActivityKind.Server, parent) ?? Unwatched(endpoint, parent);
    }

    /// <summary>The trace.</summary>
    public string TraceId => _activity.TraceId.ToHexString();

    /// <summary>A step of a request, such as a key's signature; null when nobody collects spans.</summary>
    public static Activity? Step(string name) => Source.StartActivity(name, ActivityKind.Internal);

    /// <summary>How it ended.</summary>
    public void End(RequestFacts facts, RequestEnd end)
    {
        _activity.SetTag("signer.outcome", end.Outcome.ToString().ToLowerInvariant());
        _activity.SetTag("signer.code", end.Code);
        _activity.SetTag("signer.mode", facts.Mode);
        _activity.SetTag("http.response.status_code", end.Status);
        if (facts.Stage == AuthenticationStage.Passed)
        {
            _activity.SetTag("signer.tenant", facts.Token!.Tenant);
        }

        if (end.Status >= StatusCodes.Status500InternalServerError)
        {
            _activity.SetStatus(ActivityStatusCode.Error, end.Code);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _activity.Dispose();

    private static Activity Unwatched(string endpoint, ActivityContext parent)
    {
        Activity activity = new(endpoint);
        if (parent != default)
        {
            activity.SetParentId(parent.TraceId, parent.SpanId, parent.TraceFlags);
        }

        return activity.Start();
    }

    // What is no such header names no trace: a new one begins.
    private static ActivityContext Parent(StringValues header) =>
        header is [{ } text] && ActivityContext.TryParse(text, traceState: null, out ActivityContext context) ? context : default;
}

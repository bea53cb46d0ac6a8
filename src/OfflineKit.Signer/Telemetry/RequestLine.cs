using OfflineKit.Encoding;
using OfflineKit.Signer.Audit;
using OfflineKit.Signing.Services;

namespace OfflineKit.Signer.Telemetry;

/// <summary>One request as one line of JSON, for whoever collects what programs say: no more than what metrics and the audit log tell.</summary>
internal static class RequestLine
{
    /// <summary>The line, without its end.</summary>
    public static string Of(RequestFacts facts, RequestEnd end, TimeSpan elapsed) => Utf8Text.Decode(
        JsonText.Object(json =>
        {
            json.WriteString("traceId", facts.TraceId);
            json.WriteString("requestId", facts.RequestId);
            json.WriteString("endpoint", facts.Endpoint);
            json.WriteString("tenant", facts.Stage == AuthenticationStage.Passed ? facts.Token!.Tenant : "");
            json.WriteString("subjectSha256", facts.Subjects.IsEmpty ? "" : facts.Subjects[0].Sha256);
            json.WriteString("mode", facts.Mode);
            json.WriteString("outcome", end.Outcome.ToString().ToLowerInvariant());
            json.WriteNumber("status", end.Status);
            json.WriteString("code", end.Code);
            json.WriteNumber("durationMs", (long)elapsed.TotalMilliseconds);
        }),
        "line");
}

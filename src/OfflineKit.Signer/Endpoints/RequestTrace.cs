using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using OfflineKit.Signer.Audit;
using OfflineKit.Signer.Service;
using OfflineKit.Signing.Audit;

namespace OfflineKit.Signer.Endpoints;

/// <summary>One request on its way: what is known of it grows, and every outcome is written down from the same facts.</summary>
internal sealed class RequestTrace(HttpContext context, SignerParts parts, RequestFacts facts)
{
    /// <summary>The request.</summary>
    public HttpContext Context => context;

    /// <summary>What the service is made of.</summary>
    public SignerParts Parts => parts;

    /// <summary>What is known so far.</summary>
    public RequestFacts Facts { get; private set; } = facts;

    /// <summary>The line of this request is on the disk.</summary>
    public bool IsWritten => End is not null;

    /// <summary>How the line on the disk says that it ended; null until there is one.</summary>
    public RequestEnd? End { get; private set; }

    /// <summary>Ends when the client goes away.</summary>
    public CancellationToken Cancellation => context.RequestAborted;

    /// <summary>Something more is known.</summary>
    public void Learn(Func<RequestFacts, RequestFacts> more) => Facts = more(Facts);

    /// <summary>How long it has taken.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(Facts.StartedAt);

    /// <summary>Writes the line of this request and waits until it is on the disk.</summary>
    /// <exception cref="Http.RefusedException"><c>audit_unavailable</c>.</exception>
    public async Task<AuditReceipt> WriteAsync(AuditOutcome outcome, int status, string code, string reason)
    {
        RequestEnd end = new(outcome, status, code, reason, (long)Elapsed.TotalMilliseconds);
        AuditReceipt receipt = await parts.Journal.WriteAsync(RequestEntry.Of(Facts, end), Facts.Stage == AuthenticationStage.Passed ? Facts.Token!.Tenant : "").ConfigureAwait(false);
        End = end;
        return receipt;
    }
}

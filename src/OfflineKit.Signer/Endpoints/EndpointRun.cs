using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using OfflineKit.Encoding;
using OfflineKit.Signer.Audit;
using OfflineKit.Signer.Configuration;
using OfflineKit.Signer.Http;
using OfflineKit.Signer.Service;
using OfflineKit.Signer.Stores;
using OfflineKit.Signer.Telemetry;
using OfflineKit.Signing;
using OfflineKit.Signing.Audit;

namespace OfflineKit.Signer.Endpoints;

/// <summary>What an endpoint answers.</summary>
internal delegate Task<ReadOnlyMemory<byte>> EndpointWork(RequestTrace trace);

/// <summary>Runs an endpoint: every refusal and every fault becomes one answer and, once authentication was reached, one line of the audit log before it.</summary>
/// <param name="current">What the service is made of.</param>
internal sealed class EndpointRun(CurrentParts current)
{
    /// <summary>Runs <paramref name="work"/>, which is called <paramref name="name"/> in the log.</summary>
    public async Task RunAsync(HttpContext context, string name, EndpointWork work)
    {
        SignerParts parts = current.Value;
        string id = RequestIds.Of(context.Request.Headers["X-Request-Id"] is [{ } given] ? given : null);
        using RequestSpan span = new(context.Request, name);
        RequestTrace trace = new(context, parts, new RequestFacts
        {
            RequestId = id,
            TraceId = span.TraceId,
            Endpoint = name,
            Issuer = parts.Configuration.Authority.Issuer,
            StartedAt = Stopwatch.GetTimestamp(),
        });
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Request-Id"] = id;
        parts.Metrics.Begin();
        (RefusedException? refusal, AuditOutcome outcome, ReadOnlyMemory<byte> answer) = await OutcomeAsync(trace, work).ConfigureAwait(false);
        if (refusal is null)
        {
            Tell(trace, span, trace.End!);
            await context.Response.SendAsync(StatusCodes.Status200OK, "application/json", answer).ConfigureAwait(false);
            return;
        }

        refusal = await WrittenAsync(trace, refusal, outcome).ConfigureAwait(false);
        Tell(trace, span, new RequestEnd(outcome, refusal.Problem.Status, refusal.Problem.Code, refusal.Reason, 0));
        foreach ((string header, string value) in refusal.Headers)
        {
            context.Response.Headers.Append(header, value);
        }

        await context.Response.SendAsync(refusal.Problem.Status, "application/problem+json", JsonAnswer.Problem(refusal, id)).ConfigureAwait(false);
    }

    private static void Tell(RequestTrace trace, RequestSpan span, RequestEnd end)
    {
        trace.Parts.Metrics.End(trace.Facts, end, trace.Elapsed);
        span.End(trace.Facts, end);
        if (trace.Parts.Configuration.Telemetry.Lines == RequestLines.StandardError)
        {
            Terminal.Error.WriteLine(RequestLine.Of(trace.Facts, end, trace.Elapsed));
        }
    }

    private static async Task<(RefusedException? Refusal, AuditOutcome Outcome, ReadOnlyMemory<byte> Answer)> OutcomeAsync(RequestTrace trace, EndpointWork work)
    {
        try
        {
            trace.Parts.Addresses.Admit(trace.Context);
            ReadOnlyMemory<byte> answer = await work(trace).ConfigureAwait(false);
            if (!trace.IsWritten)
            {
                await trace.WriteAsync(AuditOutcome.Answered, StatusCodes.Status200OK, "", "").ConfigureAwait(false);
            }

            return (null, AuditOutcome.Answered, answer);
        }
        catch (RefusedException refusal)
        {
            return (refusal, refusal.Problem.Status >= 500 ? AuditOutcome.Failed : AuditOutcome.Refused, default);
        }
        catch (MalformedException fault)
        {
            return (Problems.MalformedRequest.Because(fault.Message), AuditOutcome.Refused, default);
        }
        catch (SigningException fault)
        {
            // The finding's detail may name keys and services; the code is enough for a client.
            return (new RefusedException(Problems.SignerUnavailable, "a key of the profile did not sign") { Reason = fault.Finding.Reason.Code }.After(10), AuditOutcome.Failed, default);
        }
        catch (StoreUnavailableException)
        {
            return (Problems.QuotaStoreUnavailable.Because("the store does not answer").After(5), AuditOutcome.Failed, default);
        }
        catch (OperationCanceledException) when (trace.Cancellation.IsCancellationRequested)
        {
            return (new RefusedException(Problems.Internal, "the client went away") { Reason = "client_gone" }, AuditOutcome.Failed, default);
        }
#pragma warning disable CA1031 // The outermost edge: a bug is said to be one, and its message, which could quote anything, is not.
        catch (Exception bug)
#pragma warning restore CA1031
        {
            return (new RefusedException(Problems.Internal, "this is a bug: please report it") { Reason = bug.GetType().Name }, AuditOutcome.Failed, default);
        }
    }

    // A refusal is written down as well; where that fails, the answer says so.
    private static async Task<RefusedException> WrittenAsync(RequestTrace trace, RefusedException refusal, AuditOutcome outcome)
    {
        if (trace.IsWritten || trace.Facts.Stage == AuthenticationStage.Before || refusal.Problem == Problems.AuditUnavailable)
        {
            return refusal;
        }

        try
        {
            await trace.WriteAsync(outcome, refusal.Problem.Status, refusal.Problem.Code, refusal.Reason == refusal.Problem.Code ? "" : refusal.Reason).ConfigureAwait(false);
            return refusal;
        }
        catch (RefusedException unwritten)
        {
            return unwritten;
        }
    }
}

using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using OfflineKit.Encoding;
using OfflineKit.Signer.Audit;
using OfflineKit.Signer.Configuration;
using OfflineKit.Signer.Entitlements;
using OfflineKit.Signer.Http;
using OfflineKit.Signer.Keys;
using OfflineKit.Signer.Quotas;
using OfflineKit.Signer.Releases;
using OfflineKit.Signer.Service;
using OfflineKit.Signer.Signing;
using OfflineKit.Signer.Telemetry;
using OfflineKit.Signer.Tokens;
using OfflineKit.Signing.Audit;

namespace OfflineKit.Signer.Endpoints;

/// <summary>What shall be signed.</summary>
/// <param name="Request">The request.</param>
/// <param name="Statement">The statement in its one spelling.</param>
/// <param name="BodySha256">The body's digest, which tells one request from another under the same idempotency key.</param>
internal sealed record SigningOrder(SignRequest Request, CanonicalStatement Statement, string BodySha256);

/// <summary>Makes the body of an answer.</summary>
internal delegate Task<ReadOnlyMemory<byte>> AnswerText(SigningOrder order, SignedAnswer signed, RequestFacts facts, AuditReceipt receipt);

/// <summary>From a request to a signature, in the order of docs/signer/api.md: the first thing that is not as it must be answers.</summary>
internal sealed class SigningPipeline(RequestTrace trace)
{
    private readonly SignerParts _parts = trace.Parts;

    /// <summary>The answer's body; the line of the request is on the disk, and the signature is counted.</summary>
    /// <exception cref="RefusedException">Nothing was signed, or nothing may leave.</exception>
    public async Task<ReadOnlyMemory<byte>> SignAsync(SigningOrder order, AnswerText text)
    {
        SignRequest request = order.Request;
        trace.Learn(facts => facts with { PredicateType = request.PredicateType, Subjects = request.Subjects, PoeId = request.Poe.Id });

        // 1 Who? 2 What may they? 3 By which profile? 4 Is the scanner released?
        OpTok token = await Sender.AuthenticateAsync(trace, SignDsseEndpoint.Scope).ConfigureAwait(false);
        KnownEntitlement known = await EntitledAsync(request, token).ConfigureAwait(false);
        Entitlement entitlement = known.Entitlement;
        ProfileConfiguration profile = ProfileOf(request, token, entitlement);
        await ReleasedAsync(request, profile, entitlement).ConfigureAwait(false);

        // 5 Was it answered before? 6 Is there room? 7 Sign, write down, count.
        string? key = IdempotencyKey();
        if (key is not null && await _parts.Answers.BeginAsync(token.Tenant, key, order.BodySha256, trace.Cancellation).ConfigureAwait(false) is { } first)
        {
            await trace.WriteAsync(AuditOutcome.Answered, StatusCodes.Status200OK, "", "repeated").ConfigureAwait(false);
            return first;
        }

        try
        {
            ReadOnlyMemory<byte> answer = await CountedAsync(order, profile, known, text).ConfigureAwait(false);
            await (key is null ? Task.CompletedTask : _parts.Answers.EndAsync(token.Tenant, key, answer, CancellationToken.None)).ConfigureAwait(false);
            return answer;
        }
        catch (Exception) when (key is not null)
        {
            await _parts.Answers.ForgetAsync(token.Tenant, key, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    private async Task<KnownEntitlement> EntitledAsync(SignRequest request, OpTok token)
    {
        using Activity? step = RequestSpan.Step("entitlement");
        (KnownEntitlement known, string bypass) = await _parts.Entitlements.FindAsync(request.Poe, trace.Context.Connection.ClientCertificate, token.Tenant, trace.Cancellation).ConfigureAwait(false);
        trace.Learn(facts => facts with { Entitlement = known, Bypass = bypass });
        EntitlementCheck.BelongsTo(known.Entitlement, token);
        return known;
    }

    private ProfileConfiguration ProfileOf(SignRequest request, OpTok token, Entitlement entitlement)
    {
        ProfileConfiguration profile = ProfileChoice.Of(_parts.Configuration.Profiles, token.Tenant, entitlement.Plan, request.PredicateType);
        SigningMode mode = request.Options.Mode ?? profile.Mode;
        trace.Learn(facts => facts with { Mode = mode.ToString().ToLowerInvariant() });
        if (mode != profile.Mode)
        {
            throw Problems.ModeNotAllowed.Because("the profile does not sign in the mode that options.mode asks for");
        }

        EntitlementCheck.Allows(entitlement, mode, request.PredicateType);
        if (profile.Reports.Contains(request.PredicateType, StringComparer.Ordinal))
        {
            PolicyMetadata.Require(request.Predicate);
        }

        return profile;
    }

    private async Task ReleasedAsync(SignRequest request, ProfileConfiguration profile, Entitlement entitlement)
    {
        if (request.Scanner is not { } digest)
        {
            if (profile.Scanner == ScannerDemand.Required)
            {
                throw new MalformedException("request.scannerImageDigest: the profile signs only what a named scanner made");
            }

            return;
        }

        using Activity? step = RequestSpan.Step("release");
        try
        {
            ReleaseVerdict verdict = await _parts.Releases.CheckAsync(digest, trace.Cancellation).ConfigureAwait(false);
            trace.Learn(facts => facts with { Scanner = (digest, verdict.Release is null ? "untrusted" : "verified", verdict.Source) });
            EntitlementCheck.Covers(entitlement, (verdict.Release ?? throw Problems.ReleaseUntrusted.Because(verdict.Reason)).Version);
        }
        catch (RefusedException refusal) when (refusal.Problem == Problems.ReleaseUntrusted || refusal.Problem == Problems.ReleaseCheckUnavailable)
        {
            // The month is unknown then as well: two operators answer for both.
            if (await _parts.Bypasses.ActiveAsync(BypassKind.Release, entitlement.Tenant, trace.Cancellation).ConfigureAwait(false) is not { } bypass)
            {
                throw;
            }

            trace.Learn(facts => facts with { Scanner = (digest, "bypass", facts.Scanner.Source), Bypass = bypass });
        }
    }

    private string? IdempotencyKey() => trace.Context.Request.Headers["Idempotency-Key"] switch
    {
        [] => null,
        [{ } key] when RequestIds.IsId(key) => key,
        _ => throw new MalformedException("Idempotency-Key: wanted one of 1 to 128 of A-Z a-z 0-9 . _ -"),
    };

    private async Task<ReadOnlyMemory<byte>> CountedAsync(SigningOrder order, ProfileConfiguration profile, KnownEntitlement known, AnswerText text)
    {
        QuotaGate gate = new(_parts.Quotas, trace.Context.Response);
        Entitlement entitlement = known.Entitlement;
        QuotaLimits granted = EntitlementSource.LimitsOf(known), limits = granted.And(_parts.Configuration.Plans.GetValueOrDefault(entitlement.Plan, granted));
        Reservation reservation = await gate.ReserveAsync(new QuotaKey(entitlement.Tenant, entitlement.Plan), limits, order.Statement.Payload.Length, trace.Cancellation).ConfigureAwait(false);
        trace.Learn(facts => facts with { Quota = reservation });
        bool isCounted = false;
        try
        {
            // The keys' states are read for each request: what an operator stops is stopped at once, in every instance.
            ImmutableDictionary<string, KeyState> states = await _parts.KeyStates.ReadAsync(trace.Cancellation).ConfigureAwait(false);
            ImmutableArray<OpenedKey> keys = await _parts.Keys.ChooseAsync(profile, order.Request.Options, states, _parts.Clock.GetUtcNow(), trace.Cancellation).ConfigureAwait(false);
            await using LeaseRenewal renewal = new(_parts.Quotas, reservation, _parts.Clock);
            long began = Stopwatch.GetTimestamp();
            using Activity? step = RequestSpan.Step("sign");
            SignedAnswer signed = await StatementSigner.SignAsync(order.Statement, entitlement.Tenant, keys, order.Request.Options, trace.Cancellation).ConfigureAwait(false);
            trace.Learn(facts => facts with { Signatures = signed.Signatures, Sha256 = (signed.Statement.Sha256, signed.BundleSha256), SigningTime = Stopwatch.GetElapsedTime(began), BundleBytes = signed.Envelope.Length });

            // A signature that leaves is counted: the other order would let one leave that nobody counts, if the program ended in between.
            AuditReceipt receipt = await trace.WriteAsync(AuditOutcome.Signed, StatusCodes.Status200OK, "", "").ConfigureAwait(false);
            ReadOnlyMemory<byte> answer = await text(order, signed, trace.Facts, receipt).ConfigureAwait(false);
            isCounted = await _parts.Quotas.CommitAsync(reservation, CancellationToken.None).ConfigureAwait(false);
            return isCounted ? answer : throw Problems.QuotaDaily.Because("the reservation lapsed while it was signed, and the day is full").After(60);
        }
        finally
        {
            await (isCounted ? Task.CompletedTask : _parts.Quotas.GiveBackAsync(reservation, CancellationToken.None)).ConfigureAwait(false);
        }
    }
}

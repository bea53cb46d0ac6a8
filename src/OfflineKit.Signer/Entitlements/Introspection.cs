using System.Collections.Concurrent;
using OfflineKit.Encoding;
using OfflineKit.Signer.Configuration;
using OfflineKit.Signer.Http;
using OfflineKit.Signer.Tokens;

namespace OfflineKit.Signer.Entitlements;

/// <summary>Knows what the licensing service says of a proof: asks it, remembers for a short while, and for a longer one only while the service is silent.</summary>
/// <param name="service">The service.</param>
/// <param name="kept">The last answers, on the disk.</param>
/// <param name="configuration">How long answers are used.</param>
/// <param name="clock">The clock.</param>
internal sealed class Introspection(LicensingService service, SealedEntitlements kept, IntrospectionConfiguration configuration, TimeProvider clock)
{
    private const int MostRemembered = 50_000;
    private static readonly TimeSpan Refused = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<string, LastAnswer> _known = new(StringComparer.Ordinal);
    private long _epoch = -1;

    /// <summary>What the proof entitles to.</summary>
    /// <param name="request">The proof.</param>
    /// <param name="value">What the service is asked about.</param>
    /// <param name="binding">The binding that a signed proof states; null takes the service's word.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="RefusedException"><c>poe_revoked</c>, <c>poe_expired</c>, <c>poe_invalid</c>, <c>poe_unavailable</c>.</exception>
    public async Task<KnownEntitlement> AskAsync(PoeRequest request, string value, SenderBinding? binding, CancellationToken cancellation)
    {
        string id = PoeRequest.IdOf(value);
        DateTimeOffset now = clock.GetUtcNow();
        if (_known.TryGetValue(id, out LastAnswer? known) && known.LiveAt <= now)
        {
            JsonValue json = StrictJson.ParseObject(Utf8Text.Encode(known.Content), "answer");
            if (now - known.LiveAt < (json["active"].Boolean ? configuration.Live : Refused))
            {
                return new KnownEntitlement(request.Id, Entitled(json, binding, now), EntitlementState.Cached) { Age = now - known.LiveAt };
            }
        }

        return await service.AskAsync(value, cancellation).ConfigureAwait(false) switch
        {
            LicensingAnswer.Answered answered => await TakeAsync(request, id, answered, binding, now, cancellation).ConfigureAwait(false),
            LicensingAnswer.Silent => await LastAsync(request, id, binding, now, configuration.Stale, EntitlementState.Stale, cancellation).ConfigureAwait(false),
            LicensingAnswer.Useless useless => throw Problems.PoeUnavailable.Because($"the licensing service: {useless.Why}").After(30),
            _ => throw new InvalidOperationException("the family of answers is closed"),
        };
    }

    /// <summary>What the service said last, however long ago: for those whom two operators let pass.</summary>
    /// <exception cref="RefusedException"><c>poe_unavailable</c>: it never said anything that would still hold.</exception>
    public Task<KnownEntitlement> LastAsync(PoeRequest request, string value, SenderBinding? binding, CancellationToken cancellation) =>
        LastAsync(request, PoeRequest.IdOf(value), binding, clock.GetUtcNow(), TimeSpan.MaxValue, EntitlementState.Bypass, cancellation);

    private async Task<KnownEntitlement> TakeAsync(PoeRequest request, string id, LicensingAnswer.Answered answered, SenderBinding? binding, DateTimeOffset now, CancellationToken cancellation)
    {
        await FollowEpochAsync(answered.Json, cancellation).ConfigureAwait(false);
        if (_known.Count >= MostRemembered)
        {
            _known.Clear();
        }

        LastAnswer answer = new(answered.Content, now);
        if (!answered.Json["active"].Boolean)
        {
            // An older answer never stands in for a refusal.
            _known[id] = answer;
            await kept.ForgetAsync(id, cancellation).ConfigureAwait(false);
        }

        Entitlement entitlement = Entitled(answered.Json, binding, now);
        _known[id] = answer;
        await kept.KeepAsync(id, entitlement.Tenant, answer, entitlement.Expires, cancellation).ConfigureAwait(false);
        return new KnownEntitlement(request.Id, entitlement, EntitlementState.Live);
    }

    private async Task<KnownEntitlement> LastAsync(
        PoeRequest request, string id, SenderBinding? binding, DateTimeOffset now, TimeSpan longest, EntitlementState state, CancellationToken cancellation)
    {
        LastAnswer? last = await kept.FindAsync(id, cancellation).ConfigureAwait(false);
        if (last is null || last.LiveAt > now || now - last.LiveAt >= longest)
        {
            throw Problems.PoeUnavailable.Because("the licensing service cannot be reached, and what it said last counts no longer").After(30);
        }

        return new KnownEntitlement(request.Id, Entitled(StrictJson.ParseObject(Utf8Text.Encode(last.Content), "answer"), binding, now), state) { Age = now - last.LiveAt };
    }

    private async Task FollowEpochAsync(JsonValue json, CancellationToken cancellation)
    {
        long epoch = json.OptionalNotNull("revocationEpoch") is { Kind: JsonKind.Number } number && Result.Parse(Reasons.MalformedSignature, () => number.Integer.ToString(System.Globalization.CultureInfo.InvariantCulture)).Value is not null ? number.Integer : -1;
        long before = Interlocked.Exchange(ref _epoch, Math.Max(epoch, Interlocked.Read(ref _epoch)));
        if (epoch > before && before >= 0)
        {
            _known.Clear();
            await kept.ForgetAllAsync(cancellation).ConfigureAwait(false);
        }
    }

    private static Entitlement Entitled(JsonValue json, SenderBinding? binding, DateTimeOffset now)
    {
        if (!json["active"].Boolean)
        {
            throw (json.OptionalNotNull("reason") is { Kind: JsonKind.String, Text: "revoked" } ? Problems.PoeRevoked
                : json.OptionalNotNull("reason") is { Kind: JsonKind.String, Text: "expired" } ? Problems.PoeExpired
                : Problems.PoeInvalid).Because("the licensing service says that the proof is not in force");
        }

        Entitlement entitlement = Result.Parse(Reasons.MalformedSignature, () => Entitlement.Of(json, binding)).Value
            ?? throw Problems.PoeUnavailable.Because("the licensing service: an answer without the members that are wanted").After(30);
        return now < entitlement.Expires ? entitlement : throw Problems.PoeExpired.Because("the proof of entitlement has ended");
    }
}

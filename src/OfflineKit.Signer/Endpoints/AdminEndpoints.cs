using OfflineKit.Encoding;
using OfflineKit.Signer.Entitlements;
using OfflineKit.Signer.Http;
using OfflineKit.Signer.Keys;
using OfflineKit.Signer.Signing;
using OfflineKit.Signer.Tokens;
using OfflineKit.Signing.Services;

namespace OfflineKit.Signer.Endpoints;

/// <summary>What operators decide: by client certificate alone, each decision with its reason in the audit log.</summary>
/// <remarks>Source: docs/signer/operators.md.</remarks>
internal static class AdminEndpoints
{
    private const int LeastReason = 20, MostReason = 1000, MostDays = 7, MostMinutes = 15;

    /// <summary><c>POST admin/release-approvals</c>: one of two operators releases a scanner.</summary>
    public static async Task<ReadOnlyMemory<byte>> ApproveAsync(RequestTrace trace)
    {
        JsonValue json = await BodyAsync(trace, "digest", "version", "reason", "days").ConfigureAwait(false);
        string digest = SubjectList.ImageDigest(json.String("digest")), version = Bounded(json, "version", 1, 128), reason = Reason(json);
        int days = Number(json, "days", MostDays);
        OpTok by = await OperatorAsync(trace, $"approve {digest} as {version} for {days} days: {reason}").ConfigureAwait(false);
        int approvals = await trace.Parts.Approvals.ApproveAsync(digest, version, reason, days, by.Subject, trace.Cancellation).ConfigureAwait(false);
        trace.Parts.Releases.Forget();
        return JsonText.Object(answer =>
        {
            answer.WriteString("digest", digest);
            answer.WriteNumber("approvals", approvals);
        });
    }

    /// <summary><c>POST admin/keys/{id}/{activate|retire|revoke}</c>.</summary>
    public static async Task<ReadOnlyMemory<byte>> DecideAsync(RequestTrace trace)
    {
        JsonValue json = await BodyAsync(trace, "reason").ConfigureAwait(false);
        string id = Route(trace, "id"), action = Route(trace, "action"), reason = Reason(json);
        OpTok by = await OperatorAsync(trace, $"{action} key {id}: {reason}").ConfigureAwait(false);
        string state = KeyStates.WordOf(await trace.Parts.KeyDecisions.DecideAsync(id, action, reason, by.Subject, trace.Cancellation).ConfigureAwait(false));
        return JsonText.Object(answer =>
        {
            answer.WriteString("keyid", id);
            answer.WriteString("state", state);
        });
    }

    /// <summary><c>POST admin/bypass</c>: opens one, which waits for a second operator.</summary>
    public static async Task<ReadOnlyMemory<byte>> OpenBypassAsync(RequestTrace trace)
    {
        JsonValue json = await BodyAsync(trace, "kind", "tenant", "reasonCode", "reason", "minutes", "ticket").ConfigureAwait(false);
        BypassKind kind = json.String("kind") switch
        {
            "poe" => BypassKind.Poe,
            "release" => BypassKind.Release,
            _ => throw new MalformedException("kind: wanted poe or release; nothing else is bypassed"),
        };
        string tenant = OpTok.TenantForm().IsMatch(json.String("tenant")) ? json.String("tenant") : throw new MalformedException("tenant: no name of a tenant");
        string code = BypassReason.Codes.Contains(json.String("reasonCode"), StringComparer.Ordinal) ? json.String("reasonCode") : throw new MalformedException($"reasonCode: wanted {string.Join(", ", BypassReason.Codes)}");
        BypassReason reason = new(code, Reason(json), Bounded(json, "ticket", 1, 128));
        int minutes = Number(json, "minutes", MostMinutes);
        OpTok by = await OperatorAsync(trace, $"open a bypass of {json.String("kind")} for {tenant}, {minutes} minutes, {code}, {reason.Ticket}: {reason.Text}").ConfigureAwait(false);
        if (trace.Parts.Configuration.Bypass == BypassUse.Never)
        {
            throw Problems.PlanDenied.Because("the configuration does not allow bypasses");
        }

        string id = await trace.Parts.Bypasses.OpenAsync(kind, tenant, reason, by.Subject, minutes, trace.Cancellation).ConfigureAwait(false);
        trace.Learn(facts => facts with { Bypass = id });
        return JsonText.Object(answer =>
        {
            answer.WriteString("id", id);
            answer.WriteString("state", "waits for a second operator");
        });
    }

    /// <summary><c>POST admin/bypass/{id}/{confirm|extend}</c>.</summary>
    public static async Task<ReadOnlyMemory<byte>> ChangeBypassAsync(RequestTrace trace)
    {
        _ = await BodyAsync(trace).ConfigureAwait(false);
        string id = Route(trace, "id"), action = Route(trace, "action");
        OpTok by = await OperatorAsync(trace, $"{action} bypass {id}").ConfigureAwait(false);
        trace.Learn(facts => facts with { Bypass = id });
        Bypass bypass = action switch
        {
            "confirm" => await trace.Parts.Bypasses.ConfirmAsync(id, by.Subject, trace.Cancellation).ConfigureAwait(false),
            "extend" => await trace.Parts.Bypasses.ExtendAsync(id, trace.Cancellation).ConfigureAwait(false),
            _ => throw Problems.NotFound.Because("wanted confirm or extend"),
        };
        return JsonText.Object(answer =>
        {
            answer.WriteString("id", id);
            answer.Time("expiresAt", bypass.Expires);
            answer.WriteNumber("extensions", bypass.Extensions);
        });
    }

    /// <summary><c>DELETE admin/bypass/{id}</c>: ends one.</summary>
    public static async Task<ReadOnlyMemory<byte>> EndBypassAsync(RequestTrace trace)
    {
        string id = Route(trace, "id");
        await OperatorAsync(trace, $"end bypass {id}").ConfigureAwait(false);
        trace.Learn(facts => facts with { Bypass = id });
        return await trace.Parts.Bypasses.EndAsync(id, trace.Cancellation).ConfigureAwait(false)
            ? JsonText.Object(answer => answer.WriteString("id", id))
            : throw Problems.NotFound.Because("no such bypass waits or is in force");
    }

    private static async Task<OpTok> OperatorAsync(RequestTrace trace, string decision)
    {
        trace.Learn(facts => facts with { Decision = decision });
        OpTok token = await Sender.AuthenticateAsync(trace, "signer.admin").ConfigureAwait(false);
        return token.Binding.Kind == BindingKind.MutualTls ? token : throw TokenRefusals.Certificate("certificate_wanted", "operators come with a client certificate");
    }

    private static async Task<JsonValue> BodyAsync(RequestTrace trace, params string[] members)
    {
        (JsonValue json, _) = await RequestReader.ReadAsync(trace.Context.Request, limit: 64 * 1024, trace.Cancellation).ConfigureAwait(false);
        json.RefuseOtherMembers(members);
        return json;
    }

    private static string Route(RequestTrace trace, string name) => (string)trace.Context.Request.RouteValues[name]!;

    private static string Reason(JsonValue json) => Bounded(json, "reason", LeastReason, MostReason);

    private static string Bounded(JsonValue json, string name, int least, int most) => json.String(name) is var text && text.Length >= least && text.Length <= most
        ? text
        : throw new MalformedException($"{name}: wanted {least} to {most} characters");

    private static int Number(JsonValue json, string name, int most) => json[name].Integer is >= 1 and var number && number <= most
        ? (int)number
        : throw new MalformedException($"{name}: wanted 1 to {most}");
}

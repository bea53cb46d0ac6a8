using System.Collections.Immutable;
using System.Text.Json;
using OfflineKit.Formats.Sentinel;
using OfflineKit.Host.Requests;
using OfflineKit.Host.State;
using OfflineKit.Policy;
using OfflineKit.Reporting;

namespace OfflineKit.Host.Answers;

/// <summary>The answer about one of Sentinel's audit logs.</summary>
/// <param name="Name">The log.</param>
/// <param name="Result">What its lines came to; no line where the secret or the machine refuses.</param>
/// <param name="Findings">Why it is not trusted; empty when it is.</param>
/// <param name="Policies">The policy that binds this machine.</param>
/// <remarks><c>trusted</c> is one answer: whether somebody who knows the secret that was given made every line. More an HMAC cannot say, and the answer says so.</remarks>
internal sealed record LogAnswer(string Name, AuditLogResult Result, ImmutableArray<Finding> Findings, ImmutableArray<PolicyInForce> Policies)
{
    /// <summary>What a reader should know of every such log.</summary>
    public static ImmutableArray<Remark> Remarks { get; } =
    [
        new("note.symmetric", "HMAC is symmetric evidence: whoever can verify these lines can forge them"),
        new("note.log-unchained", "removed, reordered and repeated lines are not detectable: no chain or counter links the lines"),
    ];

    /// <summary>Every line is as somebody made it who knows the secret, and nothing else refuses.</summary>
    public bool IsTrusted => Findings.IsEmpty;

    /// <summary>It was refused before a line was read.</summary>
    public bool IsUnread { get; private init; }

    /// <summary>The answer to <paramref name="request"/> about the log <paramref name="path"/>.</summary>
    public static LogAnswer Of(VerifyRequest request, string path, Inputs inputs, Machine machine)
    {
        // One pipe cannot carry both: that is said before anything of the secret is.
        using Stream log = inputs.Open(path, "log", "the log");
        MachineRules rules = MachineRules.Of(machine, request);
        if ((request.Refusal ?? rules.Finding ?? Unsigned(rules)) is { } refusal)
        {
            return new LogAnswer(path, new AuditLogResult(0, 0, 0, 0, []), [refusal], rules.InForce) { IsUnread = true };
        }

        AuditLogResult result = AuditLog.Verify(log, request.Expectations.Secrets[0]);
        ImmutableArray<Finding> findings = result.Lines == 0
            ? [SentinelReasons.LogEmpty.Because($"{path} has no line")]
            : [.. result.Failures.Select(failure => failure.Finding.Reason.Because($"line {failure.Line}: {failure.Finding.Detail}"))];
        return new LogAnswer(path, result, findings, rules.InForce);
    }

    /// <summary>Writes it as one object.</summary>
    /// <param name="json">Where.</param>
    /// <param name="wording">What the surface calls the parameters.</param>
    public void Write(Utf8JsonWriter json, Wording wording)
    {
        json.WriteStartObject();
        json.WriteNumber("version", Report.Version);
        json.WriteBoolean("trusted", IsTrusted);
        json.WriteString("format", "sentinel-log");
        json.WriteString("evidenceClass", "symmetric");
        json.WriteBoolean("intact", Result.IsIntact);
        json.WriteString("log", Name);
        json.WriteNumber("lines", Result.Lines);
        json.WriteNumber("valid", Result.Valid);
        json.WriteNumber("invalidSignatures", Result.InvalidSignatures);
        json.WriteNumber("parseErrors", Result.ParseErrors);
        JsonReport.WriteList(json, "findings", Findings, (writer, finding) => JsonReport.WriteFinding(writer, finding, wording));
        JsonReport.WriteList(json, "remarks", Remarks, JsonReport.WriteRemark);
        JsonReport.WriteList(json, "policies", Policies, JsonReport.WritePolicy);
        json.WriteEndObject();
    }

    // Whoever can verify an HMAC can make one: no policy that demands a signer is met by it.
    private static Finding? Unsigned(MachineRules rules) =>
        rules.Policy is { } policy ? PolicyReasons.Signers.Because($"an HMAC proves no signer, and \"{policy.InForce.Name}\" demands one") : null;
}

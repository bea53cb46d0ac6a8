using System.Text.Json;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Signer.Signing;
using OfflineKit.Signing.Audit;

namespace OfflineKit.Signer.Audit;

/// <summary>How a request ended.</summary>
/// <param name="Outcome">Signed or answered, refused, failed.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">The problem's code; empty when there was none.</param>
/// <param name="Reason">The finer reason, which the answer does not tell; empty when there is none.</param>
/// <param name="Milliseconds">How long it took.</param>
internal sealed record RequestEnd(AuditOutcome Outcome, int Status, string Code, string Reason, long Milliseconds);

/// <summary>Writes the line of one request: the members of every audit log, and those of the service in their fixed order.</summary>
/// <remarks>Source: docs/spec/signing-audit-log.md; docs/signer/audit.md.</remarks>
internal static class RequestEntry
{
    private const int MostSubjects = 16;

    /// <summary>The entry of a request.</summary>
    public static AuditEntry Of(RequestFacts facts, RequestEnd end)
    {
        MadeSignature? first = facts.Signatures.FirstOrDefault();
        return new AuditEntry(
            first?.Key.Configuration.Uri.Text ?? "",
            first?.Key.Id ?? "",
            first?.Key.PublicKey.Scheme.Label ?? "",
            Short(facts.Subjects.FirstOrDefault()?.Name ?? facts.Decision),
            facts.Subjects.FirstOrDefault() is { } subject ? $"sha256:{subject.Sha256}" : "",
            facts.Endpoint,
            end.Outcome,
            end.Reason.Length > 0 ? end.Reason : end.Code,
            first?.ServiceRequest ?? "")
        {
            FurtherMembers = json => Write(json, facts, end),
        };
    }

    private static void Write(Utf8JsonWriter json, RequestFacts facts, RequestEnd end)
    {
        json.WriteString("requestId", facts.RequestId);
        json.WriteString("traceId", facts.TraceId);
        json.WriteString("tenant", facts.Token?.Tenant ?? "");
        json.WriteString("installation", facts.Token?.Installation ?? "");
        json.WriteString("client", facts.Token?.Client ?? "");
        json.WriteString("issuer", facts.Issuer);
        json.WriteString("tokenId", facts.Token?.Id ?? "");
        json.WriteString("binding", facts.Token?.Binding.ToString() ?? "");
        WriteRights(json, facts);
        WriteStatement(json, facts);
        WriteSigners(json, facts);
        json.WriteString("payloadSha256", facts.Sha256.Payload);
        json.WriteString("bundleSha256", facts.Sha256.Bundle);
        json.WriteStartObject("quota");
        json.WriteNumber("limit", facts.Quota?.Limits.Daily ?? 0);
        json.WriteNumber("remaining", facts.Quota?.Remaining ?? 0);
        json.WriteEndObject();
        json.WriteString("bypass", facts.Bypass);
        json.WriteNumber("status", end.Status);
        json.WriteString("code", end.Code);
        json.WriteNumber("durationMs", end.Milliseconds);
    }

    private static void WriteRights(Utf8JsonWriter json, RequestFacts facts)
    {
        json.WriteStartObject("poe");
        json.WriteString("id", facts.PoeId);
        json.WriteString("plan", facts.Entitlement?.Entitlement.Plan ?? "");
        json.WriteString("state", facts.Entitlement?.State.ToString().ToLowerInvariant() ?? "");
        json.WriteEndObject();
        json.WriteStartObject("scanner");
        json.WriteString("digest", facts.Scanner.Digest);
        json.WriteString("verdict", facts.Scanner.Verdict);
        json.WriteString("source", facts.Scanner.Source);
        json.WriteEndObject();
    }

    private static void WriteStatement(Utf8JsonWriter json, RequestFacts facts)
    {
        json.WriteString("predicateType", facts.PredicateType);
        json.WriteStartArray("subjects");
        foreach (StatementSubject subject in facts.Subjects.Take(MostSubjects))
        {
            json.WriteStartObject();
            json.WriteString("name", Short(subject.Name));
            json.WriteString("sha256", subject.Sha256);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("subjectCount", facts.Subjects.Length);
        json.WriteString("subjectsSha256", facts.Subjects.IsEmpty ? "" : Digest.Sha256(Utf8Text.Encode(string.Join('\n', facts.Subjects.Select(subject => $"{subject.Sha256}  {subject.Name}")))).Hex);
    }

    private static void WriteSigners(Utf8JsonWriter json, RequestFacts facts)
    {
        json.WriteString("mode", facts.Mode);
        json.WriteStartArray("signers");
        foreach (MadeSignature signature in facts.Signatures)
        {
            json.WriteStartObject();
            json.WriteString("name", signature.Key.Configuration.Name);
            json.WriteString("keyid", signature.Key.Id);
            json.WriteString("keySource", signature.Key.Source);
            json.WriteString("algorithm", signature.Key.PublicKey.Scheme.Label);
            json.WriteString("serviceRequest", signature.ServiceRequest);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // A line has its bound; the digest over all subjects says what was cut.
    private static string Short(string name) => name.Length <= 1300 ? name : name[..1300] + "…";
}

using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using OfflineKit.Encoding;

namespace OfflineKit.Reporting;

/// <summary>The report as JSON: the one contract that every other form is a skin over.</summary>
/// <remarks>Shape: docs/report.schema.json, member order fixed, one line. Untrusted text is data here and is not escaped beyond JSON.</remarks>
internal static class JsonReport
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.Default };

    /// <summary>The report in UTF-8, without a final newline.</summary>
    public static ReadOnlyMemory<byte> Write(Report report, Wording wording)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, Compact))
        {
            Write(json, report, wording);
        }

        return buffer.WrittenMemory;
    }

    /// <summary>Writes the report as one object.</summary>
    public static void Write(Utf8JsonWriter json, Report report, Wording wording)
    {
        Verdict verdict = report.Verdict;
        json.WriteStartObject();
        json.WriteNumber("version", Report.Version);
        json.WriteBoolean("trusted", verdict.IsTrusted);
        json.WriteString("format", verdict.Format);
        WriteArtifact(json, report);
        json.WriteString("signature", report.SignatureName);
        json.WriteStartObject("words");
        foreach ((string name, string value) in report.Words)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        WriteList(json, "evidence", verdict.Proof.Evidence, WriteEvidence);
        WriteList(json, "findings", verdict.Findings, (writer, finding) => WriteFinding(writer, finding, wording));
        WriteList(json, "checks", verdict.Proof.Checks, WriteCheck);
        WriteList(json, "remarks", verdict.Proof.Remarks.AddRange(report.Notes), WriteRemark);
        if (!verdict.Members.IsEmpty)
        {
            WriteList(json, "members", verdict.Members, (writer, member) => WriteMember(writer, member.Name, member.Verdict));
        }

        if (!report.Others.IsEmpty)
        {
            WriteList(json, "otherSignatures", report.Others, (writer, other) => WriteMember(writer, other.Name, other.Verdict));
        }

        WriteList(json, "claims", verdict.Claims, (writer, claim) => WritePairs(writer, ("name", claim.Name), ("value", claim.Value)));
        WriteList(json, "trustRoots", report.TrustRoots, (writer, root) =>
            WritePairs(writer, ("name", root.Name), ("source", root.Source), ("retrievedOn", root.RetrievedOn)));
        WriteList(json, "policies", report.Policies, WritePolicy);
        json.WriteEndObject();
    }

    /// <summary>Writes <paramref name="policy"/> as one object.</summary>
    internal static void WritePolicy(Utf8JsonWriter json, PolicyInForce policy)
    {
        json.WriteStartObject();
        json.WriteString("name", policy.Name);
        json.WriteString("digest", policy.Digest);
        json.WriteString("source", policy.Source);
        json.WriteString("reach", policy.Reach == PolicyReach.Machine ? "machine" : "question");
        WriteList(json, "passesOver", policy.PassesOver, (writer, name) => writer.WriteStringValue(name));
        json.WriteEndObject();
    }

    private static void WriteMember(Utf8JsonWriter json, string name, Verdict verdict)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteBoolean("trusted", verdict.IsTrusted);
        json.WriteString("format", verdict.Format);
        json.WriteString("reason", verdict.Findings.FirstOrDefault()?.Reason.Code ?? "");
        json.WriteString("detail", verdict.Findings.FirstOrDefault()?.Detail ?? "");
        json.WriteEndObject();
    }

    private static void WriteArtifact(Utf8JsonWriter json, Report report)
    {
        json.WriteStartObject("artifact");
        json.WriteString("name", report.ArtifactName);
        if (report.ArtifactSize >= 0)
        {
            json.WriteNumber("size", report.ArtifactSize);
        }

        json.WriteStartArray("digests");
        foreach (string digest in report.ArtifactDigests)
        {
            json.WriteStringValue(digest);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteEvidence(Utf8JsonWriter json, Evidence evidence)
    {
        switch (evidence)
        {
            case SignedByKey key:
                WritePairs(json, ("kind", "signed-by-key"), ("signer", key.Signer), ("fingerprint", key.Fingerprint), ("algorithm", key.Algorithm), ("root", key.Root));
                break;
            case SignedByIdentity identity:
                WriteIdentity(json, identity);
                break;
            case CoversArtifact covers:
                WritePairs(json, ("kind", "covers-artifact"), ("name", covers.Name), ("algorithm", covers.Algorithm), ("digest", covers.Digest));
                break;
            case SignedAt at:
                WritePairs(json, ("kind", "signed-at"), ("time", UtcText.Seconds(at.Time)), ("source", at.Source), ("root", at.Root));
                break;
            case LoggedIn log:
                WriteLog(json, log);
                break;
            case States states:
                WritePairs(json, ("kind", "states"), ("payloadType", states.PayloadType), ("predicateType", states.PredicateType));
                break;
            case StatesVersion version:
                WritePairs(json, ("kind", "states-version"), ("subject", version.Subject), ("version", version.Version), ("source", version.Source));
                break;
            case ListsFiles files:
                json.WriteStartObject();
                json.WriteString("kind", "lists-files");
                json.WriteNumber("files", files.Files);
                json.WriteNumber("bytes", files.Bytes);
                json.WriteEndObject();
                break;
            case TrustedComment comment:
                WritePairs(json, ("kind", "trusted-comment"), ("text", comment.Text));
                break;
            default:
                throw new InvalidOperationException($"no JSON form for {evidence.GetType().Name}");
        }
    }

    private static void WriteIdentity(Utf8JsonWriter json, SignedByIdentity identity)
    {
        json.WriteStartObject();
        json.WriteString("kind", "signed-by-identity");
        json.WriteString("identity", identity.Identity);
        json.WriteString("issuer", identity.Issuer);
        json.WriteString("algorithm", identity.Algorithm);
        json.WriteStartObject("extensions");
        foreach ((string name, string value) in identity.Extensions)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        json.WriteString("root", identity.Root);
        json.WriteEndObject();
    }

    private static void WriteLog(Utf8JsonWriter json, LoggedIn log)
    {
        json.WriteStartObject();
        json.WriteString("kind", "logged-in");
        json.WriteString("log", log.Log);
        json.WriteNumber("index", log.Index);
        json.WriteNumber("treeSize", log.TreeSize);
        json.WriteString("root", log.Root);
        json.WriteEndObject();
    }

    /// <summary>Writes <paramref name="finding"/> as one object; advice that names parameters is told as it is written, too, for hosts that call them otherwise.</summary>
    internal static void WriteFinding(Utf8JsonWriter json, Finding finding, Wording wording)
    {
        json.WriteStartObject();
        json.WriteString("reason", finding.Reason.Code);
        json.WriteString("meaning", finding.Reason.Meaning);
        json.WriteString("detail", finding.Detail);
        json.WriteString("nextStep", finding.Advice.In(wording));
        if (finding.Advice.NamesParameter)
        {
            json.WriteString("advice", finding.Advice.Template);
        }

        json.WriteEndObject();
    }

    internal static void WriteRemark(Utf8JsonWriter json, Remark remark) => WritePairs(json, ("code", remark.Code), ("text", remark.Text));

    private static void WriteCheck(Utf8JsonWriter json, Check check) => WritePairs(
        json, ("code", check.Code), ("outcome", OutcomeName(check.Outcome)), ("detail", check.Detail), ("root", check.Root));

    internal static string OutcomeName(CheckOutcome outcome) => outcome switch
    {
        CheckOutcome.Passed => "passed",
        CheckOutcome.Failed => "failed",
        _ => "not-evaluated",
    };

    internal static void WriteList<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
        {
            write(json, item);
        }

        json.WriteEndArray();
    }

    private static void WritePairs(Utf8JsonWriter json, params ReadOnlySpan<(string Name, string Value)> pairs)
    {
        json.WriteStartObject();
        foreach ((string name, string value) in pairs)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
    }
}

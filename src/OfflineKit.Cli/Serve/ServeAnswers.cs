using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using OfflineKit.Reporting;

namespace OfflineKit.Cli.Serve;

/// <summary>Writes answers, one JSON object a line; may be called from any thread.</summary>
internal sealed class ServeAnswers(Stream output)
{
    private readonly Lock _gate = new();

    /// <summary>The first line: who speaks, which protocol.</summary>
    public void Hello(string version, string runtime, string trustDate) => Line(json =>
    {
        json.WriteString("hello", "offlinekit");
        json.WriteNumber("protocol", ServeLoop.Protocol);
        json.WriteString("version", version);
        json.WriteString("runtime", runtime);
        json.WriteString("trustDate", trustDate);
    });

    /// <summary>The last line after a bye.</summary>
    public void Bye(long answered) => Line(json =>
    {
        json.WriteBoolean("bye", value: true);
        json.WriteNumber("answered", answered);
    });

    /// <summary>The verdict on one artefact.</summary>
    public void Verified(string id, Report report) => Line(json =>
    {
        json.WriteString("id", id);
        json.WriteString("status", report.Verdict.IsTrusted ? "valid" : "invalid");
        json.WritePropertyName("report");
        JsonReport.Write(json, report);
    });

    /// <summary>There is no signature to verify.</summary>
    public void NotSigned(string id, string message) => Fault(id, "not-signed", "signature.missing", message);

    /// <summary>Nothing could be decided.</summary>
    public void Error(string? id, string code, string message) => Fault(id, "error", code, message);

    /// <summary>The request was taken back before it was begun.</summary>
    public void Cancelled(string id) => Fault(id, "cancelled", "cancelled", "the request was cancelled");

    /// <summary>What a file claims.</summary>
    public void Inspected(string id, string format, string signature, ImmutableArray<Claim> claims) => Line(json =>
    {
        json.WriteString("id", id);
        json.WriteString("status", "inspected");
        json.WriteString("verified", "not-checked");
        json.WriteString("format", format);
        json.WriteString("signature", signature);
        json.WriteStartArray("claims");
        foreach (Claim claim in claims)
        {
            json.WriteStartObject();
            json.WriteString("name", claim.Name);
            json.WriteString("value", claim.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    /// <summary>Any other answer: a status and what <paramref name="members"/> writes.</summary>
    public void Done(string id, string status, Action<Utf8JsonWriter> members) => Line(json =>
    {
        json.WriteString("id", id);
        json.WriteString("status", status);
        members(json);
    });

    private void Fault(string? id, string status, string code, string message) => Line(json =>
    {
        json.WriteString("id", id);
        json.WriteString("status", status);
        json.WriteStartObject("error");
        json.WriteString("code", code);
        json.WriteString("message", message);
        json.WriteEndObject();
    });

    private void Line(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        lock (_gate)
        {
            output.Write(buffer.WrittenSpan);
            output.Flush();
        }
    }
}

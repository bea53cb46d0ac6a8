using OfflineKit.Host.Results;
using System.Collections.Immutable;
using System.Text.Json;
using OfflineKit.Reporting;

namespace OfflineKit.Host.Serve;

/// <summary>The answers of the verifying engine.</summary>
/// <param name="lines">Where they are written.</param>
/// <param name="wording">What the host calls parameters.</param>
internal sealed class ServeAnswers(AnswerLines lines, Wording wording)
{
    /// <summary>The verdict on what was asked as <paramref name="path"/>, which is said again: a verdict must not be taken for another's.</summary>
    /// <param name="id">The request's id.</param>
    /// <param name="path">What was asked.</param>
    /// <param name="report">The verdict.</param>
    /// <param name="notes">What was done besides, such as moving a refused export.</param>
    public void Verified(string id, string path, Report report, params ImmutableArray<string> notes) => lines.Done(id, report.Verdict.IsTrusted ? "valid" : "invalid", json =>
    {
        json.WriteString("path", path);
        if (!notes.IsEmpty)
        {
            json.WriteStartArray("notes");
            foreach (string note in notes)
            {
                json.WriteStringValue(note);
            }

            json.WriteEndArray();
        }

        json.WritePropertyName("report");
        JsonReport.Write(json, report, wording);
    });

    /// <summary>There is no signature to verify.</summary>
    public void NotSigned(string id, string message) => lines.Fault(id, "not-signed", UndecidedReasons.SignatureMissing, message);

    /// <summary>Nothing could be decided.</summary>
    public void Error(string? id, Reason reason, string message) => lines.Fault(id, "error", reason, message);

    /// <summary>The request was taken back before it was begun.</summary>
    public void Cancelled(string id) => lines.Fault(id, "cancelled", UndecidedReasons.Cancelled, "the request was cancelled");

    /// <summary>What a file claims.</summary>
    public void Inspected(string id, string format, string signature, ImmutableArray<Claim> claims) => lines.Done(id, "inspected", json =>
    {
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
    public void Done(string id, string status, Action<Utf8JsonWriter> members) => lines.Done(id, status, members);

    /// <summary>The last line after a bye.</summary>
    public void Bye(long answered) => lines.Bye(answered);
}

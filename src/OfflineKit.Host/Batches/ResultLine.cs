using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using OfflineKit.Encoding;
using OfflineKit.Host.Results;
using OfflineKit.Reporting;

namespace OfflineKit.Host.Batches;

/// <summary>Writes the lines of a results file.</summary>
/// <remarks>Source: docs/spec/results.md.</remarks>
internal static class ResultLine
{
    /// <summary>The version of the form.</summary>
    public const int Version = 1;

    /// <summary>The first line: who decided, when, on which question, under which policies, and on which part of the list.</summary>
    /// <param name="started">When the run began.</param>
    /// <param name="facts">What else it says.</param>
    public static ReadOnlyMemory<byte> Header(DateTimeOffset started, RunFacts facts) => Line(json =>
    {
        json.WriteString("results", "offlinekit");
        json.WriteNumber("version", Version);
        json.WriteString("engine", typeof(ResultLine).Assembly.GetName().Version?.ToString(3) ?? "");
        json.WriteString("build", ProgramFacts.Build);
        json.WriteString("startedAt", UtcText.Seconds(started));
        json.WriteString("question", facts.Question);
        WriteTexts(json, "asked", facts.Asked);
        WriteTexts(json, "policies", facts.Policies);
        if (facts.Shard is not null)
        {
            json.WritePropertyName("shard");
            facts.Shard.Write(json);
        }
    });

    private static void WriteTexts(System.Text.Json.Utf8JsonWriter json, string member, ImmutableArray<string>? texts)
    {
        if (texts is { } known)
        {
            JsonReport.WriteList(json, member, known, static (writer, text) => writer.WriteStringValue(text));
        }
    }

    /// <summary>A decided entry; <paramref name="question"/> says under which one, where it is another than the header's, since trust changed while the batch ran.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="files">What was read.</param>
    /// <param name="report">What was decided.</param>
    /// <param name="question">Null: the one of the header.</param>
    /// <param name="signatures">Those of the files that were used as signatures and have no line of their own; default: nobody asks.</param>
    /// <param name="looks">Whether the time decided; null: nobody goes on from this result.</param>
    public static BatchResult Decided(BatchEntry entry, ImmutableArray<FileMark> files, Report report, string? question, ImmutableArray<string> signatures, TimeLooks? looks = null)
    {
        Finding? finding = report.Verdict.Findings.FirstOrDefault();
        string status = report.Verdict.IsTrusted ? BatchResult.Valid : BatchResult.Invalid;
        Standing standing = Standings.Of(report.Verdict);
        return new BatchResult(entry.Path, status, finding?.Reason.Code ?? "", finding?.Detail ?? "", Line(json =>
        {
            Head(json, entry, status, standing, files);
            WriteTexts(json, "signatures", signatures.IsDefault ? null : signatures);
            if (question is not null)
            {
                json.WriteString("question", question);
            }

            if (looks?.IsAny == true)
            {
                json.WriteBoolean("timed", value: true);
            }

            json.WritePropertyName("report");
            JsonReport.Write(json, report, Requests.SurfaceWording.CommandLine);
        })) { Standing = standing, Signatures = signatures, By = report.Verdict.IsTrusted ? ByOf(report) : "" };
    }

    /// <summary>An entry about which nothing could be decided.</summary>
    public static BatchResult Undecided(BatchEntry entry, string status, Reason reason, string message) => Undecided(entry, status, status == BatchResult.NotSigned ? Standing.NotSigned : Standing.Undecided, reason, message);

    /// <summary>An entry that is signed in a form that nothing here verifies.</summary>
    public static BatchResult Unverifiable(BatchEntry entry, Reason reason, string message) => Undecided(entry, BatchResult.NotSigned, Standing.FormNotSupported, reason, message);

    private static BatchResult Undecided(BatchEntry entry, string status, Standing standing, Reason reason, string message) => new(entry.Path, status, reason.Code, message, Line(json =>
    {
        Head(json, entry, status, standing, []);
        json.WriteStartObject("error");
        json.WriteString("code", reason.Code);
        json.WriteString("message", message);
        json.WriteEndObject();
    })) { Standing = standing };

    private static string ByOf(Report report)
    {
        string signers = string.Join(", ", report.Verdict.Proof.Evidence.Select(evidence => evidence switch
        {
            SignedByKey key => key.Signer,
            SignedByIdentity identity => identity.Identity,
            _ => "",
        }).Where(name => name.Length > 0).Distinct(StringComparer.Ordinal));
        return report.Verdict.Proof.Evidence.OfType<ListsFiles>().FirstOrDefault() is { } list ? $"{signers}; {list.Files} files" : signers;
    }

    /// <summary>The last line.</summary>
    public static ReadOnlyMemory<byte> Summary(BatchSummary summary) => Line(json =>
    {
        json.WriteStartObject("summary");
        json.WriteBoolean("complete", summary.IsComplete);
        json.WriteNumber("total", summary.Total);
        foreach ((string status, long count) in summary.ByStatus)
        {
            json.WriteNumber(status, count);
        }

        json.WriteNumber("resumed", summary.Resumed);
        json.WriteStartObject("standings");
        foreach ((Standing standing, long count) in summary.ByStanding)
        {
            json.WriteNumber(standing.Word(), count);
        }

        json.WriteEndObject();
        json.WriteStartObject("reasons");
        foreach ((string reason, long count) in summary.ByReason)
        {
            json.WriteNumber(reason, count);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    });

    private static void Head(Utf8JsonWriter json, BatchEntry entry, string status, Standing standing, ImmutableArray<FileMark> files)
    {
        json.WriteString("path", entry.Path);
        json.WriteString("status", status);
        json.WriteString("standing", standing.Word());
        if (entry.Object is { } spelled)
        {
            json.WritePropertyName("entry");
            json.WriteRawValue(spelled.Span, skipInputValidation: true);
        }

        json.WriteStartArray("files");
        foreach (FileMark file in files)
        {
            json.WriteStartObject();
            json.WriteString("path", file.Path);
            json.WriteNumber("size", file.Size);
            json.WriteString("modified", file.Modified);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static ReadOnlyMemory<byte> Line(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> buffer = new(2048);
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}

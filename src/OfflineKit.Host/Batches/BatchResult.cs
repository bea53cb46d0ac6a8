using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Host.Results;

namespace OfflineKit.Host.Batches;

/// <summary>What became of one entry.</summary>
/// <param name="Path">The artefact.</param>
/// <param name="Status"><c>valid</c>, <c>invalid</c>, <c>not-signed</c> or <c>error</c>.</param>
/// <param name="Reason">The first reason or error code; empty when valid.</param>
/// <param name="Detail">What was seen and what was wanted; untrusted text.</param>
/// <param name="Line">The result as JSON, without a line end.</param>
internal sealed record BatchResult(string Path, string Status, string Reason, string Detail, ReadOnlyMemory<byte> Line)
{
    public const string Valid = "valid", Invalid = "invalid", NotSigned = "not-signed", Error = "error";

    /// <summary>Where the file stands, in the words of somebody who looks through a medium.</summary>
    public Standing Standing { get; init; } = Standing.Undecided;

    /// <summary>Who signed, proved, and of how many files it speaks; empty unless it is trusted. Untrusted text.</summary>
    public string By { get; init; } = "";

    /// <summary>The files beside it that were used as its signatures and have no line of their own; default: it says nothing of that.</summary>
    public ImmutableArray<string> Signatures { get; init; }

    /// <summary>It was taken from earlier results.</summary>
    public bool IsResumed { get; init; }

    /// <summary>How much of the list lies behind it, in bytes.</summary>
    public long Position { get; init; }

    /// <summary>The result on a line of a results file.</summary>
    public static BatchResult Parse(ReadOnlyMemory<byte> line, JsonValue value)
    {
        string status = value.String("status");
        JsonValue? report = value.Optional("report"), error = value.Optional("error");
        bool trusted = report?["trusted"].Boolean == true;
        if (status is not (Valid or Invalid or NotSigned or Error) || trusted != (status == Valid) || (report is null) == (error is null))
        {
            throw new MalformedException($"status \"{status}\" does not go with its report");
        }

        string reason = report?.Array("findings").FirstOrDefault()?.String("reason") ?? error?.String("code") ?? "";
        Standing standing = value.OptionalString("standing") is { } word ? Standings.Named(word) ?? throw new MalformedException($"standing \"{word}\"") : OfStatus(status, reason);
        if ((standing == Standing.Trusted) != (status == Valid))
        {
            throw new MalformedException($"standing \"{standing.Word()}\" does not go with status \"{status}\"");
        }

        JsonValue? finding = report?.Array("findings").FirstOrDefault();
        return new BatchResult(
            value.String("path"),
            status,
            reason,
            finding?.String("detail") ?? error?.String("message") ?? "",
            line)
        {
            Standing = standing,
            Signatures = value.Optional("signatures") is { } signatures ? [.. signatures.Elements.Select(one => one.Text)] : default,
        };
    }

    // Results of programs that knew no standings.
    private static Standing OfStatus(string status, string reason) => status switch
    {
        Valid => Standing.Trusted,
        Invalid => Standings.OfReason(reason),
        NotSigned => Standing.NotSigned,
        _ => Standing.Undecided,
    };
}

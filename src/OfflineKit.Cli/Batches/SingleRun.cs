using OfflineKit.Host.Requests;
using OfflineKit.Reporting;

namespace OfflineKit.Cli.Batches;

/// <summary>One answer in the forms of a run of many: lines with their header and summary, and the auditor's page.</summary>
/// <param name="report">The answer.</param>
/// <param name="request">The question.</param>
internal sealed class SingleRun(Report report, VerifyRequest request)
{
    private readonly ReadOnlyMemory<byte> _header = ResultLine.Header(DateTimeOffset.UtcNow, RunFacts.Of(request.Digest, report.Policies, request.Given));
    private readonly BatchResult _result = ResultLine.Decided(new BatchEntry(report.ArtifactName, Members: null), [], report, question: null, signatures: default);

    /// <summary>Writes the lines to standard output.</summary>
    public void WriteLines()
    {
        using Stream output = Terminal.OpenOutput();
        using BatchWriter writer = new(output, OutputForm.Ndjson, Terminal.Error);
        writer.Header(_header, report.Policies);
        writer.Result(_result);
        writer.End(Summary());
    }

    /// <summary>Writes the page to <paramref name="page"/>.</summary>
    public void Write(ResultPage page)
    {
        page.Take(_header);
        page.Take(_result.Line);
        page.Write(Summary());
    }

    private BatchSummary Summary()
    {
        BatchSummary summary = new() { IsComplete = true };
        summary.Count(_result);
        return summary;
    }
}

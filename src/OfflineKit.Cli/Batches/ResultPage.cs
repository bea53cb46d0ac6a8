using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Host.Results;

namespace OfflineKit.Cli.Batches;

/// <summary>The auditor's page of the run that makes the results.</summary>
/// <param name="path">Where it goes.</param>
internal sealed class ResultPage(string path)
{
    private readonly OutputFile _file = new(path, ReportKinds.Html, Replacing.EarlierOutput);
    private readonly ImmutableArray<ResultRow>.Builder _rows = ImmutableArray.CreateBuilder<ResultRow>();

    /// <summary>Refuses a place that is taken, before anything is decided.</summary>
    /// <exception cref="OutputException">It holds something else than an earlier page.</exception>
    public void RefuseIfTaken() => _file.RefuseIfTaken();

    /// <summary>Takes one result.</summary>
    public void Take(BatchResult result) => _rows.Add(ResultRow.Parse(result.Line.ToArray(), StrictJson.ParseObject(result.Line, "result")));

    /// <summary>Writes the page.</summary>
    /// <exception cref="OutputException">It cannot be written.</exception>
    public void Write(ReadOnlyMemory<byte> header, BatchSummary summary)
    {
        ResultSet results = new(ResultsHeader.Parse(header.ToArray()), _rows.ToImmutable(), summary);
        using FileTransaction change = new();
        change.Write(_file, stream => HtmlPage.Write(stream, results));
        change.Commit();
    }
}

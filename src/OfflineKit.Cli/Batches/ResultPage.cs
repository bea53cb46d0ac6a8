using OfflineKit.Host.Results;

namespace OfflineKit.Cli.Batches;

/// <summary>The auditor's page of the run that makes the results, which are kept in a scratch file until it is written.</summary>
/// <param name="path">Where it goes.</param>
internal sealed class ResultPage(string path)
{
    private readonly OutputFile _file = new(path, ReportKinds.Html, Replacing.EarlierOutput);
    private readonly Stream _lines = ScratchFile.Open() ?? (Stream)new MemoryStream();

    /// <summary>Refuses a place that is taken, before anything is decided.</summary>
    /// <exception cref="OutputException">It holds something else than an earlier page.</exception>
    public void RefuseIfTaken() => _file.RefuseIfTaken();

    /// <summary>Takes the header of the results, and then each of them.</summary>
    public void Take(ReadOnlyMemory<byte> line)
    {
        _lines.Write(line.Span);
        _lines.WriteByte((byte)'\n');
    }

    /// <summary>Writes the page.</summary>
    /// <exception cref="OutputException">It cannot be written.</exception>
    public void Write(BatchSummary summary)
    {
        using ResultSet results = ResultSet.Of(_lines, summary);
        using FileTransaction change = new();
        change.Write(_file, stream => HtmlPage.Write(stream, results));
        change.Commit();
    }
}

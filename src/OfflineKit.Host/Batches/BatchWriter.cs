using System.Collections.Immutable;
using OfflineKit.Host.Results;
using OfflineKit.Reporting;

namespace OfflineKit.Host.Batches;

/// <summary>Writes a batch's results, line by line: a stop at any time leaves whole lines.</summary>
/// <param name="output">Where the lines go.</param>
/// <param name="form">Lines of JSON, or words for people.</param>
/// <param name="beside">Where people read the counts when <paramref name="output"/> is for programs.</param>
internal sealed class BatchWriter(Stream output, OutputForm form, TextWriter beside) : IDisposable
{
    private const int FlushAt = 64 * 1024;
    private readonly MemoryStream _pending = new();
    private long _flushed = Environment.TickCount64;

    /// <summary>The first line, or the policies of the run in words.</summary>
    public void Header(ReadOnlyMemory<byte> line, ImmutableArray<PolicyInForce> policies)
    {
        if (form == OutputForm.Ndjson)
        {
            Line(line.Span);
            return;
        }

        foreach (string policy in TextReport.Policies(policies))
        {
            Line(Encoding.Utf8Text.Encode($"policy: {policy}"));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _pending.Dispose();

    /// <summary>One result.</summary>
    public void Result(BatchResult result)
    {
        if (form == OutputForm.Ndjson)
        {
            Line(result.Line.Span);
        }
        else
        {
            Line(Encoding.Utf8Text.Encode($"{result.Standing.InWords()}: {TerminalText.Escape(result.Path)}{About(result)}"));
        }

        if (_pending.Length >= FlushAt || Environment.TickCount64 - _flushed > 200)
        {
            Flush();
        }
    }

    /// <summary>The end. The counts go to standard output as well, as a line or in words.</summary>
    public void End(BatchSummary summary)
    {
        if (form == OutputForm.Ndjson)
        {
            Line(ResultLine.Summary(summary).Span);
            Flush();
            beside.Write(summary.InWords());
        }
        else
        {
            _pending.Write(Encoding.Utf8Text.Encode(summary.InWords()));
            Flush();
        }
    }

    /// <summary>Lets go what was held back: whoever reads along sees a result when it is decided.</summary>
    public void Flush()
    {
        if (_pending.Length == 0)
        {
            return;
        }

        output.Write(_pending.GetBuffer().AsSpan(0, (int)_pending.Length));
        output.Flush();
        _pending.SetLength(0);
        _flushed = Environment.TickCount64;
    }

    private static string About(BatchResult result) => result.Standing == Standing.Trusted
        ? result.By.Length > 0 ? $" ({TerminalText.Escape(result.By)})" : ""
        : $": {TerminalText.Escape(result.Reason)}: {TerminalText.Escape(result.Detail)}";

    private void Line(ReadOnlySpan<byte> line)
    {
        _pending.Write(line);
        _pending.WriteByte((byte)'\n');
    }
}

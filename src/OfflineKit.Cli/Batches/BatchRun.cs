using System.Collections.Immutable;
using System.Runtime.InteropServices;
using OfflineKit.Reporting;

namespace OfflineKit.Cli.Batches;

/// <summary>One run over many things: threads that decide, one writer, and an orderly end whenever it is stopped.</summary>
/// <param name="entries">What is decided, in order.</param>
/// <param name="length">How much of it there is, in bytes of a list; −1 when nobody knows.</param>
/// <param name="decide">Decides one, from any thread.</param>
/// <param name="writer">Where results go.</param>
internal sealed class BatchRun<TEntry>(IEnumerable<TEntry> entries, long length, Func<TEntry, ImmutableArray<BatchResult>> decide, BatchWriter writer)
{
    /// <summary>The page that is made of the results as well; null: none.</summary>
    public ResultPage? Page { get; init; }

    private const int WindowPerJob = 64;
    private readonly BatchSummary _summary = new();
    private volatile bool _stopped;

    /// <summary>Decides every entry with <paramref name="jobs"/> threads.</summary>
    /// <param name="facts">What the results say first.</param>
    /// <param name="policies">The policies in force when it begins.</param>
    /// <param name="jobs">How many threads.</param>
    /// <returns>The exit code.</returns>
    public int Run(RunFacts facts, ImmutableArray<PolicyInForce> policies, int jobs)
    {
        // Not disposed: when the run is stopped, a thread may be waiting for the next line of a list that stays open.
        IEnumerator<TEntry> taken = entries.GetEnumerator();
        ReorderWindow<TEntry, ImmutableArray<BatchResult>> window = new(taken, jobs * WindowPerJob);
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, window));
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, window));
        Page?.RefuseIfTaken();
        ReadOnlyMemory<byte> header = ResultLine.Header(DateTimeOffset.UtcNow, facts);
        writer.Header(header, policies);
        Page?.Take(header);
        Thread[] workers = [.. Sequences.Range(0, jobs).Select(_ => new Thread(() => window.Work(decide)) { IsBackground = true })];
        Array.ForEach(workers, worker => worker.Start());
        _summary.IsComplete = WriteAll(window);
        Page?.Write(_summary);
        writer.End(_summary);
        return ExitCodes.Of(_summary.Outcome);
    }

    private bool WriteAll(ReorderWindow<TEntry, ImmutableArray<BatchResult>> window)
    {
        BatchProgress progress = new(length);
        try
        {
            while (window.Next(out ImmutableArray<BatchResult> results) is var next and not NextResult.End)
            {
                if (next == NextResult.Idle)
                {
                    writer.Flush();
                    continue;
                }

                foreach (BatchResult result in results)
                {
                    _summary.Count(result);
                    writer.Result(result);
                    Page?.Take(result.Line);
                    progress.Show(_summary, result.Position);
                }
            }

            return !_stopped;
        }
        catch (BrokenListException fault)
        {
            Terminal.Error.WriteLine($"offlinekit: error: {TerminalText.Escape(fault.Message)}");
            return false;
        }
        finally
        {
            progress.Clear();
        }
    }

    // A second signal ends the process at once.
    private void Stop(PosixSignalContext signal, ReorderWindow<TEntry, ImmutableArray<BatchResult>> window)
    {
        signal.Cancel = !_stopped;
        _stopped = true;
        window.Stop();
    }
}

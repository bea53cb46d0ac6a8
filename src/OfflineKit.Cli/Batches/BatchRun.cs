using System.Collections.Immutable;
using System.Runtime.InteropServices;
using OfflineKit.Reporting;

namespace OfflineKit.Cli.Batches;

/// <summary>One run over a list: threads that decide, one writer, and an orderly end whenever it is stopped.</summary>
internal sealed class BatchRun(BatchList list, BatchAnswers answers, BatchWriter writer)
{
    private const int WindowPerJob = 64;
    private readonly BatchSummary _summary = new();
    private volatile bool _stopped;

    /// <summary>Decides every entry with <paramref name="jobs"/> threads.</summary>
    /// <returns>The exit code.</returns>
    public int Run(string question, ImmutableArray<PolicyInForce> policies, int jobs)
    {
        // Not disposed: when the run is stopped, a thread may be waiting for the next line of a list that stays open.
        IEnumerator<BatchEntry> entries = list.Entries().GetEnumerator();
        ReorderWindow<BatchEntry, BatchResult> window = new(entries, jobs * WindowPerJob);
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, window));
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, window));
        writer.Header(ResultLine.Header(DateTimeOffset.UtcNow, question, [.. policies.Select(policy => policy.InWords)], list.Shard), policies);
        Thread[] workers = [.. Sequences.Range(0, jobs).Select(_ => new Thread(() => window.Work(answers.Decide)) { IsBackground = true })];
        Array.ForEach(workers, worker => worker.Start());
        _summary.IsComplete = WriteAll(window);
        writer.End(_summary);
        return ExitCodes.Of(_summary.Outcome);
    }

    private bool WriteAll(ReorderWindow<BatchEntry, BatchResult> window)
    {
        BatchProgress progress = new(list.Length);
        try
        {
            while (window.Next(out BatchResult? result) is var next and not NextResult.End)
            {
                if (next == NextResult.Idle)
                {
                    writer.Flush();
                    continue;
                }

                _summary.Count(result!);
                writer.Result(result!);
                progress.Show(_summary, result!.Position);
            }

            return !_stopped;
        }
        catch (BrokenListException fault)
        {
            Console.Error.WriteLine($"offlinekit: error: {TerminalText.Escape(fault.Message)}");
            return false;
        }
        finally
        {
            progress.Clear();
        }
    }

    // A second signal ends the process at once.
    private void Stop(PosixSignalContext signal, ReorderWindow<BatchEntry, BatchResult> window)
    {
        signal.Cancel = !_stopped;
        _stopped = true;
        window.Stop();
    }
}

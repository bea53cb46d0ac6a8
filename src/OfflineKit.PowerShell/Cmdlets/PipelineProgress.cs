using System.Diagnostics;
using System.Management.Automation;

namespace OfflineKit.PowerShell;

/// <summary>Shows progress over a long pipeline: nothing in the first second, then four times a second, since drawing costs more than verifying.</summary>
internal sealed class PipelineProgress
{
    private const long QuietMilliseconds = 1000, StepMilliseconds = 250;
    private const int Activity = 0x0FF11E;
    private readonly Cmdlet _cmdlet;
    private readonly string _what;
    private Stopwatch? _watch;
    private long _next = QuietMilliseconds;
    private int _done;
    private bool _shown;

    /// <summary>Progress of <paramref name="cmdlet"/>, which is doing <paramref name="what"/>.</summary>
    public PipelineProgress(Cmdlet cmdlet, string what) => (_cmdlet, _what) = (cmdlet, what);

    /// <summary>One more was done; on the pipeline thread.</summary>
    public void Step(string current)
    {
        _done++;
        _watch = _watch ?? Stopwatch.StartNew();
        if (_watch.ElapsedMilliseconds >= _next)
        {
            _next = _watch.ElapsedMilliseconds + StepMilliseconds;
            _shown = true;
            _cmdlet.WriteProgress(new ProgressRecord(Activity, _what, $"{_done} done") { CurrentOperation = current });
        }
    }

    /// <summary>Takes the bar away.</summary>
    public void End()
    {
        if (_shown)
        {
            _shown = false;
            _cmdlet.WriteProgress(new ProgressRecord(Activity, _what, $"{_done} done") { RecordType = ProgressRecordType.Completed });
        }
    }
}

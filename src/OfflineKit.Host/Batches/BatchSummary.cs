using System.Text;
using OfflineKit.Host.Results;
using OfflineKit.Reporting;

namespace OfflineKit.Host.Batches;

/// <summary>The counts of a batch.</summary>
internal sealed class BatchSummary
{
    private readonly SortedDictionary<string, long> _reasons = new(StringComparer.Ordinal);
    private readonly SortedDictionary<Standing, long> _standings = [];
    private readonly Dictionary<string, long> _status = new(StringComparer.Ordinal);

    /// <summary>Every entry of the input has a result.</summary>
    public bool IsComplete { get; set; }

    /// <summary>How many results there are.</summary>
    public long Total { get; private set; }

    /// <summary>How many of them were taken from earlier results.</summary>
    public long Resumed { get; private set; }

    /// <summary>How many have <paramref name="status"/>.</summary>
    public long Of(string status) => _status.GetValueOrDefault(status);

    /// <summary>How many are not valid.</summary>
    public long NotValid => Total - Of(BatchResult.Valid);

    /// <summary>How many of each status.</summary>
    public IEnumerable<(string Status, long Count)> ByStatus =>
        new[] { BatchResult.Valid, BatchResult.Invalid, BatchResult.NotSigned, BatchResult.Error }.Select(status => (status, Of(status)));

    /// <summary>How many stand where, where somebody does.</summary>
    public IEnumerable<(Standing Standing, long Count)> ByStanding => _standings.Select(pair => (pair.Key, pair.Value));

    /// <summary>How many of each reason, in ordinal order.</summary>
    public IEnumerable<KeyValuePair<string, long>> ByReason => _reasons;

    /// <summary>Trusted when everything is, not trusted when something is not, undecided when something could not be decided or nothing was asked.</summary>
    public Outcome Outcome => !IsComplete || Total == 0 ? Outcome.Undecided
        : Of(BatchResult.Invalid) > 0 ? Outcome.NotTrusted
        : Of(BatchResult.Valid) == Total ? Outcome.Trusted : Outcome.Undecided;

    /// <summary>Counts <paramref name="result"/>.</summary>
    public void Count(BatchResult result)
    {
        Total++;
        Resumed += result.IsResumed ? 1 : 0;
        _status[result.Status] = Of(result.Status) + 1;
        _standings[result.Standing] = _standings.GetValueOrDefault(result.Standing) + 1;
        if (result.Reason.Length > 0)
        {
            _reasons[result.Reason] = _reasons.GetValueOrDefault(result.Reason) + 1;
        }
    }

    /// <summary>The counts for people.</summary>
    public string InWords()
    {
        StringBuilder text = new();
        string verdict = !IsComplete ? "STOPPED BEFORE THE END" : Outcome == Outcome.Trusted ? "ALL TRUSTED" : "NOT ALL TRUSTED";
        text.Append(verdict).Append(": ").Append(Of(BatchResult.Valid)).Append(" of ").Append(Total).Append(" files are trusted");
        text.Append(Resumed > 0 ? $"; {Resumed} results are kept from an earlier run\n" : "\n");
        foreach ((Standing standing, long count) in ByStanding.Where(pair => pair.Standing != Standing.Trusted))
        {
            text.Append($"  {count,8} {standing.InWords()}\n");
        }

        foreach ((string reason, long count) in ByReason)
        {
            text.Append($"  {count,8} {TerminalText.Escape(reason)}\n");
        }

        return text.ToString();
    }
}

namespace OfflineKit.Cli.Batches;

/// <summary>How far a batch has come, on standard error when that is a terminal.</summary>
/// <param name="length">Size of the list in bytes; −1 when nobody knows how much there will be.</param>
internal sealed class BatchProgress(long length)
{
    private const int Width = 24;
    private readonly bool _isWatched = !Console.IsErrorRedirected;
    private readonly long _started = Environment.TickCount64;
    private long _next = Environment.TickCount64 + 500;
    private bool _shown;

    /// <summary>Shows what <paramref name="summary"/> counts, at most five times a second.</summary>
    public void Show(BatchSummary summary, long position)
    {
        long now = Environment.TickCount64;
        if (!_isWatched || now < _next)
        {
            return;
        }

        (_next, _shown) = (now + 200, true);
        Terminal.Error.Write($"\r\u001b[K{Text(summary, position, length, now - _started)}");
    }

    /// <summary>Clears the line.</summary>
    public void Clear()
    {
        if (_shown)
        {
            Terminal.Error.Write("\r\u001b[K");
        }
    }

    /// <summary>The line: bar, count, rate, time left, and what is not trusted.</summary>
    internal static string Text(BatchSummary summary, long position, long length, long milliseconds)
    {
        double rate = summary.Total * 1000.0 / Math.Max(1, milliseconds);
        string failed = summary.NotValid > 0 ? $", {summary.NotValid} not trusted" : "";
        if (length <= 0 || position <= 0)
        {
            return $"{summary.Total} files, {rate:F0}/s{failed}";
        }

        double share = Math.Min(1, (double)position / length);
        int filled = (int)(Width * share);
        TimeSpan left = TimeSpan.FromMilliseconds(Math.Min(milliseconds / share * (1 - share), TimeSpan.FromDays(99).TotalMilliseconds));
        return $"[{new string('#', filled)}{new string('.', Width - filled)}] {100 * share:F0} %, {summary.Total} files, {rate:F0}/s, {left:d\\.hh\\:mm\\:ss} left{failed}".Replace(" 0.", " ", StringComparison.Ordinal);
    }
}

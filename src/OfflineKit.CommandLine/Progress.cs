namespace OfflineKit.CommandLine;

/// <summary>How far a long read has come, on standard error when that is a terminal.</summary>
internal sealed class Progress : IDisposable
{
    private const long Silence = 64L << 20, Step = 16L << 20;

    private readonly long _started = Environment.TickCount64;
    private long _total, _next = Silence;
    private bool _shown;

    /// <summary>What is told how much was read of <paramref name="total"/> bytes (−1: unknown); null when that is short, or nobody watches.</summary>
    public Action<long>? Begin(long total)
    {
        _total = total;
        return (total >= 0 && total <= Silence) || Console.IsErrorRedirected ? null : Show;
    }

    /// <summary>Clears the line.</summary>
    public void Dispose()
    {
        if (_shown)
        {
            Terminal.Error.Write("\r\u001b[K");
        }
    }

    private void Show(long read)
    {
        if (read < _next)
        {
            return;
        }

        _next = read + Step;
        _shown = true;
        long milliseconds = Math.Max(1, Environment.TickCount64 - _started);
        string share = _total > 0 ? $" of {_total >> 20} MiB ({100 * read / _total} %)" : "";
        Terminal.Error.Write($"\r\u001b[K{read >> 20} MiB{share}, {(read >> 20) * 1000 / milliseconds} MiB/s");
    }
}

namespace OfflineKit.CommandLine;

/// <summary>How far a long read has come, on standard error when that is a terminal.</summary>
internal sealed class Progress : IDisposable
{
    private const long Silence = 64L << 20, Step = 16L << 20;

    private readonly long _started = Environment.TickCount64;
    private readonly long _total;
    private long _next = Silence;
    private bool _shown;

    private Progress(long total) => _total = total;

    /// <summary>Shows the reading of <paramref name="total"/> bytes (−1: unknown); null when that is short, or nobody watches.</summary>
    public static Progress? Watch(long total) => (total >= 0 && total <= Silence) || Console.IsErrorRedirected ? null : new Progress(total);

    /// <summary>Clears the line.</summary>
    public void Dispose()
    {
        if (_shown)
        {
            Console.Error.Write("\r\u001b[K");
        }
    }

    /// <summary>So many bytes were read.</summary>
    public void Show(long read)
    {
        if (read < _next)
        {
            return;
        }

        _next = read + Step;
        _shown = true;
        long milliseconds = Math.Max(1, Environment.TickCount64 - _started);
        string share = _total > 0 ? $" of {_total >> 20} MiB ({100 * read / _total} %)" : "";
        Console.Error.Write($"\r\u001b[K{read >> 20} MiB{share}, {(read >> 20) * 1000 / milliseconds} MiB/s");
    }
}

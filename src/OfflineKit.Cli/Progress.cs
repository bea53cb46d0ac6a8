namespace OfflineKit.Cli;

/// <summary>How far a long read has come, on standard error when that is a terminal.</summary>
internal sealed class Progress : IDisposable
{
    private const long Silence = 64L << 20, Step = 16L << 20;

    private readonly long _started = Environment.TickCount64;
    private readonly long _total;
    private long _next = Silence;
    private bool _shown;

    private Progress(long total) => _total = total;

    /// <summary>Reports the reading of <paramref name="artifact"/>, <paramref name="total"/> bytes long (−1: unknown), when somebody watches.</summary>
    public static Progress? Watch(Artifact artifact, long total)
    {
        if ((total >= 0 && total <= Silence) || Console.IsErrorRedirected)
        {
            return null;
        }

        Progress progress = new(total);
        artifact.OnRead = progress.Show;
        return progress;
    }

    /// <summary>Clears the line.</summary>
    public void Dispose()
    {
        if (_shown)
        {
            Console.Error.Write("\r\u001b[K");
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
        Console.Error.Write($"\r\u001b[K{read >> 20} MiB{share}, {(read >> 20) * 1000 / milliseconds} MiB/s");
    }
}

using System.Collections.Immutable;
using System.Globalization;
using System.Threading.Channels;
using OfflineKit.Files;
using OfflineKit.Signer.Http;
using OfflineKit.Signing;
using OfflineKit.Signing.Audit;

namespace OfflineKit.Signer.Audit;

/// <summary>The record of every request: files of chained lines, one a month. Whoever waits for a line goes on when it is on the disk; lines that wait together share a flush.</summary>
internal sealed class AuditJournal : IAsyncDisposable
{
    private const int LargestBatch = 128;
    private readonly Channel<Waiting> _waiting = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(4096) { SingleReader = true });
    private readonly string _folder;
    private readonly TimeProvider _clock;
    private readonly SigningKey? _signer;
    private readonly Action<string, ImmutableArray<AuditReceipt>, ImmutableArray<string>> _written;
    private readonly Task _worker;
    private (string Month, AuditLog Log)? _open;

    /// <summary>A journal in <paramref name="folder"/>, which is made; <paramref name="written"/> hears of what is on the disk.</summary>
    public AuditJournal(string folder, SigningKey? signer, TimeProvider clock, Action<string, ImmutableArray<AuditReceipt>, ImmutableArray<string>> written)
    {
        (_folder, _signer, _clock, _written) = (folder, signer, clock, written);
        using (FileTransaction make = new())
        {
            make.MakeFolder(folder);
            make.Commit();
        }

        _worker = Task.Factory.StartNew(WorkAsync, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
    }

    private sealed record Waiting(AuditEntry Entry, string Tenant, TaskCompletionSource<AuditReceipt> Receipt);

    /// <summary>Lines that could not be written.</summary>
    public long Failures { get; private set; }

    /// <summary>The last lines could not be written.</summary>
    public bool LastFailed { get; private set; }

    /// <summary>The number of the last line, or −1.</summary>
    public long Sequence { get; private set; } = -1;

    /// <summary>The name of the file of the month in which <paramref name="time"/> lies.</summary>
    public static string FileOf(DateTimeOffset time) => string.Create(CultureInfo.InvariantCulture, $"audit-{time.UtcDateTime:yyyy-MM}.jsonl");

    /// <summary>Writes <paramref name="entry"/> and waits until it is on the disk.</summary>
    /// <exception cref="RefusedException"><c>audit_unavailable</c>: it is not, and nothing may leave.</exception>
    public async Task<AuditReceipt> WriteAsync(AuditEntry entry, string tenant)
    {
        Waiting waiting = new(entry, tenant, new TaskCompletionSource<AuditReceipt>(TaskCreationOptions.RunContinuationsAsynchronously));
        try
        {
            await _waiting.Writer.WriteAsync(waiting).ConfigureAwait(false);
            return await waiting.Receipt.Task.ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw Problems.AuditUnavailable.Because("the service is ending").After(5);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _worker.ConfigureAwait(false);
        if (_signer is not null)
        {
            await _signer.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task WorkAsync()
    {
        List<Waiting> batch = [];
        while (await _waiting.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (batch.Count < LargestBatch && _waiting.Reader.TryRead(out Waiting? next))
            {
                batch.Add(next);
            }

            Write(batch);
            batch.Clear();
        }
    }

    private void Write(List<Waiting> batch)
    {
        try
        {
            string file = FileOf(_clock.GetUtcNow());
            if (_open?.Month != file)
            {
                _open = (file, new AuditLog(Path.Combine(_folder, file), "offlinekit-signer", _clock, _signer) { CutLine = CutLine.TakenBack });
            }

            ImmutableArray<AuditReceipt> receipts = _open!.Value.Log.AppendAll([.. batch.Select(waiting => waiting.Entry)]);
            (Sequence, LastFailed) = (receipts[^1].Sequence, false);
            _written(file, receipts, [.. batch.Select(waiting => waiting.Tenant)]);
            for (int at = 0; at < receipts.Length; at++)
            {
                batch[at].Receipt.SetResult(receipts[at]);
            }
        }
        catch (SigningException fault)
        {
            (Failures, LastFailed) = (Failures + batch.Count, true);
            batch.ForEach(waiting => waiting.Receipt.SetException(Problems.AuditUnavailable.Because($"the record of the request cannot be written: {fault.Finding.Reason.Code}").After(10)));
        }
    }
}

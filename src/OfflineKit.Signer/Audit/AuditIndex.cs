using System.Collections.Immutable;
using System.Threading.Channels;
using OfflineKit.Encoding;
using OfflineKit.FileSystem;
using OfflineKit.Signer.Stores;
using OfflineKit.Signing.Audit;

namespace OfflineKit.Signer.Audit;

/// <summary>One line of the journal as the index answers it.</summary>
/// <param name="Sequence">Its place among the lines of all instances.</param>
/// <param name="Record">The line.</param>
internal sealed record IndexedLine(long Sequence, string Record);

/// <summary>What makes the journal's lines searchable. The files are the record: what the index lacks is read from them again at start.</summary>
internal sealed class AuditIndex : IAsyncDisposable
{
    private readonly Channel<(string File, AuditReceipt Receipt, string Tenant)> _lines = Channel.CreateUnbounded<(string, AuditReceipt, string)>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SqlStore _store;
    private readonly Task _worker;

    /// <summary>An index in <paramref name="store"/>.</summary>
    public AuditIndex(SqlStore store)
    {
        _store = store;
        _worker = Task.Run(WorkAsync);
    }

    /// <summary>Takes lines that are on the disk; they can be found a moment later.</summary>
    public void Take(string file, ImmutableArray<AuditReceipt> receipts, ImmutableArray<string> tenants)
    {
        for (int at = 0; at < receipts.Length; at++)
        {
            _lines.Writer.TryWrite((file, receipts[at], tenants[at]));
        }
    }

    /// <summary>The lines of <paramref name="tenant"/> after <paramref name="after"/>, at most <paramref name="most"/>.</summary>
    public Task<List<IndexedLine>> ReadAsync(string tenant, long after, int most, CancellationToken cancellation) => _store.InTransactionAsync(
        session => session.Query(
            "SELECT sequence, record FROM audit_index WHERE tenant = @tenant AND sequence > @after ORDER BY sequence LIMIT @most",
            row => new IndexedLine(row.GetInt64(0), row.GetString(1)),
            ("@tenant", tenant), ("@after", after), ("@most", (long)most)),
        cancellation);

    /// <summary>Reads into the index what a file has beyond it: after an end that nobody planned.</summary>
    public async Task CatchUpAsync(string folder, string file, CancellationToken cancellation)
    {
        string path = Path.Combine(folder, file);
        if (FileStatus.IsAbsent(path))
        {
            return;
        }

        long known = await _store.InTransactionAsync(
            session => session.Query("SELECT COALESCE(MAX(line), -1) FROM audit_index WHERE file = @file", row => row.GetInt64(0), ("@file", file))[0], cancellation).ConfigureAwait(false);
        long line = 0;
        foreach (string text in File.ReadLines(path).Where(_ => line++ > known))
        {
            JsonValue entry = StrictJson.ParseObject(Utf8Text.Encode(text), "audit line");
            _lines.Writer.TryWrite((file, new AuditReceipt(entry["sequence"].Integer, "", Utf8Text.Encode(text)), entry.OptionalString("tenant") ?? ""));
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _lines.Writer.TryComplete();
        await _worker.ConfigureAwait(false);
    }

    private async Task WorkAsync()
    {
        List<(string File, AuditReceipt Receipt, string Tenant)> batch = [];
        while (await _lines.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (batch.Count < 256 && _lines.Reader.TryRead(out (string, AuditReceipt, string) line))
            {
                batch.Add(line);
            }

            try
            {
                await _store.InTransactionAsync(session => Insert(session, batch), CancellationToken.None).ConfigureAwait(false);
                batch.Clear();
            }
            catch (StoreUnavailableException)
            {
                // Nothing is lost: the batch is tried again with what comes next, or read from the files at the next start.
            }
        }
    }

    private static int Insert(SqlSession session, List<(string File, AuditReceipt Receipt, string Tenant)> batch)
    {
        foreach ((string file, AuditReceipt receipt, string tenant) in batch)
        {
            session.Execute(
                "INSERT INTO audit_index (file, line, tenant, record) VALUES (@file, @line, @tenant, @record) ON CONFLICT DO NOTHING",
                ("@file", file), ("@line", receipt.Sequence), ("@tenant", tenant), ("@record", Utf8Text.Decode(receipt.Line.Span, "audit line")));
        }

        return batch.Count;
    }
}

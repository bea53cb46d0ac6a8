using System.Data.Common;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace OfflineKit.Signer.Stores;

/// <summary>SQLite, for one machine: one writer, which takes what waits into one transaction, so that a flush to the disk serves many requests.</summary>
internal sealed class SqliteStore : SqlStore
{
    private const int LargestBatch = 256;
    private readonly Channel<Job> _jobs = Channel.CreateBounded<Job>(new BoundedChannelOptions(4096) { SingleReader = true });
    private readonly SqliteConnection _connection;
    private readonly TimeProvider _clock;
    private readonly Task _worker;

    /// <summary>The database at <paramref name="path"/>, made when it is not there; one machine has one clock.</summary>
    public SqliteStore(string path, TimeProvider clock)
    {
        _clock = clock;
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        _worker = Task.Factory.StartNew(WorkAsync, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
    }

    /// <inheritdoc/>
    protected override string Identity => "INTEGER PRIMARY KEY AUTOINCREMENT";

    /// <inheritdoc/>
    public override async Task<T> InTransactionAsync<T>(Func<SqlSession, T> work, CancellationToken cancellation)
    {
        Job<T> job = new(work);
        try
        {
            await _jobs.Writer.WriteAsync(job, cancellation).ConfigureAwait(false);
        }
        catch (ChannelClosedException fault)
        {
            throw new StoreUnavailableException("the store is closed", fault);
        }

        return await job.Answer.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        _jobs.Writer.TryComplete();
        await _worker.ConfigureAwait(false);
        await _connection.DisposeAsync().ConfigureAwait(false);
    }

    private async Task WorkAsync()
    {
        List<Job> batch = [];
        while (await _jobs.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (batch.Count < LargestBatch && _jobs.Reader.TryRead(out Job? job))
            {
                batch.Add(job);
            }

            if (!TryRun(batch))
            {
                // One of them cannot be done: each is tried for itself, so that the others are.
                batch.ForEach(job => TryRun([job]));
            }

            batch.Clear();
        }
    }

    // True when all of the batch is on the disk, or its only job knows why it is not.
    private bool TryRun(List<Job> batch)
    {
        try
        {
            Open();
            using SqliteTransaction transaction = _connection.BeginTransaction(deferred: false);
            SqlSession session = new(_connection, transaction, _clock.GetUtcNow());
            batch.ForEach(job => job.Run(session));
            transaction.Commit();
            batch.ForEach(job => job.Release());
            return true;
        }
        catch (DbException fault)
        {
            return Refuse(batch, new StoreUnavailableException(fault.Message, fault));
        }
#pragma warning disable CA1031 // What a job throws belongs to whoever waits for it; the worker goes on.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            return Refuse(batch, fault);
        }
    }

    private static bool Refuse(List<Job> batch, Exception fault)
    {
        if (batch is not [Job only])
        {
            return false;
        }

        only.Refuse(fault);
        return true;
    }

    private void Open()
    {
        if (_connection.State == System.Data.ConnectionState.Open)
        {
            return;
        }

        _connection.Open();
        using SqliteCommand settings = _connection.CreateCommand();
        settings.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000";
        settings.ExecuteNonQuery();
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_connection.DataSource, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }
}

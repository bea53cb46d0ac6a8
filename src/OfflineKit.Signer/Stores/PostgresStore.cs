using System.Data;
using System.Data.Common;
using Npgsql;

namespace OfflineKit.Signer.Stores;

/// <summary>PostgreSQL, for several machines: rows are locked where decisions are made, and the clock is the server's.</summary>
internal sealed class PostgresStore : SqlStore
{
    private const int Attempts = 5;
    private readonly NpgsqlDataSource _source;

    /// <summary>The database that <paramref name="connection"/> names; its password stands in a file that the connection string names (<c>Passfile</c>), not in the configuration.</summary>
    public PostgresStore(string connection) => _source = new NpgsqlSlimDataSourceBuilder(connection).Build();

    /// <inheritdoc/>
    protected override string Identity => "BIGSERIAL PRIMARY KEY";

    /// <inheritdoc/>
    public override Task<T> InTransactionAsync<T>(Func<SqlSession, T> work, CancellationToken cancellation) => Task.Run(() => Run(work, cancellation), cancellation);

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => _source.DisposeAsync();

    private T Run<T>(Func<SqlSession, T> work, CancellationToken cancellation)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return RunOnce(work);
            }
            catch (PostgresException fault) when (fault.IsTransient && attempt < Attempts && !cancellation.IsCancellationRequested)
            {
                // Two transactions stood in each other's way; the server ended this one, and nothing of it counts.
            }
            catch (DbException fault)
            {
                throw new StoreUnavailableException(fault.Message, fault);
            }
        }
    }

    private T RunOnce<T>(Func<SqlSession, T> work)
    {
        using NpgsqlConnection connection = _source.OpenConnection();
        using NpgsqlTransaction transaction = connection.BeginTransaction(IsolationLevel.ReadCommitted);
        using NpgsqlCommand clock = new("SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)", connection, transaction);
        DateTimeOffset now = DateTimeOffset.FromUnixTimeMilliseconds((long)clock.ExecuteScalar()!);
        T answer = work(new SqlSession(connection, transaction, now));
        transaction.Commit();
        return answer;
    }
}

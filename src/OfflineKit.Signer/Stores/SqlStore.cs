using System.Data.Common;

namespace OfflineKit.Signer.Stores;

/// <summary>The store does not answer, or answers with a fault: whatever asked it is refused, never waved through.</summary>
internal sealed class StoreUnavailableException(string message, Exception cause) : Exception(message, cause);

/// <summary>A database in which several instances, or the requests of one, meet. Both kinds are spoken to in the same SQL.</summary>
internal abstract class SqlStore : IAsyncDisposable
{
    /// <summary>How a table's running number is declared here.</summary>
    protected abstract string Identity { get; }

    /// <summary>Makes the tables that are not there.</summary>
    public Task PrepareAsync(CancellationToken cancellation) => InTransactionAsync(
        session =>
        {
            foreach (string table in Schema.Tables)
            {
                session.Execute(table.Replace("{identity}", Identity, StringComparison.Ordinal));
            }

            return 0;
        },
        cancellation);

    /// <summary>Runs <paramref name="work"/> in one transaction, which is on the disk when the answer is here. It may be run twice, and counts once.</summary>
    /// <exception cref="StoreUnavailableException">Nothing of it counts.</exception>
    public abstract Task<T> InTransactionAsync<T>(Func<SqlSession, T> work, CancellationToken cancellation);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}

/// <summary>One transaction.</summary>
/// <param name="connection">An open connection.</param>
/// <param name="transaction">The transaction on it.</param>
/// <param name="now">The store's time, the same for the whole transaction.</param>
internal sealed class SqlSession(DbConnection connection, DbTransaction transaction, DateTimeOffset now)
{
    /// <summary>The store's time.</summary>
    public DateTimeOffset Now => now;

    /// <summary>The store's time in milliseconds since 1970.</summary>
    public long Milliseconds => now.ToUnixTimeMilliseconds();

    /// <summary>Runs <paramref name="sql"/>; how many rows it changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using DbCommand command = Command(sql, parameters);
        return command.ExecuteNonQuery();
    }

    /// <summary>The rows that <paramref name="sql"/> answers.</summary>
    public List<T> Query<T>(string sql, Func<DbDataReader, T> row, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using DbCommand command = Command(sql, parameters);
        using DbDataReader reader = command.ExecuteReader();
        List<T> rows = [];
        while (reader.Read())
        {
            rows.Add(row(reader));
        }

        return rows;
    }

#pragma warning disable CA2100 // Every text is a constant of this program; what comes from outside is a parameter.
    private DbCommand Command(string sql, ReadOnlySpan<(string Name, object Value)> parameters)
    {
        DbCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        foreach ((string name, object value) in parameters)
        {
            DbParameter parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }

        return command;
    }
#pragma warning restore CA2100
}

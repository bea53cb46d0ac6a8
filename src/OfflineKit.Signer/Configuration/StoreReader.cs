using Npgsql;
using StackExchange.Redis;

namespace OfflineKit.Signer.Configuration;

/// <summary>Reads where state is kept. Passwords stand in files of their own.</summary>
internal static class StoreReader
{
    /// <summary>The section <c>store</c>.</summary>
    public static StoreConfiguration Store(Section store, ConfigurationPlace place)
    {
        StoreKind kind = store.Choice("kind", StoreKind.Sqlite, ("sqlite", StoreKind.Sqlite), ("postgres", StoreKind.Postgres));
        StoreConfiguration read = new(kind, kind == StoreKind.Sqlite ? place.File(store.Text("path")) : store.Text("connection"));
        store.End();
        if (kind == StoreKind.Postgres && PostgresObjection(read.Place) is { } objection)
        {
            store.Fault($"connection {objection}");
        }

        return read;
    }

    private static string? PostgresObjection(string connection)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connection).Password is null ? null : "holds a password: name a file with it (Passfile=…)";
        }
        catch (ArgumentException fault)
        {
            return $"cannot be read: {fault.Message}";
        }
    }

    /// <summary>The section <c>cache</c>; null keeps replay and quotas in the store.</summary>
    public static CacheConfiguration? Cache(Section? cache, ConfigurationPlace place)
    {
        if (cache?.Choice("kind", CacheKind.Store, ("store", CacheKind.Store), ("redis", CacheKind.Redis)) is not CacheKind.Redis)
        {
            cache?.End();
            return null;
        }

        CacheConfiguration read = new(cache.Text("connection"), cache.OptionalText("passwordFile") is { } file ? place.File(file) : null);
        cache.End();
        if (Objection(read.Connection) is { } objection)
        {
            cache.Fault($"connection: {objection}");
        }

        return read;
    }

    private static string? Objection(string connection)
    {
        try
        {
            ConfigurationOptions options = ConfigurationOptions.Parse(connection);
            return options.EndPoints.Count == 0 ? "names no server" : options.Password is not null ? "holds a password: name a file with it (passwordFile)" : null;
        }
        catch (ArgumentException fault)
        {
            return fault.Message;
        }
    }

    private enum CacheKind
    {
        Store,
        Redis,
    }
}

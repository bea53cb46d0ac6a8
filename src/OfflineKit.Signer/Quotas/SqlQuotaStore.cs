using OfflineKit.Encoding;
using OfflineKit.Signer.Stores;
using System.Security.Cryptography;

namespace OfflineKit.Signer.Quotas;

/// <summary>Quotas in the database: one row for each tenant and plan, locked while a decision is made; reservations lapse with their lease, whoever died.</summary>
internal sealed class SqlQuotaStore(SqlStore store) : IQuotaStore
{
    private sealed record Row(long Arrival, long Day, long Committed);

    /// <inheritdoc/>
    public Task<QuotaDecision> ReserveAsync(QuotaKey key, QuotaLimits limits, CancellationToken cancellation) =>
        store.InTransactionAsync(session => Reserve(session, key, limits), cancellation);

    /// <inheritdoc/>
    public Task RenewAsync(Reservation reservation, CancellationToken cancellation) => store.InTransactionAsync(
        session => session.Execute("UPDATE reservation SET lease_until = @until WHERE id = @id", ("@until", session.Milliseconds + (long)Reservation.Lease.TotalMilliseconds), ("@id", reservation.Id)),
        cancellation);

    /// <inheritdoc/>
    public Task<bool> CommitAsync(Reservation reservation, CancellationToken cancellation) =>
        store.InTransactionAsync(session => Commit(session, reservation), cancellation);

    /// <inheritdoc/>
    public Task GiveBackAsync(Reservation reservation, CancellationToken cancellation) =>
        store.InTransactionAsync(session => session.Execute("DELETE FROM reservation WHERE id = @id", ("@id", reservation.Id)), cancellation);

    private static QuotaDecision Reserve(SqlSession session, QuotaKey key, QuotaLimits limits)
    {
        // 1 The row, which nobody else has until the end.
        Row row = Locked(session, key);
        long day = DayOf(session), committed = row.Day == day ? row.Committed : 0;

        // 2 What is under way; what its owner left behind has lapsed.
        session.Execute("DELETE FROM reservation WHERE tenant = @tenant AND plan = @plan AND lease_until <= @now", ("@tenant", key.Tenant), ("@plan", key.Plan), ("@now", session.Milliseconds));
        (long underway, long today) = UnderWay(session, key, day);

        // 3 All limits are looked at before any is moved.
        if (underway >= limits.Concurrency)
        {
            return new QuotaDecision(null, QuotaLimit.Concurrency, TimeSpan.FromSeconds(1));
        }

        long now = session.Milliseconds * 1000;
        (long arrival, long wait) = Gcra.Next(row.Arrival, now, limits);
        if (wait > 0)
        {
            return new QuotaDecision(null, QuotaLimit.Rate, TimeSpan.FromMicroseconds(wait));
        }

        if (committed + today >= limits.Daily)
        {
            return new QuotaDecision(null, QuotaLimit.Daily, DateTimeOffset.FromUnixTimeSeconds((day + 1) * 86_400) - session.Now);
        }

        // 4 Moved together.
        Reservation granted = new(StrictHex.Encode(RandomNumberGenerator.GetBytes(16)), key, day, limits, (int)(limits.Daily - committed - today - 1));
        Save(session, key, new Row(arrival, day, committed));
        session.Execute(
            "INSERT INTO reservation (id, tenant, plan, day, lease_until) VALUES (@id, @tenant, @plan, @day, @until)",
            ("@id", granted.Id), ("@tenant", key.Tenant), ("@plan", key.Plan), ("@day", day), ("@until", session.Milliseconds + (long)Reservation.Lease.TotalMilliseconds));
        return new QuotaDecision(granted, default, TimeSpan.Zero);
    }

    private static bool Commit(SqlSession session, Reservation reservation)
    {
        Row row = Locked(session, reservation.Key);
        bool holds = session.Execute("DELETE FROM reservation WHERE id = @id", ("@id", reservation.Id)) == 1;
        if (row.Day != reservation.Day)
        {
            // The day is over; what it allowed is counted no longer.
            return true;
        }

        if (!holds && row.Committed + UnderWay(session, reservation.Key, row.Day).Today >= reservation.Limits.Daily)
        {
            return false;
        }

        Save(session, reservation.Key, row with { Committed = row.Committed + 1 });
        return true;
    }

    private static long DayOf(SqlSession session) => session.Milliseconds / 86_400_000;

    // An update that changes nothing locks the row in PostgreSQL; SQLite has one writer anyway.
    private static Row Locked(SqlSession session, QuotaKey key)
    {
        session.Execute("INSERT INTO quota (tenant, plan, tat, day, committed) VALUES (@tenant, @plan, 0, 0, 0) ON CONFLICT DO NOTHING", ("@tenant", key.Tenant), ("@plan", key.Plan));
        return session.Query(
            "UPDATE quota SET tat = tat WHERE tenant = @tenant AND plan = @plan RETURNING tat, day, committed",
            row => new Row(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)),
            ("@tenant", key.Tenant),
            ("@plan", key.Plan))[0];
    }

    private static void Save(SqlSession session, QuotaKey key, Row row) => session.Execute(
        "UPDATE quota SET tat = @tat, day = @day, committed = @committed WHERE tenant = @tenant AND plan = @plan",
        ("@tat", row.Arrival), ("@day", row.Day), ("@committed", row.Committed), ("@tenant", key.Tenant), ("@plan", key.Plan));

    private static (long All, long Today) UnderWay(SqlSession session, QuotaKey key, long day) => session.Query(
        "SELECT COUNT(*), COALESCE(SUM(CASE WHEN day = @day THEN 1 ELSE 0 END), 0) FROM reservation WHERE tenant = @tenant AND plan = @plan",
        row => (row.GetInt64(0), row.GetInt64(1)),
        ("@day", day),
        ("@tenant", key.Tenant),
        ("@plan", key.Plan))[0];
}

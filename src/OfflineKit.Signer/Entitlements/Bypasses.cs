using System.Collections.Immutable;
using System.Security.Cryptography;
using OfflineKit.Signer.Http;
using OfflineKit.Signer.Stores;

namespace OfflineKit.Signer.Entitlements;

/// <summary>What a bypass bridges. There is none for authentication, tenants, quotas, the audit log or pinned keys.</summary>
internal enum BypassKind
{
    /// <summary>The licensing service cannot be reached: what it said last is used, at half of its quota.</summary>
    Poe,

    /// <summary>No source says that the scanner is released.</summary>
    Release,
}

/// <summary>A bypass, as it is stored.</summary>
/// <param name="Id">Its random id.</param>
/// <param name="Kind">What it bridges.</param>
/// <param name="Tenant">For whom.</param>
/// <param name="OpenedBy">The first operator.</param>
/// <param name="ConfirmedBy">The second; empty until there is one.</param>
/// <param name="Made">When it was opened.</param>
/// <param name="Minutes">How long it lasts once it is confirmed, and each time it is extended.</param>
/// <param name="Expires">When it ends; when it must be confirmed, before that.</param>
/// <param name="Extensions">How often it was extended.</param>
internal sealed record Bypass(string Id, BypassKind Kind, string Tenant, string OpenedBy, string ConfirmedBy, DateTimeOffset Made, int Minutes, DateTimeOffset Expires, int Extensions);

/// <summary>Lets one tenant pass for minutes, when two operators say so; every step is in the audit log, and each bypass ends by itself.</summary>
/// <param name="store">Where they are kept: they survive a restart.</param>
/// <param name="isEnabled">The configuration allows them at all.</param>
internal sealed class Bypasses(SqlStore store, BypassUse isEnabled)
{
    private const int MostExtensions = 2;
    private static readonly TimeSpan ToConfirm = TimeSpan.FromMinutes(5);

    /// <summary>The id of the bypass of <paramref name="kind"/> for <paramref name="tenant"/> that is in force, or null.</summary>
    public async Task<string?> ActiveAsync(BypassKind kind, string tenant, CancellationToken cancellation)
    {
        if (isEnabled == BypassUse.Never)
        {
            return null;
        }

        ImmutableArray<Bypass> all = await ReadAsync(cancellation).ConfigureAwait(false);
        return all.FirstOrDefault(bypass => bypass.Kind == kind && bypass.Tenant == tenant && bypass.ConfirmedBy.Length > 0)?.Id;
    }

    /// <summary>All that wait or are in force.</summary>
    public Task<ImmutableArray<Bypass>> ReadAsync(CancellationToken cancellation) => store.InTransactionAsync(
        session => session.Query(
            "SELECT id, kind, tenant, opened_by, confirmed_by, made, minutes, expires, extensions FROM bypass WHERE expires > @now",
            row => new Bypass(
                row.GetString(0), row.GetString(1) == "poe" ? BypassKind.Poe : BypassKind.Release, row.GetString(2), row.GetString(3), row.GetString(4),
                DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)), (int)row.GetInt64(6), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(7)), (int)row.GetInt64(8)),
            ("@now", session.Milliseconds)).ToImmutableArray(),
        cancellation);

    /// <summary>Opens one, which waits for a second operator.</summary>
    public Task<string> OpenAsync(BypassKind kind, string tenant, BypassReason reason, string by, int minutes, CancellationToken cancellation) => store.InTransactionAsync(
        session =>
        {
            string id = RandomNumberGenerator.GetHexString(24, lowercase: true);
            session.Execute(
                "INSERT INTO bypass (id, kind, tenant, reason_code, reason, ticket, opened_by, confirmed_by, made, minutes, expires, extensions) VALUES (@id, @kind, @tenant, @code, @reason, @ticket, @by, '', @now, @minutes, @until, 0)",
                ("@id", id), ("@kind", kind == BypassKind.Poe ? "poe" : "release"), ("@tenant", tenant), ("@code", reason.Code), ("@reason", reason.Text), ("@ticket", reason.Ticket), ("@by", by),
                ("@now", session.Milliseconds), ("@minutes", (long)minutes), ("@until", session.Milliseconds + (long)ToConfirm.TotalMilliseconds));
            return id;
        },
        cancellation);

    /// <summary>Confirms one, by another operator than the one who opened it.</summary>
    /// <exception cref="RefusedException"><c>not_found</c>, <c>operator_conflict</c>.</exception>
    public Task<Bypass> ConfirmAsync(string id, string by, CancellationToken cancellation) => ChangeAsync(
        id,
        bypass => bypass.ConfirmedBy.Length > 0 ? throw Problems.OperatorConflict.Because("the bypass is confirmed already")
            : string.Equals(bypass.OpenedBy, by, StringComparison.Ordinal) ? throw Problems.OperatorConflict.Because("whoever opened a bypass does not confirm it")
            : bypass with { ConfirmedBy = by },
        cancellation);

    /// <summary>Makes it last once more as long, twice at most.</summary>
    /// <exception cref="RefusedException"><c>not_found</c>, <c>operator_conflict</c>.</exception>
    public Task<Bypass> ExtendAsync(string id, CancellationToken cancellation) => ChangeAsync(
        id,
        bypass => bypass.ConfirmedBy.Length == 0 ? throw Problems.OperatorConflict.Because("the bypass is not confirmed")
            : bypass.Extensions >= MostExtensions ? throw Problems.OperatorConflict.Because($"a bypass is extended {MostExtensions} times at most")
            : bypass with { Extensions = bypass.Extensions + 1 },
        cancellation);

    /// <summary>Ends it.</summary>
    public Task<bool> EndAsync(string id, CancellationToken cancellation) => store.InTransactionAsync(
        session => session.Execute("UPDATE bypass SET expires = @now WHERE id = @id AND expires > @now", ("@now", session.Milliseconds), ("@id", id)) == 1, cancellation);

    private async Task<Bypass> ChangeAsync(string id, Func<Bypass, Bypass> change, CancellationToken cancellation)
    {
        Bypass known = (await ReadAsync(cancellation).ConfigureAwait(false)).FirstOrDefault(bypass => bypass.Id == id) ?? throw Problems.NotFound.Because("no such bypass waits or is in force");
        Bypass changed = change(known);
        return await store.InTransactionAsync(
            session =>
            {
                DateTimeOffset until = session.Now.AddMinutes(changed.Minutes);

                // Only what was read is changed: two operators at once do not both extend it.
                int rows = session.Execute(
                    "UPDATE bypass SET confirmed_by = @by, expires = @until, extensions = @extensions WHERE id = @id AND confirmed_by = @before AND extensions = @was AND expires > @now",
                    ("@by", changed.ConfirmedBy), ("@until", until.ToUnixTimeMilliseconds()), ("@extensions", (long)changed.Extensions), ("@id", id), ("@before", known.ConfirmedBy), ("@was", (long)known.Extensions), ("@now", session.Milliseconds));
                return rows == 1 ? changed with { Expires = until } : throw Problems.OperatorConflict.Because("somebody else changed the bypass");
            },
            cancellation).ConfigureAwait(false);
    }
}

/// <summary>Why a bypass is opened.</summary>
/// <param name="Code">One of <see cref="Codes"/>.</param>
/// <param name="Text">In words, 20 characters at least.</param>
/// <param name="Ticket">Where it is followed up.</param>
internal sealed record BypassReason(string Code, string Text, string Ticket)
{
    /// <summary>The codes.</summary>
    public static ImmutableArray<string> Codes { get; } = ["emergency-incident", "database-outage", "security-event", "scheduled-maintenance", "disaster-recovery"];
}

/// <summary>Whether there are bypasses at all.</summary>
internal enum BypassUse
{
    /// <summary>Nobody is let pass.</summary>
    Never,

    /// <summary>Two operators may let a tenant pass.</summary>
    ByTwoOperators,
}

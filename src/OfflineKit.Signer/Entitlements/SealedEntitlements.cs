using System.Security.Cryptography;
using OfflineKit.Encoding;
using OfflineKit.Signer.Stores;

namespace OfflineKit.Signer.Entitlements;

/// <summary>What the licensing service said last of a proof.</summary>
/// <param name="Content">Its answer.</param>
/// <param name="LiveAt">When.</param>
internal sealed record LastAnswer(string Content, DateTimeOffset LiveAt);

/// <summary>Keeps the last answers on the disk, under a seal: whoever can write the database cannot write an entitlement into it.</summary>
/// <param name="store">The database.</param>
/// <param name="sealKey">The key of the seals, which is not in it.</param>
internal sealed class SealedEntitlements(SqlStore store, ReadOnlyMemory<byte> sealKey)
{
    /// <summary>Keeps an answer in place of an older one.</summary>
    public Task KeepAsync(string id, string tenant, LastAnswer answer, DateTimeOffset expires, CancellationToken cancellation) => store.InTransactionAsync(
        session => session.Execute(
            "INSERT INTO entitlement (poe, tenant, content, live_at, expires, mac) VALUES (@poe, @tenant, @content, @live, @expires, @mac) ON CONFLICT (poe) DO UPDATE SET tenant = @tenant, content = @content, live_at = @live, expires = @expires, mac = @mac",
            ("@poe", id), ("@tenant", tenant), ("@content", answer.Content), ("@live", answer.LiveAt.ToUnixTimeMilliseconds()), ("@expires", expires.ToUnixTimeMilliseconds()), ("@mac", Seal(id, answer))),
        cancellation);

    /// <summary>The last answer about <paramref name="id"/>, if its seal holds; null otherwise.</summary>
    public async Task<LastAnswer?> FindAsync(string id, CancellationToken cancellation)
    {
        List<(LastAnswer Answer, string Mac)> rows = await store.InTransactionAsync(
            session => session.Query(
                "SELECT content, live_at, mac FROM entitlement WHERE poe = @poe",
                row => (new LastAnswer(row.GetString(0), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1))), row.GetString(2)),
                ("@poe", id)),
            cancellation).ConfigureAwait(false);
        return rows is [var only] && CryptographicOperations.FixedTimeEquals(Utf8Text.Encode(only.Mac), Utf8Text.Encode(Seal(id, only.Answer))) ? only.Answer : null;
    }

    /// <summary>Forgets one proof.</summary>
    public Task ForgetAsync(string id, CancellationToken cancellation) =>
        store.InTransactionAsync(session => session.Execute("DELETE FROM entitlement WHERE poe = @poe", ("@poe", id)), cancellation);

    /// <summary>Forgets all of them: what was true before a revocation may be true no longer.</summary>
    public Task ForgetAllAsync(CancellationToken cancellation) => store.InTransactionAsync(session => session.Execute("DELETE FROM entitlement"), cancellation);

    private string Seal(string id, LastAnswer answer) => StrictHex.Encode(HMACSHA256.HashData(
        sealKey.Span, Utf8Text.Encode(FormattableString.Invariant($"{id}\n{answer.LiveAt.ToUnixTimeMilliseconds()}\n{answer.Content}"))));
}

using OfflineKit.Signer.Entitlements;
using OfflineKit.Signer.Http;
using OfflineKit.Signer.Stores;

namespace OfflineKit.Signer.Releases;

/// <summary>Scanners that operators released by hand: two of them, for the same image and version, for days at most.</summary>
internal sealed class ApprovalSource(SqlStore store) : ReleaseSource
{
    /// <inheritdoc/>
    public override string Name => "approval";

    /// <inheritdoc/>
    public override async Task<ReleaseAnswer> AskAsync(string digest, DateTimeOffset now, CancellationToken cancellation)
    {
        List<(string Operator, string Version, DateTimeOffset Until)> approvals = await ReadAsync(digest, cancellation).ConfigureAwait(false);
        if (approvals.Select(approval => approval.Operator).Distinct(StringComparer.Ordinal).Count() < 2)
        {
            return new ReleaseAnswer.Unknown();
        }

        return approvals.Select(approval => approval.Version).Distinct(StringComparer.Ordinal).Count() > 1
            ? new ReleaseAnswer.Refused("operators approved it as two different versions")
            : new ReleaseAnswer.Trusted(string.Join(" and ", approvals.Select(approval => approval.Operator).Order(StringComparer.Ordinal)), CalendarVersion.In(approvals[0].Version), approvals.Min(approval => approval.Until));
    }

    /// <summary>One operator approves; how many have by now.</summary>
    public Task<int> ApproveAsync(string digest, string version, string reason, int days, string by, CancellationToken cancellation) => store.InTransactionAsync(
        session =>
        {
            session.Execute("DELETE FROM approval WHERE expires <= @now", ("@now", session.Milliseconds));
            session.Execute(
                "INSERT INTO approval (digest, operator, version, reason, made, expires) VALUES (@digest, @by, @version, @reason, @now, @until) ON CONFLICT (digest, operator) DO UPDATE SET version = @version, reason = @reason, made = @now, expires = @until",
                ("@digest", digest), ("@by", by), ("@version", version), ("@reason", reason), ("@now", session.Milliseconds), ("@until", session.Now.AddDays(days).ToUnixTimeMilliseconds()));
            return (int)session.Query("SELECT COUNT(*) FROM approval WHERE digest = @digest", row => row.GetInt64(0), ("@digest", digest))[0];
        },
        cancellation);

    private async Task<List<(string Operator, string Version, DateTimeOffset Until)>> ReadAsync(string digest, CancellationToken cancellation)
    {
        try
        {
            return await store.InTransactionAsync(
                session => session.Query(
                    "SELECT operator, version, expires FROM approval WHERE digest = @digest AND expires > @now",
                    row => (row.GetString(0), row.GetString(1), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2))),
                    ("@digest", digest), ("@now", session.Milliseconds)),
                cancellation).ConfigureAwait(false);
        }
        catch (StoreUnavailableException)
        {
            throw Problems.ReleaseCheckUnavailable.Because("approvals cannot be read").After(5);
        }
    }
}

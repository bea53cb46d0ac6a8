using OfflineKit.Encoding;
using OfflineKit.Signer.Http;

namespace OfflineKit.Signer.Stores;

/// <summary>Answers that a client may ask for again by the key that it chose: for ten minutes, for the same body.</summary>
internal sealed class IdempotentAnswers(SqlStore store)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10), Pending = TimeSpan.FromSeconds(60);

    /// <summary>The answer to the same request, or null, which takes the key for the request that begins now.</summary>
    /// <exception cref="RefusedException"><c>idempotency_conflict</c>: the key belongs to another body, or the first request has not ended.</exception>
    public async Task<ReadOnlyMemory<byte>?> BeginAsync(string tenant, string key, string request, CancellationToken cancellation)
    {
        (string Request, string Answer)? known = await store.InTransactionAsync(session => Begin(session, tenant, key, request), cancellation).ConfigureAwait(false);
        return known switch
        {
            null => default(ReadOnlyMemory<byte>?),
            var (other, _) when !string.Equals(other, request, StringComparison.Ordinal) => throw Problems.IdempotencyConflict.Because("the key was used with another body"),
            (_, "") => throw Problems.IdempotencyConflict.Because("the first request with this key has not ended").After(1),
            var (_, answer) => Utf8Text.Encode(answer).AsMemory(),
        };
    }

    /// <summary>Keeps the answer.</summary>
    public Task EndAsync(string tenant, string key, ReadOnlyMemory<byte> answer, CancellationToken cancellation) => store.InTransactionAsync(
        session => session.Execute(
            "UPDATE idempotency SET answer = @answer, expires = @expires WHERE tenant = @tenant AND key = @key",
            ("@answer", Utf8Text.Decode(answer.Span, "answer")), ("@expires", session.Milliseconds + (long)Life.TotalMilliseconds), ("@tenant", tenant), ("@key", key)),
        cancellation);

    /// <summary>Gives the key back: the request failed and may be tried again.</summary>
    public Task ForgetAsync(string tenant, string key, CancellationToken cancellation) => store.InTransactionAsync(
        session => session.Execute("DELETE FROM idempotency WHERE tenant = @tenant AND key = @key AND answer = ''", ("@tenant", tenant), ("@key", key)), cancellation);

    private static (string Request, string Answer)? Begin(SqlSession session, string tenant, string key, string request)
    {
        session.Execute("DELETE FROM idempotency WHERE expires <= @now", ("@now", session.Milliseconds));
        bool isNew = session.Execute(
            "INSERT INTO idempotency (tenant, key, request, answer, expires) VALUES (@tenant, @key, @request, '', @expires) ON CONFLICT DO NOTHING",
            ("@tenant", tenant), ("@key", key), ("@request", request), ("@expires", session.Milliseconds + (long)Pending.TotalMilliseconds)) == 1;
        return isNew
            ? null
            : session.Query("SELECT request, answer FROM idempotency WHERE tenant = @tenant AND key = @key", row => (row.GetString(0), row.GetString(1)), ("@tenant", tenant), ("@key", key))[0];
    }
}

using System.Collections.Concurrent;
using OfflineKit.Encoding;
using OfflineKit.Host.State;

namespace OfflineKit.Host.Requests;

/// <summary>The trust of a run that answers many questions: what is loaded is kept as long as it is what a fresh run would load.</summary>
/// <remarks>
/// A question brings the content of every file that it names. What it does not name, the trust that this machine keeps, is looked at before each answer, by
/// <see cref="MachineStamp"/>: after an import, a revocation or any other change everything is loaded again. For any number of threads.
/// </remarks>
internal sealed class TrustSession
{
    private const int MostKept = 64;
    private readonly ConcurrentDictionary<string, Lazy<Result<ResolvedRequest>>> _kept = new(StringComparer.Ordinal);

    /// <summary><paramref name="request"/> with the trust that is in force now, or the finding that says what is bad.</summary>
    /// <exception cref="UsageException">It names something that does not exist, or nobody where somebody must be named.</exception>
    public Result<ResolvedRequest> Resolve(VerifyRequest request)
    {
        string key = request.SessionKey + MachineStamp.Of(request.Trust.State);
        if (!_kept.ContainsKey(key) && _kept.Count >= MostKept)
        {
            _kept.Clear();
        }

        Lazy<Result<ResolvedRequest>> resolved = _kept.GetOrAdd(key, static (_, asked) => new Lazy<Result<ResolvedRequest>>(() => ResolvedRequest.Of(asked)), request);
        try
        {
            return resolved.Value;
        }
        catch
        {
            // What could not be read now may be there the next time.
            _kept.TryRemove(key, out _);
            throw;
        }
    }
}

using System.Collections.Concurrent;
using OfflineKit.Encoding;
using OfflineKit.Host.State;

namespace OfflineKit.Host.Requests;

/// <summary>The trust of a run that answers many questions: what is loaded is kept as long as it is what a fresh run would load.</summary>
/// <remarks>
/// A question brings the content of every file that it names. What it does not name, the trust that this machine keeps, is looked at before each answer, by
/// <see cref="MachineStamp"/>: after an import, a revocation or any other change everything is loaded again. For any number of threads.
/// </remarks>
/// <param name="machine">The machine on which it runs.</param>
internal sealed class TrustSession(Machine machine)
{
    private const int MostKept = 64;
    private readonly ConcurrentDictionary<string, Lazy<Resolution>> _kept = new(StringComparer.Ordinal);

    /// <summary><paramref name="request"/> with the trust that is in force now, or the finding that says what is bad.</summary>
    /// <exception cref="UsageException">It names something that does not exist, or nobody where somebody must be named.</exception>
    public Resolution Resolve(VerifyRequest request)
    {
        string key = Netstring.List(request.SessionKey, MachineStamp.Of(machine, request.Trust.State));
        if (!_kept.ContainsKey(key) && _kept.Count >= MostKept)
        {
            _kept.Clear();
        }

        Lazy<Resolution> resolved = _kept.GetOrAdd(key, _ => new Lazy<Resolution>(() => Resolution.Of(request, machine)));
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

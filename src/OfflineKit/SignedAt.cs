using OfflineKit.Encoding;
using OfflineKit.Timestamping;
using OfflineKit.Transparency;
using OfflineKit.Trust;

namespace OfflineKit;

/// <summary>The signature existed at this time.</summary>
/// <remarks>Since when, it does not say: anybody may show an old signature to a log or authority again. How young a signature is, only <see cref="SignedByIdentity.IssuedAt"/> can prove.</remarks>
public sealed record SignedAt : Evidence
{
    // 9999-12-31T23:59:59Z, the last second that the platform's clock knows.
    private const long LastSecond = 253402300799;

    private SignedAt(DateTimeOffset time, string source, string root) => (Time, Source, Root) = (time, source, root);

    /// <summary>UTC.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>Who says so: the log or time-stamping authority.</summary>
    public string Source { get; }

    /// <summary>The trusted root that holds that authority.</summary>
    public string Root { get; }

    /// <summary>The evidence that <paramref name="stamp"/> is, or why its authority is not believed.</summary>
    internal static Result<SignedAt> Prove(VerifiedTime stamp, RevocationList revoked) => revoked.JudgeWitness(stamp.Authority.Name, stamp.Path.Certificates) is { } refusal
        ? new Result<SignedAt>(Value: null, refusal)
        : new Result<SignedAt>(new SignedAt(stamp.Time, stamp.Authority.Name, stamp.Authority.Root), Finding: null);

    /// <summary>The evidence that <paramref name="promise"/> is, or that it is not by <paramref name="log"/>.</summary>
    internal static Result<SignedAt> Prove(TrustedLog log, SignedEntryTimestamp promise) => promise.IntegratedTime is > 0 and <= LastSecond && promise.IsBy(log.Key)
        ? new Result<SignedAt>(new SignedAt(DateTimeOffset.FromUnixTimeSeconds(promise.IntegratedTime), log.Name, log.Root), Finding: null)
        : new Result<SignedAt>(Value: null, LogReasons.PromiseMismatch.Because($"the signed entry timestamp of entry {promise.LogIndex} is not by {log.Name}"));
}

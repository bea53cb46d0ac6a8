using OfflineKit.Trust;

namespace OfflineKit;

/// <summary>Everything outside the file that a verification may depend on. There is no other input: no clock, no machine store.</summary>
/// <param name="Trust">The key material that is trusted.</param>
/// <param name="Expectations">What the caller knows.</param>
/// <param name="StatedTime">The time that the operator states (<c>--at</c>, or the machine's clock, passed in by the program); null when nobody states one.</param>
public sealed record VerificationContext(TrustStore Trust, Expectations Expectations, DateTimeOffset? StatedTime)
{
    private readonly DateTimeOffset? _statedTime = StatedTime;

    /// <summary>The time that the operator states; null when nobody states one.</summary>
    public DateTimeOffset? StatedTime
    {
        get
        {
            Looks?.Add();
            return _statedTime;
        }
        init => _statedTime = value;
    }

    /// <summary>The same for words beside a verdict: nothing is decided by it.</summary>
    internal DateTimeOffset? TimeForWords => _statedTime;

    /// <summary>Who wants to know whether anything is decided by the time; null: nobody.</summary>
    internal TimeLooks? Looks { get; init; }
}

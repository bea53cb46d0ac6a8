using System.Collections.Immutable;
using System.Globalization;
using OfflineKit.Encoding;

namespace OfflineKit.Policy;

/// <summary>The signature is proved to be at most so old.</summary>
/// <remarks>
/// A log or time-stamping authority dates any valid signature by its own clock, also an old one that somebody shows it again: that proves that the signature existed, not that it is young. Only the
/// certificate proves since when: its authority vouches for nobody before it issued it. So no signature by a bare key meets this. Source: docs/spec/policy-file.md §1.
/// </remarks>
/// <param name="Days">The age allowed.</param>
/// <param name="Time">Where it is counted back from.</param>
internal sealed record NotOlderThan(int Days, DateTimeOffset Time) : Requirement
{
    /// <inheritdoc/>
    internal override HeldAgainst HeldAgainst => HeldAgainst.EachSigner;

    /// <inheritdoc/>
    public override string InWords => $"the signer's certificate, valid at a proved time, proves that the signature is at most {Days.ToString(CultureInfo.InvariantCulture)} days old";

    /// <inheritdoc/>
    public override Finding? Check(ImmutableArray<Evidence> evidence)
    {
        // A clock that stands before the signature cannot say how old it is: in a sealed room it may have been reset.
        DateTimeOffset[] times = [.. evidence.OfType<SignedAt>().Select(at => at.Time)];
        if (times.Length > 0 && times.Max() > Time)
        {
            return PolicyReasons.Age.Because($"signed at {UtcText.Seconds(times.Max())}, after the time of verification {UtcText.Seconds(Time)}");
        }

        if (evidence.OfType<SignedByKey>().FirstOrDefault() is { } key)
        {
            return PolicyReasons.Age.Because($"nothing proves since when the signature by key \"{key.Signer}\" exists, wanted at most {Days} days: a log or authority dates an old signature anew");
        }

        DateTimeOffset[] issued = [.. evidence.OfType<SignedByIdentity>().Select(identity => identity.IssuedAt)];
        return issued.Length == 0 ? PolicyReasons.Age.Because($"nothing proves when the signature was made, wanted at most {Days} days ago")
            : issued.Min() >= Time.AddDays(-Days) ? null
            : PolicyReasons.Age.Because($"signed with a certificate of {UtcText.Seconds(issued.Min())}, wanted at most {Days} days before {UtcText.Seconds(Time)}");
    }
}

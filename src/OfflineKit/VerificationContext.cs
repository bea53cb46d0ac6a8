using OfflineKit.Trust;

namespace OfflineKit;

/// <summary>Everything outside the file that a verification may depend on. There is no other input: no clock, no machine store.</summary>
/// <param name="Trust">The key material that is trusted.</param>
/// <param name="Expectations">What the caller knows.</param>
/// <param name="StatedTime">The time that the operator states (<c>--at</c>, or the machine's clock, passed in by the program); null when nobody states one.</param>
public sealed record VerificationContext(TrustStore Trust, Expectations Expectations, DateTimeOffset? StatedTime);

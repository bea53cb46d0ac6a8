namespace OfflineKit;

/// <summary>Whether a decision looked at the time: one that did not is the same at any other time.</summary>
/// <remarks>The time of a verification cannot be had without being counted here (<see cref="VerificationContext.StatedTime"/>).</remarks>
internal sealed class TimeLooks
{
    /// <summary>Something was decided by the time.</summary>
    public bool IsAny { get; private set; }

    /// <summary>The time is looked at.</summary>
    public void Add() => IsAny = true;
}

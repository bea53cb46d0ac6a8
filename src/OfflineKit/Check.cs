namespace OfflineKit;

/// <summary>How a check ended.</summary>
public enum CheckOutcome
{
    /// <summary>It could not be made; the text says why. Never a success.</summary>
    NotEvaluated,

    /// <summary>It failed; a finding says why.</summary>
    Failed,

    /// <summary>It holds.</summary>
    Passed,
}

/// <summary>One check that was made (or could not be), in the order in which it was made.</summary>
/// <param name="Code">Stable name: <c>signature</c>, <c>artifact-binding</c>, <c>inclusion-proof</c> …</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Detail">What it proved, or why not; one line.</param>
/// <param name="Root">The trust root that it rests on; empty where none is involved.</param>
public sealed record Check(string Code, CheckOutcome Outcome, string Detail, string Root = "");

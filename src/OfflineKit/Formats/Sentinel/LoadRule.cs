namespace OfflineKit.Formats.Sentinel;

/// <summary>What a policy server does with a policy that has no signature.</summary>
internal enum Enforcement
{
    /// <summary>It refuses.</summary>
    Enforce,

    /// <summary>It loads the policy and warns.</summary>
    Warn,
}

/// <summary>What came of looking up a parameter.</summary>
internal enum ParameterLookup
{
    /// <summary>It could not be read; whether it exists is not known.</summary>
    Failed,

    /// <summary>There is none of that name.</summary>
    NotFound,

    /// <summary>Its value is known.</summary>
    Found,
}

/// <summary>What a policy server would do.</summary>
/// <param name="IsLoaded">It uses the policy.</param>
/// <param name="Text">What it says, in the original's words; empty when it says nothing.</param>
internal sealed record LoadDecision(bool IsLoaded, string Text);

/// <summary>The rule by which a policy server loads, warns or refuses.</summary>
/// <remarks>A loaded policy is not a trusted one: with <see cref="Enforcement.Warn"/> an unsigned policy is loaded. Source: docs/spec/sentinel.md §5.</remarks>
internal static class LoadRule
{
    /// <summary>What happens to the policy called <paramref name="parameter"/>.</summary>
    /// <param name="parameter">The policy's parameter name.</param>
    /// <param name="policy">The policy's lookup.</param>
    /// <param name="signature">The signature's lookup.</param>
    /// <param name="verdict">The verdict on the signature; null unless both were found.</param>
    /// <param name="enforcement">What the server was told.</param>
    public static LoadDecision Decide(string parameter, ParameterLookup policy, ParameterLookup signature, Verdict? verdict, Enforcement enforcement)
    {
        if (policy != ParameterLookup.Found)
        {
            return Refuse(policy == ParameterLookup.NotFound ? $"{parameter}: policy not found" : $"{parameter}: policy cannot be read");
        }

        if (signature == ParameterLookup.NotFound)
        {
            return enforcement == Enforcement.Warn
                ? new LoadDecision(IsLoaded: true, $"WARNING: policy {parameter} has no signature, loading without verification")
                : Refuse($"{parameter}: policy not signed (signature enforcement enabled)");
        }

        if (signature == ParameterLookup.Failed)
        {
            return Refuse($"failed to load signature for {parameter}");
        }

        if (verdict is null)
        {
            return Refuse($"signature verification error for {parameter}");
        }

        if (verdict.IsTrusted)
        {
            return new LoadDecision(IsLoaded: true, "");
        }

        return Refuse(verdict.Findings[0].Reason == Reasons.MalformedSignature
            ? $"failed to parse signature for {parameter}"
            : $"{parameter}: policy signature verification failed");
    }

    private static LoadDecision Refuse(string text) => new(IsLoaded: false, text);
}

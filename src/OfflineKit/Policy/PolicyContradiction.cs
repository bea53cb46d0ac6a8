using System.Collections.Immutable;

namespace OfflineKit.Policy;

/// <summary>What a policy demands that can never be, whatever is trusted.</summary>
internal static class PolicyContradiction
{
    private const int HexDigits = 64;

    /// <summary>The first contradiction in <paramref name="policy"/>, in words, or null.</summary>
    public static string? In(PolicyFile policy)
    {
        if (policy.Signers.IsEmpty && policy.Identities.IsEmpty)
        {
            return "the policy names no signer and no identity, so it would accept anybody who is trusted for anything";
        }

        foreach (SignerGroup group in policy.Signers)
        {
            if (InGroup(group) is { } contradiction)
            {
                return contradiction;
            }
        }

        return Twice("the identity", [.. policy.Identities.Select(wanted => $"{wanted.Identity} (issuer {wanted.Issuer})")])
            ?? Twice("the predicate type", policy.PredicateTypes)
            ?? Twice("the algorithm", policy.Algorithms)
            ?? Twice("the permission", policy.Permits);
    }

    private static string? InGroup(SignerGroup group)
    {
        if (group.Threshold > group.AnyOf.Length)
        {
            return $"{group.Threshold} of {group.AnyOf.Length} signers can never sign";
        }

        ImmutableArray<string> keys = [.. group.AnyOf.SelectMany(signer => signer.Keys)];
        return Twice("the signer", [.. group.AnyOf.Select(signer => signer.Name)])
            ?? Twice("the key", keys)
            ?? (keys.FirstOrDefault(key => !IsNameOrFingerprint(key)) is { } odd ? $"\"{odd}\" is no fingerprint: wanted {NamedSigner.ByFingerprint} and {HexDigits} lower-case hex digits" : null);
    }

    private static bool IsNameOrFingerprint(string key) =>
        !key.StartsWith(NamedSigner.ByFingerprint, StringComparison.Ordinal)
        || (key.Length == NamedSigner.ByFingerprint.Length + HexDigits && key.Skip(NamedSigner.ByFingerprint.Length).All(char.IsAsciiHexDigitLower));

    private static string? Twice(string what, ImmutableArray<string> texts)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        return texts.FirstOrDefault(text => !seen.Add(text)) is { } twice ? $"{what} {twice} stands there twice" : null;
    }
}

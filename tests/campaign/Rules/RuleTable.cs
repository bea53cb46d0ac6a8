using System.Collections.Immutable;

namespace OfflineKit.Campaign.Rules;

/// <summary>Every reason for which a changed file may be accepted. What none of them explains is a fault.</summary>
internal static class RuleTable
{
    /// <summary>All, the narrowest first.</summary>
    public static ImmutableArray<Rule> All { get; } = [.. SpellingRules.All, .. UnreadRules.All, .. OpenPgpRules.All, .. UnneededRules.OfWholeFiles, .. ArchiveRules.All, .. KeyRules.All, .. RootRules.All, .. UnneededRules.All, .. CmsRules.All];

    /// <summary>The first that explains <paramref name="accepted"/>, or null. What is signed by its bytes may be left out where nothing rests on it, and nothing else.</summary>
    public static Rule? For(Acceptance accepted) => (accepted.IsBytes ? OfBytes : All).FirstOrDefault(rule => rule.Explains(accepted));

    private static ImmutableArray<Rule> OfBytes { get; } = [.. UnneededRules.OfWholeFiles, .. OpenPgpRules.OfArtifacts];
}

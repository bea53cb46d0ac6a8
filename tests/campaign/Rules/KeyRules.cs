using System.Collections.Immutable;
using OfflineKit.Campaign.Cases;

namespace OfflineKit.Campaign.Rules;

/// <summary>Files that the caller gives: keys and demands. Nobody signs them, and what they say is told in the report.</summary>
internal static class KeyRules
{
    /// <summary>Each of them.</summary>
    public static ImmutableArray<Rule> All { get; } =
    [
        new("the same key", "docs/spec/keys.md: trust is bound to the fingerprint, and the report shows the one of before", static one => one.File.Role is FileRole.Key && one.RestsOnTheSame),
        new("another name for the same key", "docs/spec/keys.md: the caller's list says what a key is called, and the report tells it", static one => one.File.Role is FileRole.Key && one.RestsOnTheSameKeys),
        new("another demand that is met", "docs/spec/policy-file.md: a policy is the caller's own, and its digest stands in the report", static one => one.File.Role is FileRole.Policy && one.RestsOnPart),
    ];
}

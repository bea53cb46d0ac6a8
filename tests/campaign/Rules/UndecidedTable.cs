using System.Collections.Immutable;
using OfflineKit.Campaign.Cases;

namespace OfflineKit.Campaign.Rules;

/// <summary>Where nothing is decided instead of a refusal, since the caller's own input is not what the question needs. Never after a change of what was received.</summary>
internal static class UndecidedTable
{
    private static readonly ImmutableArray<(FileRole Role, string Code, Rule Rule)> All =
    [
        (FileRole.Root, "path-not-found", Rule("a store names a file that is not there")),
        (FileRole.Root, "nobody-trusted", Rule("a store trusts nobody")),
        (FileRole.Root, "usage", Rule("the state or a log's key is not what it was")),
        (FileRole.Key, "nobody-trusted", Rule("a list trusts nobody")),
        (FileRole.Key, "usage", Rule("a key is none")),
        (FileRole.Policy, "usage", Rule("a policy demands what the question does not hold")),
    ];

    /// <summary>The rule by which an error with <paramref name="code"/> is right after a change of <paramref name="file"/>, or null.</summary>
    public static Rule? For(CaseFile file, string code) => All.FirstOrDefault(one => one.Role == file.Role && one.Code == code).Rule;

    private static Rule Rule(string name) => new(name, "docs/spec/requests.md: what the caller names must be there", static _ => false);
}

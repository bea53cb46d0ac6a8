using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OfflineKit.Campaign.Cases;

namespace OfflineKit.Campaign.Rules;

/// <summary>Roots and stores, which are the caller's own and signed by nobody.</summary>
internal static class RootRules
{
    /// <summary>Each of them.</summary>
    public static ImmutableArray<Rule> All { get; } =
    [
        new("the name of a root", "docs/spec/trust-store.md: name, source and day are told, and decide nothing", static one => IsRoot(one) && Paths(one) is { IsDefaultOrEmpty: false } paths
            && paths.All(path => Is(path, @"\.(name|source|retrieved-on|uri|baseUrl|commonName|organization|comment|note|bundle|imported-on|on-by-default)$"))),
        new("a window that is wide enough", "docs/spec/trusted-root.md: validFor is the caller's statement", static one => IsRoot(one) && Paths(one) is { IsDefaultOrEmpty: false } paths && paths.All(path => Is(path, @"\.(validFor(\.(start|end))?|compromised-(from|until)|status-since|not-before|not-after|since|from|until)$"))),
        new("less trust that is enough", "docs/spec/trusted-root.md: what is left out trusts less", static one => IsRoot(one) && JsonPart.Of(one) is { } part && IsPart(JsonNode.Parse(part.After), JsonNode.Parse(part.Before))),
        new("what is no part of an anchor", "RFC 5280, section 6.1.1 (d): an anchor is a name and a key; its own signature, number, issuer, dates and extensions are not verified", static one => one.File.Role is FileRole.Root or FileRole.Key && Anchors(one) is { Length: > 0 } pairs && pairs.All(pair => pair.Before.Differences(pair.After).All(path => DerTree.IsWithin(path, "/0/1", "/0/2", "/0/3", "/0/4", "/0/7", "/1", "/2")))),
    ];

    private static bool IsRoot(Acceptance one) => one.File.Role is FileRole.Root or FileRole.Beside;

    private static bool Is(string path, string pattern) => Regex.IsMatch(path, pattern, RegexOptions.None, TimeSpan.FromSeconds(1));

    private static ImmutableArray<string>? Paths(Acceptance one) => JsonPart.Of(one) is { } part ? JsonDifference.Of(part.Before, part.After) : null;

    // Nothing but members and elements left out.
    private static bool IsPart(JsonNode? less, JsonNode? more) => (less, more) switch
    {
        (JsonObject some, JsonObject all) => some.All(member => all.ContainsKey(member.Key) && IsPart(member.Value, all[member.Key])),
        (JsonArray some, JsonArray all) => some.Count <= all.Count && some.All(element => all.Any(other => IsPart(element, other))),
        _ => JsonNode.DeepEquals(less, more),
    };

    // The certificates that differ: texts of a JSON document, or the blocks of a PEM file.
    private static (DerTree Before, DerTree After)[]? Anchors(Acceptance one)
    {
        (string? Before, string? After)[] texts = JsonPart.Of(one) is { } part && Paths(one) is { } paths
            ? [.. paths.Select(path => (JsonDifference.Text(part.Before, path), JsonDifference.Text(part.After, path)))]
            : [.. Spelling.Blocks(one.Texts.Before).Zip(Spelling.Blocks(one.Texts.After)).Where(pair => pair.First != pair.Second).Select(pair => (Body(pair.First), Body(pair.Second)))];
        (DerTree? Before, DerTree? After)[] trees = [.. texts.Select(pair => (Tree(pair.Before), Tree(pair.After)))];
        return trees.All(pair => pair is ({ }, { })) ? [.. trees.Select(pair => (pair.Before!, pair.After!))] : null;
    }

    private static string? Body(string block) => block[(block.LastIndexOf(' ') + 1)..];

    private static DerTree? Tree(string? text)
    {
        byte[] content = new byte[text?.Length ?? 0];
        return text is not null && Convert.TryFromBase64String(text, content, out int length) ? DerTree.Of(content[..length]) : null;
    }
}

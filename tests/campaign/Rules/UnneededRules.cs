using System.Collections.Immutable;
using System.Text.Json.Nodes;
using OfflineKit.Campaign.Cases;

namespace OfflineKit.Campaign.Rules;

/// <summary>A part on which nothing rests: without it the answer is "trusted" by the same evidence. The engine is asked.</summary>
internal static class UnneededRules
{
    /// <summary>Those about a file as a whole.</summary>
    public static ImmutableArray<Rule> OfWholeFiles { get; } =
    [
        new("a file that nothing rests on", "docs/spec/medium.md, exports.md: of several files beside an artefact one that proves is enough; what no list names is passed over where that is permitted",
            static one => one.File.Role is FileRole.Beside or FileRole.Key or FileRole.Export && !one.Case.Arguments.Contains("--allow-missing") && one.IsAcceptedWith(null)),
        new("an unlisted file", "docs/spec/exports.md: --allow-unlisted passes over what no list names", static one => one.File.Role == FileRole.Export && one.Case.Arguments.Contains("--allow-unlisted") && !IsNamed(one)),
        new("a receipt", "docs/spec/exports.md, section 5: a receipt alone is never evidence", static one => one.File.Role is not FileRole.Artifact && !one.Case.Arguments.Contains("--receipt-entry") && Path.GetFileName(one.File.Path).Contains("receipt", StringComparison.Ordinal)),
    ];

    /// <summary>Those about a part of a file.</summary>
    public static ImmutableArray<Rule> All { get; } =
    [
        new("trust that is not used", "docs/spec/trusted-root.md, trust-store.md: what the caller trusts besides", static one => one.File.Role is FileRole.Root or FileRole.Key && PartsUnneeded(one)),
        new("a line that nothing rests on", "docs/spec/json-lines.md, keys.md, sentinel.md: lines are read by themselves", static one => one.File.Role is not FileRole.Artifact && LinesUnneeded(one)),
        new("a member that nothing rests on", "docs/spec: members that a format does not know, and signatures besides, prove nothing; without them the evidence is the same",
            static one => one.File.Role is FileRole.Signature or FileRole.Document or FileRole.Export or FileRole.Beside && PartsUnneeded(one)),
        new("the order of what an image layout lists", "docs/spec/oci-image.md: index.json is signed by nobody, and looked through as a whole; what is left out was one more than needed", static one => one.Case.Format == "oci-image" && JsonPart.Of(one) is { } part && JsonNode.Parse(part.Before) is JsonObject before && JsonNode.Parse(part.After) is JsonObject after
            && Texts(after["manifests"]) is { Length: > 0 } left && Texts(before["manifests"]).ToHashSet(StringComparer.Ordinal).IsSupersetOf(left) && Rest(before, "manifests") == Rest(after, "manifests")),
        new("a line of a note by another key", "C2SP signed-note: lines by keys that are not known are ignored; the engine is asked without it", static one => one.File.Role is FileRole.Signature or FileRole.Document && NoteLinesUnneeded(one)),
        new("a signature twice", "docs/spec/jws.md, dsse.md: signatures are counted by their keys", static one => one.File.Role is FileRole.Signature or FileRole.Document && JsonPart.Of(one) is { } part && Doubled(part)),
        new("the order of signatures", "docs/spec/npm.md, dsse.md: each is verified by itself; one that is left out was one more than needed", static one => one.File.Role is FileRole.Signature or FileRole.Document && JsonPart.Of(one) is { } part && AreAmong(part)),
    ];

    // Each place that differs is within a part that can be left out.
    private static bool PartsUnneeded(Acceptance one) => JsonPart.Of(one) is { } part && JsonDifference.Of(part.Before, part.After) is { IsDefaultOrEmpty: false } paths
        && (paths.All(path => Above(path).Any(above => one.IsAcceptedWith(part.Around(Without(part.Before, above))))) || one.IsAcceptedWith(part.Around(paths.Reverse().Aggregate(part.After, Without))));

    // The signed text is the same, and the lines that both have are enough.
    private static bool NoteLinesUnneeded(Acceptance one)
    {
        if (JsonPart.Of(one) is not { } part || JsonDifference.Of(part.Before, part.After) is not [var path] || !path.EndsWith(".checkpoint.envelope", StringComparison.Ordinal)
            || JsonDifference.Text(part.Before, path) is not { } was || JsonDifference.Text(part.After, path) is not { } now)
        {
            return false;
        }

        int end = was.LastIndexOf("\n\n", StringComparison.Ordinal) + 2;
        string[] lines = [.. was[end..].Split('\n').Where(now.Split('\n').Contains)];
        return end > 1 && now.StartsWith(was[..end], StringComparison.Ordinal) && one.IsAcceptedWith(part.Around(WithText(part.Before, path, was[..end] + string.Join('\n', lines))));
    }

    private static byte[] WithText(byte[] document, string path, string text)
    {
        JsonNode root = JsonNode.Parse(document)!;
        JsonNode node = root;
        string[] steps = JsonDifference.Steps(path);
        foreach (string step in steps[..^1])
        {
            node = node is JsonArray list ? list[Number(step)]! : node[step]!;
        }

        node[steps[^1]] = text;
        return System.Text.Encoding.UTF8.GetBytes(root.ToJsonString());
    }

    private static bool Doubled(JsonPart part) => JsonNode.Parse(part.Before) is JsonObject before && JsonNode.Parse(part.After) is JsonObject after
        && Texts(before["signatures"]) is { Length: > 0 } texts && texts.ToHashSet(StringComparer.Ordinal).SetEquals(Texts(after["signatures"]));

    private static bool AreAmong(JsonPart part) => JsonNode.Parse(part.Before) is JsonObject before && JsonNode.Parse(part.After) is JsonObject after
        && ((string[])["signatures", "attestations"]).Any(name => Texts(after[name]) is { Length: > 0 } texts && texts.All(Texts(before[name]).Contains) && Rest(before, name) == Rest(after, name));

    private static string Rest(JsonObject document, string name) => string.Join(',', document.Where(member => member.Key != name).Select(member => $"{member.Key}:{member.Value?.ToJsonString()}").Order(StringComparer.Ordinal));

    // Some other file of the export holds the file's name.
    private static bool IsNamed(Acceptance one) => one.Case.Files.Where(file => file != one.File).Any(file =>
        File.ReadAllBytes(Path.Combine(one.Case.Base, file.Path)).AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(Path.GetFileName(one.File.Path))) >= 0);

    private static string[] Texts(JsonNode? array) => array is JsonArray list ? [.. list.Select(one => one?.ToJsonString() ?? "")] : [];

    private static IEnumerable<string> Above(string path)
    {
        for (string part = path; part != "$"; part = part[..Math.Max(part.LastIndexOf('.'), part.LastIndexOf('['))])
        {
            yield return part;
        }
    }

    private static byte[] Without(byte[] document, string path)
    {
        JsonNode root = JsonNode.Parse(document)!;
        JsonNode? node = root;
        string[] steps = JsonDifference.Steps(path);
        foreach (string step in steps[..^1])
        {
            node = node is JsonArray list ? list.ElementAtOrDefault(Number(step)) : (node as JsonObject)?[step];
        }

        bool isThere = node is JsonArray array ? Remove(array, Number(steps[^1])) : node is JsonObject members && members.Remove(steps[^1]);
        return isThere ? System.Text.Encoding.UTF8.GetBytes(root.ToJsonString()) : document;
    }

    private static bool Remove(JsonArray array, int at)
    {
        if (at < array.Count)
        {
            array.RemoveAt(at);
        }

        return true;
    }

    private static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    // The lines between the common beginning and the common end can be left out.
    private static bool LinesUnneeded(Acceptance one)
    {
        (string[] before, string[] after) = (one.Texts.Before.Split('\n'), one.Texts.After.Split('\n'));
        int start = before.Zip(after).TakeWhile(pair => pair.First == pair.Second).Count();
        int end = before.Reverse().Zip(after.Reverse()).Take(Math.Min(before.Length, after.Length) - start).TakeWhile(pair => pair.First == pair.Second).Count();
        byte[] without = System.Text.Encoding.Latin1.GetBytes(string.Join('\n', [.. before[..start], .. before[(before.Length - end)..]]));
        return without.Length > 0 && one.IsAcceptedWith(without);
    }
}

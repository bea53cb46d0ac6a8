using System.Text.RegularExpressions;

namespace OfflineKit.Campaign.Rules;

/// <summary>The JSON of a file: all of it, the front matter of a dossier, or the one line that differs.</summary>
/// <param name="Before">The JSON before.</param>
/// <param name="After">The JSON afterwards.</param>
/// <param name="Around">The file with other JSON in its place.</param>
internal sealed partial record JsonPart(byte[] Before, byte[] After, Func<byte[], byte[]> Around)
{
    private const string Fence = "\n---";

    /// <summary>The JSON of <paramref name="one"/>, where all else is as it was; or null.</summary>
    public static JsonPart? Of(Acceptance one)
    {
        if (JsonDifference.Of(one.Before, one.After) is not null)
        {
            return new JsonPart(JsonDifference.Unmarked(one.Before).ToArray(), JsonDifference.Unmarked(one.After).ToArray(), static json => json);
        }

        (string before, string after) = one.Texts;
        JsonPart? part = before.StartsWith("---", StringComparison.Ordinal) ? OfSignatureLine(before, after) ?? OfFrontMatter(before, after) : OfLine(before.Split('\n'), after.Split('\n'));
        return part is not null && JsonDifference.Of(part.Before, part.After) is not null ? part : null;
    }

    private static JsonPart? OfFrontMatter(string before, string after)
    {
        (int start, int end) = (before.IndexOf('\n'), before.IndexOf(Fence, 3, StringComparison.Ordinal));
        (int otherStart, int otherEnd) = (after.IndexOf('\n'), after.IndexOf(Fence, Math.Min(3, after.Length), StringComparison.Ordinal));
        return start > 0 && end > start && otherStart > 0 && otherEnd > otherStart && before[end..] == after[otherEnd..]
            ? new JsonPart(Bytes(before[start..end]), Bytes(after[otherStart..otherEnd]), json => [.. Bytes(before[..(start + 1)]), .. json, .. Bytes(before[end..])])
            : null;
    }

    // In the YAML of a skill the signature is a text that holds JSON: the member dossier.signature.
    private static JsonPart? OfSignatureLine(string before, string after)
    {
        (Match was, Match now) = (SignatureLine().Match(before), SignatureLine().Match(after));
        return was.Success && now.Success && before.Remove(was.Index, was.Length) == after.Remove(now.Index, now.Length)
            ? new JsonPart(Unquoted(was), Unquoted(now), json => Bytes(before[..was.Index] + Quoted(was, json) + before[(was.Index + was.Length)..]))
            : null;
    }

    private static byte[] Unquoted(Match line) => Bytes("{\"metadata\":{\"dossier.signature\":" + (line.Groups["quote"].Value == "\"" ? line.Groups["json"].Value.Replace("\\\"", "\"", StringComparison.Ordinal) : line.Groups["json"].Value.Replace("''", "'", StringComparison.Ordinal)) + "}}");

    // The same quotes around other JSON, of which only the inner part stood there.
    private static string Quoted(Match line, byte[] json)
    {
        using System.Text.Json.JsonDocument whole = System.Text.Json.JsonDocument.Parse(json);
        string inner = whole.RootElement.TryGetProperty("metadata", out var metadata) && metadata.TryGetProperty("dossier.signature", out var signature) ? signature.GetRawText() : "";
        string quote = line.Groups["quote"].Value;
        return line.Value.Replace(quote + line.Groups["json"].Value + quote, quote + (quote == "\"" ? inner.Replace("\"", "\\\"", StringComparison.Ordinal) : inner.Replace("'", "''", StringComparison.Ordinal)) + quote, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"dossier\.signature[""']?: *(?<quote>[""']) *(?<json>\{.*\}) *\k<quote>", RegexOptions.ExplicitCapture)]
    private static partial Regex SignatureLine();

    private static JsonPart? OfLine(string[] before, string[] after)
    {
        int[] changed = before.Length == after.Length ? [.. Enumerable.Range(0, before.Length).Where(at => before[at] != after[at])] : [];
        return changed is [var line]
            ? new JsonPart(Bytes(before[line]), Bytes(after[line]), json => Bytes(string.Join('\n', [.. before[..line], System.Text.Encoding.Latin1.GetString(json), .. before[(line + 1)..]])))
            : null;
    }

    private static byte[] Bytes(string text) => System.Text.Encoding.Latin1.GetBytes(text);
}

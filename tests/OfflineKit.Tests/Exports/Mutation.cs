using System.Text.Json.Nodes;

namespace OfflineKit.Tests.Exports;

/// <summary>Ways of changing bytes: one bit, the end, the order of lines or members.</summary>
internal static class Mutation
{
    private const int EveryBitUpTo = 256, EveryByteUpTo = 4096, Samples = 1024;

    /// <summary>Every change of <paramref name="content"/> that is tried, with its name.</summary>
    public static IEnumerable<(string What, byte[] Changed)> Of(byte[] content)
    {
        foreach ((int at, int bit) in Bits(content.Length))
        {
            byte[] changed = [.. content];
            changed[at] ^= (byte)(1 << bit);
            yield return ($"bit {bit} of byte {at} flipped", changed);
        }

        foreach (int length in (int[])[0, 1, content.Length / 2, content.Length - 1])
        {
            if (length >= 0 && length < content.Length)
            {
                yield return ($"cut to {length} bytes", content[..length]);
            }
        }

        yield return ("a line feed appended", [.. content, (byte)'\n']);
        yield return ("a zero byte appended", [.. content, 0]);
        yield return ("a blank put in front", [(byte)' ', .. content]);
        yield return ("written twice", [.. content, .. content]);
        foreach ((string what, byte[] changed) in Reordered(content))
        {
            if (!changed.AsSpan().SequenceEqual(content))
            {
                yield return (what, changed);
            }
        }
    }

    /// <summary>The positions and bits that are flipped in content of <paramref name="length"/> bytes.</summary>
    public static IEnumerable<(int At, int Bit)> Bits(int length)
    {
        int step = length <= EveryByteUpTo ? 1 : Math.Max(1, length / Samples);
        for (int at = 0; at < length; at += step)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                if (length <= EveryBitUpTo || bit == at % 8)
                {
                    yield return (at, bit);
                }
            }
        }
    }

    private static IEnumerable<(string What, byte[] Changed)> Reordered(byte[] content)
    {
        string text = System.Text.Encoding.Latin1.GetString(content);
        string[] lines = text.Split('\n');
        if (lines.Length > 2)
        {
            yield return ("lines reversed", Bytes(string.Join('\n', lines[..^1].Reverse()) + "\n" + lines[^1]));
            yield return ("the first line written twice", Bytes($"{lines[0]}\n{text}"));
            yield return ("the last line taken away", Bytes(string.Join('\n', lines[..^2]) + "\n"));
        }

        if (text.StartsWith('{') && JsonNode.Parse(content) is JsonObject { Count: > 0 } json)
        {
            yield return ("members reversed", Bytes(new JsonObject(json.Reverse().Select(Copied)).ToJsonString()));
            yield return ("the first member written twice", Bytes("{" + new JsonObject([Copied(json.First())]).ToJsonString()[1..^1] + "," + text.TrimStart()[1..]));
            foreach (KeyValuePair<string, JsonNode?> member in json)
            {
                yield return ($"member {member.Key} taken away", Bytes(new JsonObject(json.Where(other => other.Key != member.Key).Select(Copied)).ToJsonString()));
                if (member.Value is JsonArray { Count: > 1 } list)
                {
                    JsonNode reversed = new JsonArray([.. list.Reverse().Select(node => node?.DeepClone())]);
                    yield return ($"{member.Key} reversed", Bytes(new JsonObject(json.Select(other => other.Key == member.Key ? KeyValuePair.Create(other.Key, (JsonNode?)reversed) : Copied(other))).ToJsonString()));
                }
            }
        }
    }

    private static KeyValuePair<string, JsonNode?> Copied(KeyValuePair<string, JsonNode?> member) => KeyValuePair.Create(member.Key, member.Value?.DeepClone());

    private static byte[] Bytes(string latin1) => System.Text.Encoding.Latin1.GetBytes(latin1);
}

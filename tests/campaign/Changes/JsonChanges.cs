using System.Buffers.Text;
using System.Text.Json;

namespace OfflineKit.Campaign.Changes;

/// <summary>A JSON document changed member by member and element by element; what it holds in base64 is changed as what it is.</summary>
/// <remarks>All else is left as it was written: a change is one of the text, not of a tree that is written anew.</remarks>
internal static class JsonChanges
{
    private sealed record Part(int Start, int End, string Path, string? Name, JsonTokenType Kind, List<Part> Parts)
    {
        // Where the value of a member begins.
        public int ValueStart { get; set; } = Start;
    }

    /// <summary>Every change; none of what is no JSON.</summary>
    public static IEnumerable<Change> Of(byte[] file, int depth)
    {
        if (file.AsSpan().TrimStart(" \r\n\t"u8) is not [(byte)'{' or (byte)'[', ..] || Read(file) is not { } root)
        {
            return [];
        }

        return Walk(root).SelectMany(part => OfPart(file, part, depth));
    }

    private static IEnumerable<Change> OfPart(byte[] file, Part part, int depth)
    {
        foreach (Change change in Replaced(file, part).Concat(part.Name is null ? [] : Renamed(file, part)).Concat(Nested(file, part, depth)))
        {
            yield return change with { What = $"JSON {part.Path}: {change.What}" };
        }

        List<Part> inner = part.Parts;
        for (int at = 0; at < inner.Count; at++)
        {
            string path = inner[at].Path;
            (int from, int to) = at + 1 < inner.Count ? (inner[at].Start, inner[at + 1].Start) : (at > 0 ? inner[at - 1].End : inner[at].Start, inner[at].End);
            yield return new Change($"JSON {path}: left out", [.. file[..from], .. file[to..]]);
            yield return new Change($"JSON {path}: doubled", [.. file[..inner[at].End], (byte)',', .. file[inner[at].Start..]]);
            if (at + 1 < inner.Count)
            {
                Part next = inner[at + 1];
                yield return new Change(
                    $"JSON {path}: exchanged with the next", [.. file[..inner[at].Start], .. file[next.Start..next.End], .. file[inner[at].End..next.Start], .. file[inner[at].Start..inner[at].End], .. file[next.End..]]);
            }
        }
    }

    private static IEnumerable<Change> Replaced(byte[] file, Part part) =>
        ((string[])["null", "[]", "{}", "\"\"", "0", "true", "\"x\"", "-1", "1e3", "[null]"])
            .Select(value => new Change($"made {value}", [.. file[..part.ValueStart], .. System.Text.Encoding.UTF8.GetBytes(value), .. file[part.End..]]))
            .Where(change => !change.Content.AsSpan().SequenceEqual(file));

    private static IEnumerable<Change> Renamed(byte[] file, Part part)
    {
        foreach (string name in (string[])[part.Name + "x", part.Name!.ToUpperInvariant(), "", part.Name[..^Math.Min(1, part.Name.Length)]])
        {
            if (name != part.Name)
            {
                yield return new Change($"called \"{name}\"", [.. file[..part.Start], .. JsonSerializer.SerializeToUtf8Bytes(name), (byte)':', .. file[part.ValueStart..]]);
            }
        }

        byte[] empty = [.. JsonSerializer.SerializeToUtf8Bytes(part.Name), .. ":null"u8];
        yield return new Change("a null of the same name before", [.. file[..part.Start], .. empty, (byte)',', .. file[part.Start..]]);
        yield return new Change("a null of the same name behind", [.. file[..part.End], (byte)',', .. empty, .. file[part.End..]]);
        yield return new Change("its name escaped", [.. file[..part.Start], .. Escaped(part.Name), (byte)':', .. file[part.ValueStart..]]);
        yield return new Change("an unknown member behind", [.. file[..part.End], .. ",\"unknown\":1"u8, .. file[part.End..]]);
    }

    private static byte[] Escaped(string name) =>
        System.Text.Encoding.ASCII.GetBytes('"' + string.Concat(name.Select(letter => $"\\u{(int)letter:x4}")) + '"');

    // A text that is base64 of something with parts.
    private static IEnumerable<Change> Nested(byte[] file, Part part, int depth)
    {
        ReadOnlySpan<byte> text = file.AsSpan(part.ValueStart, part.End - part.ValueStart);
        if (depth == 0 || part.Kind != JsonTokenType.String || text.Length < 10 || text.Contains((byte)'\\'))
        {
            return [];
        }

        text = text[1..^1];
        byte[] content = new byte[text.Length];
        return Base64.DecodeFromUtf8(text, content, out _, out int written) == System.Buffers.OperationStatus.Done
            ? StructuralChanges.Of(content[..written], depth - 1)
                .Select(change => change with { Content = [.. file[..(part.ValueStart + 1)], .. System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(change.Content)), .. file[(part.End - 1)..]] })
            : [];
    }

    private static IEnumerable<Part> Walk(Part part) => part.Parts.SelectMany(Walk).Prepend(part);

    private static Part? Read(byte[] file)
    {
        try
        {
            Utf8JsonReader reader = new(file, new JsonReaderOptions { MaxDepth = 64 });
            reader.Read();
            Part root = Value(ref reader, "$", name: null, (int)reader.TokenStartIndex);
            return reader.Read() ? null : root;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // No JSON has no members.
            return null;
        }
    }

    private static Part Value(ref Utf8JsonReader reader, string path, string? name, int start)
    {
        int valueStart = (int)reader.TokenStartIndex;
        JsonTokenType kind = reader.TokenType;
        List<Part> parts = [];
        while (kind is JsonTokenType.StartObject or JsonTokenType.StartArray && reader.Read() && reader.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray))
        {
            int inner = (int)reader.TokenStartIndex;
            string? member = reader.TokenType == JsonTokenType.PropertyName ? reader.GetString() : null;
            if (member is not null)
            {
                reader.Read();
            }

            parts.Add(Value(ref reader, member is null ? $"{path}[{parts.Count}]" : $"{path}.{member}", member, inner));
        }

        return new Part(start, (int)reader.BytesConsumed, path, name, kind, parts) { ValueStart = valueStart };
    }
}

using System.Text.Json;
using OfflineKit.Encoding;

namespace OfflineKit.Host.Batches;

/// <summary>Which part of a larger list a list, or its results, are.</summary>
/// <param name="Of">How many parts there are.</param>
/// <param name="Index">Which one this is, counted from 0.</param>
/// <param name="List">SHA-256 of the whole list, <c>sha256:hex</c>: parts of two lists are not put together.</param>
/// <param name="Entries">How many entries this part holds.</param>
internal sealed record ShardHeader(int Of, int Index, string List, long Entries)
{
    /// <summary>The most parts of a list.</summary>
    public const int MostParts = 1_000_000;

    /// <summary>The header on <paramref name="line"/>, or null when it is something else.</summary>
    public static ShardHeader? TryParse(byte[] line) =>
        line.AsSpan().StartsWith("{\"shard\":"u8) && StrictJson.ParseObject(line, "line").Optional("shard") is { } shard ? FromJson(shard) : null;

    /// <summary>The header in <paramref name="value"/>.</summary>
    public static ShardHeader FromJson(JsonValue value)
    {
        value.RefuseOtherMembers("of", "index", "list", "entries");
        ShardHeader header = new((int)Math.Min(value["of"].Integer, int.MaxValue), (int)Math.Min(value["index"].Integer, int.MaxValue), value.String("list"), value["entries"].Integer);
        return header.Of is >= 1 and <= MostParts && header.Index >= 0 && header.Index < header.Of && header.Entries >= 0
            ? header
            : throw new MalformedException($"shard {header.Index} of {header.Of} with {header.Entries} entries is none");
    }

    /// <summary>Writes the header as one object.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("of", Of);
        json.WriteNumber("index", Index);
        json.WriteString("list", List);
        json.WriteNumber("entries", Entries);
        json.WriteEndObject();
    }
}

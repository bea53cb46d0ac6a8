using System.Text.Json.Nodes;

namespace OfflineKit.Tests.Exports;

/// <summary>A change after which an export may stay trusted, because nothing that anybody relies on changed.</summary>
/// <param name="File">The end of the file's path.</param>
/// <param name="Why">Why that is right.</param>
/// <param name="MeansTheSame">Whether the changed file (null: taken away) still means what the good one does.</param>
internal sealed record AllowedChange(string File, string Why, Func<byte[], byte[]?, bool> MeansTheSame)
{
    /// <summary>Every allowed change; one that no longer occurs fails the tests.</summary>
    public static AllowedChange[] All { get; } =
    [
        new("verify-offline.sh", "covered by no signature, and the report says never to run it", (_, changed) => changed is not null),
        new("devportal-good/checksums.txt", "a list that says of fewer files what the signed manifest says", (good, changed) => changed is not null && Lines(changed).IsSubsetOf(Lines(good))),
        new("export-center-detached/manifests/provenance.json", "the text repeats what its envelope holds", (_, changed) => changed is null),
        new(".minisig", "minisign's untrusted comment, and a final line feed", (good, changed) => changed is not null && AfterFirstLine(changed).SequenceEqual(AfterFirstLine(good))),
        new(".dsse.json", "white space and the order of members in an envelope", SameJson),
        new("manifest.dsse", "white space and the order of members in an envelope", SameJson),
        new("provenance.json", "white space and the order of members in an envelope", SameJson),
        new("signature.json", "white space and the order of members in an envelope", SameJson),
        new("rekor-receipt.json", "white space, order of members, and the name and key id by which a checkpoint's signature is looked up", SameReceipt),
        new("checkpoint.sig", "the name and key id by which a checkpoint's signature is looked up", SameNote),
        new("model.sig", "white space, order of members, and what a bundle calls its key", SameBundle),
        new("payload.tar.zst.sha256", "a final line feed", (good, changed) => changed is not null && Trimmed(changed).SequenceEqual(Trimmed(good))),
    ];

    /// <summary>The entry that allows the file at <paramref name="path"/> to become <paramref name="changed"/> (null: to be taken away), or null.</summary>
    public static AllowedChange? Of(GoodExport good, string path, byte[]? changed) => good.Files.TryGetValue(path, out byte[]? before)
        ? All.FirstOrDefault(change => $"{good.Vector}/{path}".EndsWith(change.File, StringComparison.Ordinal) && change.MeansTheSame(before, changed))
        : null;

    // Empty lines and comments say nothing.
    // Digests may be written in either case.
    private static HashSet<string> Lines(byte[] content) => [.. Text(content).Split('\n').Where(line => line.Length > 0 && !line.StartsWith('#'))
        .Select(line => line.StartsWith("root ", StringComparison.Ordinal) ? line.ToLowerInvariant() : line[..Math.Min(64, line.Length)].ToLowerInvariant() + line[Math.Min(64, line.Length)..])];

    private static ReadOnlySpan<byte> AfterFirstLine(byte[] content) => Trimmed(content.AsSpan(content.AsSpan().IndexOf((byte)'\n') + 1));

    private static ReadOnlySpan<byte> Trimmed(ReadOnlySpan<byte> content) => content.TrimEnd((byte)'\n');

    private static bool SameJson(byte[] good, byte[]? changed) => changed is not null && Json(changed) is { } other && JsonNode.DeepEquals(Json(good), other);

    private static bool SameBundle(byte[] good, byte[]? changed)
    {
        JsonNode? one = Json(good)?["dsseEnvelope"], other = changed is null || Json(changed) is not JsonObject bundle ? null : bundle["dsseEnvelope"];
        return other is JsonObject && JsonNode.DeepEquals(one!["payload"], other["payload"]) && JsonNode.DeepEquals(one["payloadType"], other["payloadType"])
            && JsonNode.DeepEquals(one["signatures"]![0]!["sig"], other["signatures"]?[0]?["sig"]);
    }

    private static bool SameReceipt(byte[] good, byte[]? changed)
    {
        if (changed is null || Json(changed) is not JsonObject other || Json(good) is not JsonObject one)
        {
            return false;
        }

        string checkpoint = one["checkpoint"]!.GetValue<string>(), otherCheckpoint = other["checkpoint"]!.GetValue<string>();
        (one["checkpoint"], other["checkpoint"]) = ("", "");
        return JsonNode.DeepEquals(one, other) && SameNote(Bytes(checkpoint), Bytes(otherCheckpoint));
    }

    // The signed text is the same; in the signature line, whose last word is base64 of four bytes of key id and the signature, the signature is.
    private static bool SameNote(byte[] good, byte[]? changed)
    {
        if (changed is null)
        {
            return false;
        }

        string one = Text(good), other = Text(changed);
        if (one == other)
        {
            return true;
        }

        int split = one.IndexOf("\n\n", StringComparison.Ordinal);
        return split > 0 && other.IndexOf("\n\n", StringComparison.Ordinal) == split && one[..split] == other[..split] && SignatureOf(one).AsSpan().SequenceEqual(SignatureOf(other));
    }

    private static byte[] SignatureOf(string note) => Convert.TryFromBase64String(note.TrimEnd('\n').Split(' ')[^1], new byte[256], out int size) && size > 4
        ? Convert.FromBase64String(note.TrimEnd('\n').Split(' ')[^1])[4..]
        : [];

    private static JsonNode? Json(byte[] content)
    {
        try
        {
            return JsonNode.Parse(content);
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }

    private static string Text(byte[] content) => System.Text.Encoding.UTF8.GetString(content);

    private static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}

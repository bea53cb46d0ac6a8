using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Transparency;

namespace OfflineKit.Formats.Sigstore;

/// <summary>A transparency log entry as a bundle carries it.</summary>
/// <param name="LogIndex">The entry's index over all shards of the log.</param>
/// <param name="LogId">The log's id.</param>
/// <param name="Body">What was logged.</param>
/// <param name="CanonicalBody">The bytes that were logged: the leaf of the tree.</param>
/// <param name="IntegratedTime">Seconds since 1970; 0 where the log states none. Worth something only with a promise.</param>
/// <param name="Promise">The signed entry timestamp, or null.</param>
/// <param name="Proof">The inclusion proof, or null.</param>
/// <remarks>Source: docs/spec/sigstore.md F6, F21–F27.</remarks>
internal sealed record LogEntry(
    long LogIndex,
    ReadOnlyMemory<byte> LogId,
    LogEntryBody Body,
    ReadOnlyMemory<byte> CanonicalBody,
    long IntegratedTime,
    SignedEntryTimestamp? Promise,
    InclusionProof? Proof)
{
    /// <summary>The entry in an element of <c>tlogEntries</c>.</summary>
    public static LogEntry FromJson(JsonValue json)
    {
        json.RefuseOtherMembers("logIndex", "logId", "kindVersion", "integratedTime", "inclusionPromise", "inclusionProof", "canonicalizedBody");
        JsonValue kind = json.Object("kindVersion"), id = json.Object("logId");
        kind.RefuseOtherMembers("kind", "version");
        id.RefuseOtherMembers("keyId");
        byte[] body = ProtoJson.Bytes(json, "canonicalizedBody"), logId = ProtoJson.Bytes(id, "keyId");
        if (body.Length > Limits.LogEntryBody)
        {
            throw new MalformedException(Reasons.InputTooLarge, $"{json.Path}.canonicalizedBody: {body.Length} bytes, limit {Limits.LogEntryBody}");
        }

        (long index, long time) = (ProtoJson.Number(json, "logIndex"), ProtoJson.Number(json, "integratedTime"));
        LogEntryBody parsed = LogEntryBody.Parse(body, kind.String("kind"), kind.String("version"));
        byte[]? promise = Promised(json);
        if (parsed.IsRekorV2 && (promise is not null || time != 0))
        {
            throw new MalformedException($"{json.Path}: a {parsed.Kind} {parsed.Version} entry has neither promise nor time");
        }

        InclusionProof? proof = json.OptionalNotNull("inclusionProof") is { } given ? InclusionProof.FromJson(given) : null;
        if (parsed.IsRekorV2 && proof is not null && proof.LogIndex != index)
        {
            // Rekor v2 has no shards: nothing else would bind the entry's own index.
            throw new MalformedException($"{json.Path}: index {index}, its proof is for {proof.LogIndex}");
        }

        return new LogEntry(
            index,
            logId,
            parsed,
            body,
            time,
            promise is null ? null : new SignedEntryTimestamp(body, time, logId, index, promise),
            proof);
    }

    private static byte[]? Promised(JsonValue json)
    {
        if (json.OptionalNotNull("inclusionPromise") is not { } promise)
        {
            return null;
        }

        promise.RefuseOtherMembers("signedEntryTimestamp");
        return ProtoJson.Bytes(promise, "signedEntryTimestamp");
    }
}

/// <summary>The hashes that lead from an entry to the root of the log's tree, and the log's statement on that root.</summary>
/// <param name="LogIndex">The leaf's index in the shard.</param>
/// <param name="TreeSize">Leaves, as the proof claims; the checkpoint decides.</param>
/// <param name="RootHash">The root, as the proof claims; the checkpoint decides.</param>
/// <param name="Hashes">From the leaf to the root.</param>
/// <param name="Checkpoint">The signed note; empty when absent.</param>
internal sealed record InclusionProof(
    long LogIndex, long TreeSize, ReadOnlyMemory<byte> RootHash, ImmutableArray<ReadOnlyMemory<byte>> Hashes, ReadOnlyMemory<byte> Checkpoint)
{
    /// <summary>The proof in a JSON object.</summary>
    public static InclusionProof FromJson(JsonValue json)
    {
        json.RefuseOtherMembers("logIndex", "rootHash", "treeSize", "hashes", "checkpoint");
        JsonValue? checkpoint = json.OptionalNotNull("checkpoint");
        checkpoint?.RefuseOtherMembers("envelope");
        return new InclusionProof(
            ProtoJson.Number(json, "logIndex"),
            ProtoJson.Number(json, "treeSize"),
            ProtoJson.Bytes(json, "rootHash"),
            [.. ProtoJson.Repeated(json, "hashes", 64).Select(hash => (ReadOnlyMemory<byte>)StrictBase64.Decode(hash.Text, hash.Path))],
            Utf8Text.Encode(checkpoint?.OptionalNotNull("envelope")?.Text ?? ""));
    }
}

using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Host.Batches;
using OfflineKit.Host.Policies;
using OfflineKit.Host.Results;
using OfflineKit.Host.Serve;

namespace OfflineKit.Fuzz.Targets;

/// <summary>What the surfaces read: policies, lists of a batch, requests, results.</summary>
internal static class HostTargets
{
    /// <summary>One for each.</summary>
    public static ImmutableArray<Target> All { get; } =
    [
        new("policy", static content => _ = PolicyText.Parse(content)),
        new("yaml", static content => _ = StrictJson.Parse(YamlDocument.ToJson(content, "yaml"), "what was written of it")),
        new("batch-line", static content => _ = (BatchEntry.Parse(content, ListForm.Ndjson), BatchEntry.Parse(content, ListForm.Paths)))
        {
            OwnSeeds = static () => ["""{"path":"a/b.txt","signaturePath":"a/b.txt.minisig"}"""u8.ToArray(), "a/b.txt"u8.ToArray()],
        },
        new("serve-request", static content => _ = (ServeRequest.Parse(content) is var request ? request.Content : null, request.Path))
        {
            OwnSeeds = static () => ["""{"id":"1","verb":"verify","path":"a","content":"YQ=="}"""u8.ToArray(), """{"id":"2","verb":"inspect","path":"a"}"""u8.ToArray()],
        },
        new("results-line", static content => _ = ResultRow.Parse(content, StrictJson.ParseObject(content, "line")))
        {
            OwnSeeds = static () => ["""{"path":"a/b","status":"not-signed","error":{"code":"signature-missing","message":"none"},"signatures":["a/b.sig"]}"""u8.ToArray()],
        },
    ];
}

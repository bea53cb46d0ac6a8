using System.Text.Json.Nodes;

namespace OfflineKit.Tests.VirtualSigstore;

/// <summary>The shape of bundles: media types, oneofs, duplicates, limits, dialect.</summary>
internal static class ShapeScenarios
{
    private const string Malformed = "signature.malformed", MediaType = "bundle.media-type";

    public static IEnumerable<Scenario> All =>
    [
        Edited("media-type-absent", "without a media type nobody knows which rules hold", MediaType, bundle => bundle.Remove("mediaType")),
        Edited("media-type-empty", "an empty media type is no version", MediaType, bundle => bundle["mediaType"] = ""),
        Edited("media-type-text", "another media type is another format", MediaType, bundle => bundle["mediaType"] = "application/json"),
        Edited("media-type-v0.4", "a later version may mean something else", MediaType, bundle => bundle["mediaType"] = "application/vnd.dev.sigstore.bundle.v0.4+json"),
        Edited("media-type-99.9", "a version that never existed", MediaType, bundle => bundle["mediaType"] = "application/vnd.dev.sigstore.bundle+json;version=99.9"),
        Edited("content-both", "message and envelope in one bundle: two readers could verify two things", Malformed, bundle => bundle["dsseEnvelope"] = new JsonObject
        {
            ["payload"] = "e30=", ["payloadType"] = "application/vnd.in-toto+json", ["signatures"] = new JsonArray(new JsonObject { ["sig"] = "AAAA" }),
        }),
        Edited("content-none", "a bundle without a signature", Malformed, bundle => bundle.Remove("messageSignature")),
        Edited("material-both", "a certificate and a key: which one signed?", Malformed, bundle => Material(bundle)["publicKey"] = new JsonObject { ["hint"] = "k" }),
        Edited("material-none", "neither certificate nor key", Malformed, bundle => Material(bundle).Remove("certificate")),
        Edited("v0.3-with-chain", "version 0.3 carries one certificate, never a chain", Malformed, bundle =>
        {
            JsonNode leaf = Material(bundle)["certificate"]!.DeepClone();
            Material(bundle).Remove("certificate");
            Material(bundle)["x509CertificateChain"] = new JsonObject { ["certificates"] = new JsonArray(leaf) };
        }),
        Edited("unknown-member", "a member that we do not know could be one that a verifier must not ignore", Malformed, bundle => bundle["extra"] = 1),
        Edited("number-instead-of-string", "64-bit integers are strings in protobuf JSON", Malformed, bundle => EntryOf(bundle)["logIndex"] = 1003),
        Edited("number-with-nul", "a NUL behind the digits of a number", Malformed, bundle => EntryOf(bundle)["logIndex"] = "1003\0"),
        Edited("negative-index", "no log has a leaf before its first", Malformed, bundle => EntryOf(bundle)["logIndex"] = "-1"),
        Edited("duplicate-entry", "one log entry must not count twice", "bundle.duplicate", bundle => Material(bundle)["tlogEntries"]!.AsArray().Add(EntryOf(bundle).DeepClone())),
        Envelope("dsse-two-signatures", "an envelope in a bundle has one signature: the log entry and the certificate belong to one", Malformed,
            signatures => signatures.Add(signatures[0]!.DeepClone())),
        Envelope("dsse-no-signatures", "an envelope without a signature", Malformed, signatures => signatures.Clear()),
        Raw("duplicate-members", "two members of one name: the first and the last reader see different bundles", Malformed, text => text.Replace(
            "\"mediaType\":", "\"mediaType\":\"application/vnd.dev.sigstore.bundle.v0.3+json\",\"mediaType\":", StringComparison.Ordinal)),
        Raw("deep-json", "10,000 arrays in each other must not overflow anything", Malformed, _ => new string('[', 10_000) + new string(']', 10_000)),
        Raw("empty-file", "an empty bundle", Malformed, _ => ""),
        Raw("line-breaks-in-base64", "base64 with blanks has a second spelling", Malformed, text => text.Replace("\"signature\":\"M", "\"signature\":\"\\nM", StringComparison.Ordinal)),
        new("huge-log-body", "a log body of megabytes", "limit.input-too-large", instance => new Question(
            new BundleDraft(instance) { EditBody = body => { body["filler"] = new string('x', 1_100_000); return body; } }.Build())) { IsUnitTestOnly = true },
        new("chain-in-v0.1", "version 0.1 carries a chain whose first certificate is the leaf; the others are ignored", "trusted", instance => new Question(
            new BundleDraft(instance) { MediaType = "application/vnd.dev.sigstore.bundle+json;version=0.1", Edit = AsChain(instance) }.Build())),
        new("v0.1-without-promise", "a version 0.1 entry must carry its promise", "bundle.proof-missing", instance => new Question(
            new BundleDraft(instance) { MediaType = "application/vnd.dev.sigstore.bundle+json;version=0.1", HasPromise = false, StampedAt = VirtualSigstoreInstance.Noon, Edit = AsChain(instance) }.Build())),
        new("v0.1-promise-only", "a promise without proof and checkpoint is not enough", "bundle.promise-only", instance => new Question(
            new BundleDraft(instance)
            {
                MediaType = "application/vnd.dev.sigstore.bundle+json;version=0.1",
                Edit = bundle => { AsChain(instance)(bundle); EntryOf(bundle).Remove("inclusionProof"); },
            }.Build())),
    ];

    public static JsonObject Material(JsonObject bundle) => bundle["verificationMaterial"]!.AsObject();

    public static JsonObject EntryOf(JsonObject bundle) => Material(bundle)["tlogEntries"]![0]!.AsObject();

    private static Action<JsonObject> AsChain(VirtualSigstoreInstance instance) => bundle =>
    {
        JsonNode leaf = Material(bundle)["certificate"]!.DeepClone();
        Material(bundle).Remove("certificate");
        JsonObject intermediate = new() { ["rawBytes"] = Convert.ToBase64String(instance.Authority.Intermediate) };
        Material(bundle)["x509CertificateChain"] = new JsonObject { ["certificates"] = new JsonArray(leaf, intermediate) };
    };

    private static Scenario Edited(string name, string about, string expect, Action<JsonObject> edit) =>
        new(name, about, expect, instance => new Question(new BundleDraft(instance) { Edit = edit }.Build()));

    private static Scenario Envelope(string name, string about, string expect, Action<JsonArray> edit) => new(name, about, expect, instance => new Question(
        new BundleDraft(instance) { IsEnvelope = true, Entry = EntryKind.Dsse, Edit = bundle => edit(bundle["dsseEnvelope"]!["signatures"]!.AsArray()) }.Build()));

    private static Scenario Raw(string name, string about, string expect, Func<string, string> edit) => new(name, about, expect, instance => new Question(
        System.Text.Encoding.UTF8.GetBytes(edit(System.Text.Encoding.UTF8.GetString(new BundleDraft(instance).Build())))));
}

using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace OfflineKit.Tests.VirtualSigstore;

/// <summary>Trusted roots as private instances, other clients and later versions write them: what cannot be used is left out, and the rest counts.</summary>
internal static class InstanceScenarios
{

    public static IEnumerable<Scenario> All => [.. Spellings, .. LeftOut, .. Logs, .. WithoutLogs];

    private static IEnumerable<Scenario> Spellings =>
    [
        Root("root-base-url-absent", "proto3 leaves out what is empty: a log without address", "trusted", (_, root) => root["tlogs"]![0]!.AsObject().Remove("baseUrl")),
        Root("root-base-url-empty", "a log with an empty address", "trusted", (_, root) => root["tlogs"]![0]!["baseUrl"] = ""),
        Root("root-snake-case", "members by the names of the protobuf fields", "trusted", (_, root) => Rename(root, Snake)),
        Root("root-integer-enums", "enumerations by number", "trusted", (_, root) =>
        {
            foreach (JsonNode log in root["tlogs"]!.AsArray().Concat(root["ctlogs"]!.AsArray()).OfType<JsonNode>())
            {
                log["hashAlgorithm"] = 1;
                log["publicKey"]!["keyDetails"] = log["publicKey"]!["keyDetails"]!.GetValue<string>() == "PKIX_ED25519" ? 7 : 5;
            }
        }),
        Root("root-both-spellings", "one field under both of its names: which one is meant?", "bundle.no-log", (_, root) => root["tlogs"]![0]!["base_url"] = "https://other.example"),
        new("root-in-client-config", "the configuration of a client holds its trusted root", "trusted", instance => new Question(new BundleDraft(instance).Build())
        {
            Root = new JsonObject { ["mediaType"] = "application/vnd.dev.sigstore.clienttrustconfig.v0.1+json", ["trustedRoot"] = instance.Root(), ["signingConfig"] = new JsonObject { ["caUrls"] = new JsonArray() } },
        }),
        new("root-in-client-config-later", "a configuration whose trusted root is of a later version", "trust.malformed", instance => new Question(new BundleDraft(instance).Build())
        {
            Root = new JsonObject
            {
                ["mediaType"] = "application/vnd.dev.sigstore.clienttrustconfig.v0.1+json",
                ["trustedRoot"] = TrustScenarios.With(instance, root => root["mediaType"] = "application/vnd.dev.sigstore.trustedroot.v0.9+json"),
            },
        }),
    ];

    private static IEnumerable<Scenario> LeftOut =>
    [
        Root("root-member-unknown", "members of later versions are passed over", "trusted", (_, root) =>
        {
            root["signingConfigs"] = new JsonArray();
            root["tlogs"]![0]!["comment"] = "ours";
            root["certificateAuthorities"]![0]!["comment"] = "ours";
        }),
        Root("root-log-unknown-key", "one log more, with a key of a kind to come: the others count", "trusted", (instance, root) => root["tlogs"]!.AsArray().Add(Log(instance, "ML_DSA_65"))),
        Root("root-log-unknown-key-number", "the same by a number that no name has yet", "trusted", (instance, root) => root["tlogs"]!.AsArray().Insert(0, Log(instance, 99))),
        Root("root-log-unknown-hash", "one log more that hashes otherwise", "trusted", (instance, root) => root["tlogs"]!.AsArray().Add(Other(instance, log => log["hashAlgorithm"] = "SHA3_256"))),
        Root("root-log-key-damaged", "one log more, whose key is none", "trusted", (instance, root) => root["tlogs"]!.AsArray().Add(Other(instance, log => log["publicKey"]!["rawBytes"] = "AAAA"))),
        Root("root-log-key-lies", "the log that signed is called by another curve than its key's", "bundle.no-log", (_, root) => root["tlogs"]![0]!["publicKey"]!["keyDetails"] = "PKIX_ECDSA_P384_SHA_384"),
        Root("root-ct-log-left-out", "the CT log is of a kind to come: its promise counts for nothing", "sct.no-logs", (_, root) => root["ctlogs"]![0]!["publicKey"]!["keyDetails"] = "ML_DSA_87"),
        Root("root-authority-unreadable", "one authority more, whose certificate is none", "trusted", (_, root) => root["certificateAuthorities"]!.AsArray().Add(Authority("https://other.example"))),
        Root("root-tsa-unreadable", "one time-stamping authority more, whose certificate is none", "trusted", (_, root) => root["timestampAuthorities"]!.AsArray().Add(Authority("https://other.example"))),
        new("root-github-beside-unreadable", "an authority that cannot be read may be another's: the profile without logs is not chosen by what is left out", "bundle.no-log", instance =>
        {
            Question question = TrustScenarios.GitHub(instance, VirtualSigstoreInstance.Noon);
            question.Root!["certificateAuthorities"]!.AsArray().Add(Authority("https://other.example"));
            return question;
        }),
    ];

    private static IEnumerable<Scenario> Logs =>
    [
        By("root-log-p521", "a log with a P-521 key that hashes as its curve does", "trusted", new() { Rekor = VirtualLog.P521("rekor.virtual.example", HashAlgorithmName.SHA512) }),
        By("root-log-p521-sha256", "a log with a P-521 key that hashes with SHA-256, as Rekor v1 does on every curve", "trusted", new() { Rekor = VirtualLog.P521("rekor.virtual.example", HashAlgorithmName.SHA256) }),
        By("root-log-p521-sha384", "a hash that neither the curve nor Rekor has", "log.checkpoint-mismatch", new() { Rekor = VirtualLog.P521("rekor.virtual.example", HashAlgorithmName.SHA384) }),
        By("root-ct-log-p521", "a CT log with a P-521 key: an SCT says SHA-256", "trusted", new() { CertificateLog = VirtualLog.P521("ctfe.virtual.example", HashAlgorithmName.SHA256) }),
    ];

    private static IEnumerable<Scenario> WithoutLogs =>
    [
        Line("without-logs-unasked", "an instance that runs no log, and nobody says so", "bundle.no-log", "", root => Remove(root, "tlogs", "ctlogs"), "accepted with --allow-timestamp-only"),
        Line("without-logs-allowed", "the caller says that the instance runs no log: one RFC 3161 time is enough", "trusted", " --allow-timestamp-only", root => Remove(root, "tlogs", "ctlogs")),
        Line("without-logs-allowed-but-ct", "the instance runs a CT log: its promise is demanded still", "sct.missing", " --allow-timestamp-only", root => Remove(root, "tlogs")),
        Line("without-logs-allowed-but-log", "the instance runs a log: an entry is demanded still", "bundle.no-log", " --allow-timestamp-only", _ => { }),
        Line("without-logs-allowed-but-left-out", "the instance runs a log of a kind to come: an entry is demanded still", "bundle.no-log", " --allow-timestamp-only", root =>
        {
            Remove(root, "ctlogs");
            root["tlogs"] = new JsonArray(new JsonObject { ["hashAlgorithm"] = "SHA2_256" });
        }),
        new("without-logs-no-time", "without logs and without a time nothing dates the certificate", "bundle.no-time", instance => Private(instance, stampedAt: null, root => Remove(root, "tlogs", "ctlogs")))
        {
            CommandLine = "verify-bundle --bundle bundle.sigstore.json {identity} --trusted-root {root} --allow-timestamp-only ../_instance/a.txt",
        },
    ];

    private static Question Private(VirtualSigstoreInstance instance, DateTimeOffset? stampedAt, Action<JsonObject> edit) =>
        new(new BundleDraft(instance) { Entry = EntryKind.None, StampedAt = stampedAt, Leaf = new LeafRecipe { LoggedAt = default } }.Build()) { Root = TrustScenarios.With(instance, edit) };

    private static Scenario Line(string name, string about, string expect, string options, Action<JsonObject> edit, string contains = "") =>
        new(name, about, expect, instance => Private(instance, VirtualSigstoreInstance.Noon, edit))
        {
            CommandLine = $"verify-bundle --bundle bundle.sigstore.json {{identity}} --trusted-root {{root}}{options} ../_instance/a.txt",
            Contains = contains,
        };

    private static Scenario Root(string name, string about, string expect, Action<VirtualSigstoreInstance, JsonObject> edit) =>
        new(name, about, expect, instance => new Question(new BundleDraft(instance).Build()) { Root = TrustScenarios.With(instance, root => edit(instance, root)) });

    private static Scenario By(string name, string about, string expect, VirtualSigstoreInstance instance) =>
        new(name, about, expect, _ => new Question(new BundleDraft(instance).Build()) { Root = instance.Root() });

    private static JsonObject Log(VirtualSigstoreInstance instance, JsonNode details) => Other(instance, log => log["publicKey"]!["keyDetails"] = details);

    private static JsonObject Other(VirtualSigstoreInstance instance, Action<JsonObject> edit)
    {
        JsonObject log = instance.OtherRekor.ForRoot();
        edit(log);
        return log;
    }

    private static JsonObject Authority(string uri) => new() { ["uri"] = uri, ["certChain"] = new JsonObject { ["certificates"] = new JsonArray(new JsonObject { ["rawBytes"] = "MAA=" }) } };

    private static void Remove(JsonObject root, params string[] members)
    {
        foreach (string member in members)
        {
            root.Remove(member);
        }
    }

    private static void Rename(JsonNode? node, Func<string, string> name)
    {
        if (node is JsonArray elements)
        {
            elements.ToList().ForEach(element => Rename(element, name));
        }

        if (node is not JsonObject members) return;
        foreach ((string member, JsonNode? value) in members.ToList())
        {
            Rename(value, name);
            members.Remove(member);
            members[name(member)] = value;
        }
    }

    private static string Snake(string name) => string.Concat(name.Select(c => char.IsAsciiLetterUpper(c) ? $"_{char.ToLowerInvariant(c)}" : $"{c}"));
}

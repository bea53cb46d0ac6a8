using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace OfflineKit.Tests.VirtualSigstore;

/// <summary>Log entries: bodies, proofs, checkpoints, promises.</summary>
internal static class LogScenarios
{
    private const string Mismatch = "bundle.entry-mismatch", Kind = "bundle.entry-kind";

    public static IEnumerable<Scenario> All => [.. Bodies, .. Proofs, .. Checkpoints];

    private static IEnumerable<Scenario> Bodies =>
    [
        Body("body-other-digest", "the log recorded another artefact", Mismatch, spec => spec["data"]!["hash"] = EntryBodies.Hash("other"u8.ToArray())),
        Body("body-other-signature", "the log recorded another signature", Mismatch, spec => spec["signature"]!["content"] = "AAAA"),
        new("body-other-certificate", "the log recorded another certificate", Mismatch, instance =>
        {
            using ECDsa other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            string pem = PemEncoding.WriteString("CERTIFICATE", instance.Authority.Issue(other, new LeafRecipe()));
            return new Question(new BundleDraft(instance) { EditBody = OnSpec(spec => spec["signature"]!["publicKey"]!["content"] = Base64(pem)) }.Build());
        }),
        new("body-key-of-certificate", "the log recorded the bare key, the bundle has a certificate", Mismatch, instance =>
        {
            BundleDraft draft = new(instance);
            return new Question((draft with { EditBody = OnSpec(spec => spec["signature"]!["publicKey"]!["content"] = Base64(draft.KeyPem)) }).Build());
        }),
        new("body-other-key", "managed key: the log recorded another key", Mismatch, instance =>
        {
            using ECDsa other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            BundleDraft draft = new(instance) { IsManaged = true, EditBody = OnSpec(spec => spec["signature"]!["publicKey"]!["content"] = Base64(other.ExportSubjectPublicKeyInfoPem())) };
            return new Question(draft.Build()) { KeyPem = draft.KeyPem, IsKeyOnly = true };
        }),
        new("body-of-envelope-for-message", "the log recorded an envelope, the bundle has a message signature", Mismatch,
            instance => new Question(new BundleDraft(instance) { Entry = EntryKind.Dsse }.Build())),
        new("body-of-message-for-envelope", "the log recorded a message signature, the bundle has an envelope", Mismatch,
            instance => new Question(new BundleDraft(instance) { IsEnvelope = true }.Build())),
        new("body-other-payload", "the log recorded another payload than the envelope's", Mismatch, instance => new Question(
            new BundleDraft(instance) { IsEnvelope = true, Entry = EntryKind.Dsse, EditBody = OnSpec(spec => spec["payloadHash"] = EntryBodies.Hash([])) }.Build())),
        new("body-v2-other-digest", "Rekor v2 recorded another digest than the signed one", Mismatch, instance => new Question(
            new BundleDraft(instance)
            {
                Entry = EntryKind.HashedRekordV2,
                StampedAt = VirtualSigstoreInstance.Noon,
                EditBody = OnSpec(spec => spec["hashedRekordV002"]!["data"]!["digest"] = Convert.ToBase64String(new byte[32])),
            }.Build())),
        Entry("kind-lies", "the body is of another kind than declared", Kind, entry => entry["kindVersion"]!["kind"] = "dsse"),
        Entry("version-lies", "the body is of another version than declared", Kind, entry => entry["kindVersion"]!["version"] = "0.0.2"),
        new("kind-unknown", "a kind that we cannot compare with the bundle proves nothing about it", Kind, instance => new Question(new BundleDraft(instance)
        {
            EditBody = body => { body["kind"] = "rekord"; return body; },
            Edit = bundle => ShapeScenarios.EntryOf(bundle)["kindVersion"]!["kind"] = "rekord",
        }.Build())),
        new("dsse-0.0.2", "an entry kind that existed briefly and that no current verifier takes", Kind, instance => new Question(new BundleDraft(instance)
        {
            IsEnvelope = true,
            Entry = EntryKind.Dsse,
            EditBody = body => { body["apiVersion"] = "0.0.2"; return body; },
            Edit = bundle => ShapeScenarios.EntryOf(bundle)["kindVersion"]!["version"] = "0.0.2",
        }.Build())),
    ];

    private static IEnumerable<Scenario> Proofs =>
    [
        Entry("proof-missing", "an entry without proof could have been made up", "bundle.proof-missing", entry => entry.Remove("inclusionProof")),
        Proof("checkpoint-missing", "a proof without a signed root proves nothing", "bundle.proof-missing", proof => proof.Remove("checkpoint")),
        Proof("checkpoint-empty", "an empty checkpoint is none", "bundle.proof-missing", proof => proof["checkpoint"]!["envelope"] = ""),
        Proof("proof-other-root", "the proof's root is not the signed one", "log.inclusion-mismatch", proof => proof["rootHash"] = Convert.ToBase64String(new byte[32])),
        Proof("proof-other-size", "the proof's size is not the signed one", "log.inclusion-mismatch", proof => proof["treeSize"] = "7"),
        Proof("proof-index-off-by-one", "the leaf stands elsewhere", "log.inclusion-mismatch", proof => proof["logIndex"] = "2"),
        Proof("proof-index-beyond", "the leaf stands outside the tree", "log.inclusion-malformed", proof => proof["logIndex"] = "6"),
        Proof("proof-extra-hash", "one hash too many", "log.inclusion-malformed", proof => proof["hashes"]!.AsArray().Add(Convert.ToBase64String(new byte[32]))),
        Proof("proof-missing-hash", "one hash too few", "log.inclusion-malformed", proof => proof["hashes"]!.AsArray().RemoveAt(0)),
        Proof("proof-no-hashes", "no hash at all", "log.inclusion-malformed", proof => proof["hashes"] = new JsonArray()),
        Proof("proof-short-hash", "a hash of 31 bytes", "log.inclusion-malformed", proof => proof["hashes"]![0] = Convert.ToBase64String(new byte[31])),
        Proof("proof-other-hash", "a hash of another tree", "log.inclusion-mismatch", proof => proof["hashes"]![0] = Convert.ToBase64String(new byte[32])),
        Entry("promise-other-time", "the time was moved after the log signed it", "log.promise-mismatch", entry => entry["integratedTime"] = "1767268870"),
        Entry("promise-other-index", "the position was moved after the log signed it", "log.promise-mismatch", entry => entry["logIndex"] = "1004"),
        Entry("promise-forged", "the promise is not by the log", "log.promise-mismatch", entry => entry["inclusionPromise"]!["signedEntryTimestamp"] = "MAYCAQECAQE="),
        new("promise-on-v2", "Rekor v2 gives no promise: one on its entry is made up", "signature.malformed", instance => new Question(new BundleDraft(instance)
        {
            Entry = EntryKind.HashedRekordV2,
            StampedAt = VirtualSigstoreInstance.Noon,
            Edit = bundle => ShapeScenarios.EntryOf(bundle)["inclusionPromise"] = new JsonObject { ["signedEntryTimestamp"] = "AAAA" },
        }.Build())),
        new("v2-other-index", "Rekor v2: the entry's index is not the one of its proof", "signature.malformed", instance => new Question(new BundleDraft(instance)
        {
            Entry = EntryKind.HashedRekordV2,
            StampedAt = VirtualSigstoreInstance.Noon,
            Edit = bundle => ShapeScenarios.EntryOf(bundle)["logIndex"] = "4",
        }.Build())),
        new("v2-without-timestamp", "Rekor v2 states no time, so a timestamp must", "bundle.no-time",
            instance => new Question(new BundleDraft(instance) { Entry = EntryKind.HashedRekordV2 }.Build())),
        new("no-promise-no-timestamp", "an unsigned integrated time is no time", "bundle.no-time", instance => new Question(
            new BundleDraft(instance) { HasPromise = false, Edit = bundle => ShapeScenarios.EntryOf(bundle)["integratedTime"] = "1767268860" }.Build())),
        new("no-entry", "the public-good profile demands a log entry", "bundle.no-log",
            instance => new Question(new BundleDraft(instance) { Entry = EntryKind.None, StampedAt = VirtualSigstoreInstance.Noon }.Build())),
    ];

    private static IEnumerable<Scenario> Checkpoints =>
    [
        new("checkpoint-self-made", "a root signed by a key of the forger under the log's name and id", "log.checkpoint-mismatch",
            instance => new Question(new BundleDraft(instance) { CheckpointSigner = VirtualLog.Ecdsa("forger") }.Build())),
        new("checkpoint-unknown-key", "a root signed by a log that the trusted root does not know", "log.checkpoint-unsigned", instance => new Question(new BundleDraft(instance)
        {
            Edit = Checkpoint((_, root) => VirtualLog.Ecdsa(instance.Rekor.Host).Checkpoint(instance.Rekor.Host + " - 42", 6, root)),
        }.Build())),
        new("checkpoint-of-other-log", "a root signed by another log of the same trusted root", "log.checkpoint-unsigned", instance => new Question(new BundleDraft(instance)
        {
            Edit = Checkpoint((_, root) => instance.OtherRekor.Checkpoint(instance.OtherRekor.Host + " - 42", 6, root)),
        }.Build())),
        new("entry-of-other-log", "the entry names another log than the one that signed", "log.checkpoint-unsigned", instance => new Question(new BundleDraft(instance)
        {
            Edit = bundle => ShapeScenarios.EntryOf(bundle)["logId"]!["keyId"] = Convert.ToBase64String(instance.OtherRekor.Id),
        }.Build())),
        new("entry-of-unknown-log", "a log that the trusted root does not know is no log", "bundle.no-log", instance => new Question(new BundleDraft(instance)
        {
            StampedAt = VirtualSigstoreInstance.Noon,
            Edit = bundle => ShapeScenarios.EntryOf(bundle)["logId"]!["keyId"] = Convert.ToBase64String(new byte[32]),
        }.Build())),
        new("checkpoint-other-origin", "Rekor v2: a root of another origin, signed by the right key, of which the log's id is not made", "log.checkpoint-origin",
            instance => new Question((V2(instance) with { Origin = "log1.rekor.virtual.example.evil" }).Build())),
        new("checkpoint-other-name", "Rekor v2: the signature line carries another name than the origin", "log.checkpoint-unsigned",
            instance => new Question((V2(instance) with { NoteName = "rekor-server-7d9f9c4b6-x2x5k" }).Build())),
        new("checkpoint-pod-name", "Rekor v1 signs under the name of its pod: the log's id is the key's and binds", "trusted",
            instance => new Question(new BundleDraft(instance) { Origin = "rekor-server-7d9f9c4b6-x2x5k - 42", NoteName = "rekor-server-7d9f9c4b6-x2x5k" }.Build())),
        new("checkpoint-pod-name-self-made", "the name is free, the key is not", "log.checkpoint-mismatch", instance => new Question(
            new BundleDraft(instance) { Origin = "rekor-server-7d9f9c4b6-x2x5k - 42", NoteName = "rekor-server-7d9f9c4b6-x2x5k", CheckpointSigner = VirtualLog.Ecdsa("forger") }.Build())),
        new("checkpoint-crlf", "line ends were changed", "log.note-malformed", instance => new Question(new BundleDraft(instance)
        {
            Edit = Checkpoint((text, _) => text.Replace("\n", "\r\n", StringComparison.Ordinal)),
        }.Build())),
        new("checkpoint-cosigned", "lines of unknown witnesses are ignored wherever they stand", "trusted", instance => new Question(new BundleDraft(instance)
        {
            Edit = Checkpoint((text, _) => text.Replace("\n\n", "\n\n\u2014 witness.example AAAAAAAAAAAAAAAA\n", StringComparison.Ordinal)),
        }.Build())),
    ];

    private static BundleDraft V2(VirtualSigstoreInstance instance) => new(instance) { Entry = EntryKind.HashedRekordV2, StampedAt = VirtualSigstoreInstance.Noon };

    private static Action<JsonObject> Checkpoint(Func<string, byte[], string> edit) => bundle =>
    {
        JsonObject proof = ShapeScenarios.EntryOf(bundle)["inclusionProof"]!.AsObject();
        byte[] root = Convert.FromBase64String(proof["rootHash"]!.GetValue<string>());
        proof["checkpoint"]!["envelope"] = edit(proof["checkpoint"]!["envelope"]!.GetValue<string>(), root);
    };

    private static Func<JsonObject, JsonObject> OnSpec(Action<JsonObject> edit) => body =>
    {
        edit(body["spec"]!.AsObject());
        return body;
    };

    private static string Base64(string text) => Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(text + "\n"));

    private static Scenario Body(string name, string about, string expect, Action<JsonObject> edit) =>
        new(name, about, expect, instance => new Question(new BundleDraft(instance) { EditBody = OnSpec(edit) }.Build()));

    private static Scenario Entry(string name, string about, string expect, Action<JsonObject> edit) =>
        new(name, about, expect, instance => new Question(new BundleDraft(instance) { Edit = bundle => edit(ShapeScenarios.EntryOf(bundle)) }.Build()));

    private static Scenario Proof(string name, string about, string expect, Action<JsonObject> edit) =>
        Entry(name, about, expect, entry => edit(entry["inclusionProof"]!.AsObject()));
}

using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace OfflineKit.Tests.VirtualSigstore;

/// <summary>Signatures, artefacts, envelopes and managed keys, with everything that must pass.</summary>
internal static class SignerScenarios
{
    private static readonly DateTimeOffset Noon = VirtualSigstoreInstance.Noon;

    public static IEnumerable<Scenario> All => [.. Accepted, .. Artifacts, .. ManagedKeys];

    private static IEnumerable<Scenario> Accepted =>
    [
        Draft("message-rekor-v1", "a signed file, dated by the log's promise", draft => draft),
        Draft("message-rekor-v2", "a signed file in Rekor v2, dated by a timestamp", draft => draft with { Entry = EntryKind.HashedRekordV2, StampedAt = Noon }),
        Draft("statement-dsse", "an attestation, logged as dsse", draft => draft with { IsEnvelope = true, Entry = EntryKind.Dsse }),
        Draft("statement-intoto", "an attestation, logged as intoto", draft => draft with { IsEnvelope = true, Entry = EntryKind.InToto }),
        Draft("statement-rekor-v2", "an attestation in Rekor v2", draft => draft with { IsEnvelope = true, Entry = EntryKind.HashedRekordV2, StampedAt = Noon }),
        Draft("dsse-keyid-with-certificate", "a key id beside a certificate is a hint and harms nothing", draft => draft with { IsEnvelope = true, Entry = EntryKind.Dsse, KeyId = "whatever" }),
        Draft("promise-and-timestamp", "two times, both inside", draft => draft with { StampedAt = Noon.AddMinutes(2) }),
        Draft("p384-sha384", "the hash follows the key", draft => draft with
        {
            Key = ECDsa.Create(ECCurve.NamedCurves.nistP384), Hash = HashAlgorithmName.SHA384,
        }),
        Draft("p384-sha256", "a P-384 key with SHA-256, as clients before 2024 signed: accepted and told", draft => draft with { Key = ECDsa.Create(ECCurve.NamedCurves.nistP384) }),
        new("digest-absent", "the digest in the bundle is a hint and may be absent", "trusted", instance => new Question(
            new BundleDraft(instance) { Edit = bundle => bundle["messageSignature"]!.AsObject().Remove("messageDigest") }.Build())),
        new("unknown-timestamp-beside-promise", "a token of an unknown authority gives no time and harms nothing", "trusted", instance => new Question(new BundleDraft(instance)
        {
            StampedAt = Noon,
            Edit = bundle => ShapeScenarios.Material(bundle)["timestampVerificationData"]!["rfc3161Timestamps"]![0] = BundleDraft.Stamp(
                new VirtualTimestampAuthority("another").Stamp(Convert.FromBase64String(bundle["messageSignature"]!["signature"]!.GetValue<string>()), Noon)),
        }.Build())),
    ];

    private static IEnumerable<Scenario> Artifacts =>
    [
        new("artifact-other", "another file than the signed one", "signature.mismatch", instance => new Question(new BundleDraft(instance).Build()) { Artifact = "other\n"u8.ToArray() }),
        new("digest-other", "the bundle's own digest is not the artefact's", "bundle.message-digest", instance => new Question(
            new BundleDraft(instance) { Edit = bundle => bundle["messageSignature"]!["messageDigest"]!["digest"] = Convert.ToBase64String(new byte[32]) }.Build())),
        Foreign("statement-dsse-foreign", EntryKind.Dsse),
        Foreign("statement-intoto-foreign", EntryKind.InToto),
        Foreign("statement-rekor-v2-foreign", EntryKind.HashedRekordV2),
        new("payload-type-changed", "the type was changed after signing", "signature.mismatch", instance => new Question(
            new BundleDraft(instance) { IsEnvelope = true, Entry = EntryKind.Dsse, Edit = bundle => bundle["dsseEnvelope"]!["payloadType"] = "text/plain" }.Build())),
        new("payload-type-other", "a properly signed and logged envelope of another type", "dsse.payload-type", instance => new Question(
            new BundleDraft(instance) { IsEnvelope = true, Entry = EntryKind.Dsse, PayloadType = "application/vnd.in-toto.provenance+json" }.Build())),
        new("signature-other-key", "signed by another key than the certificate's", "signature.mismatch", instance =>
        {
            using ECDsa other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            return new Question(new BundleDraft(instance)
            {
                Edit = bundle => bundle["messageSignature"]!["signature"] = Convert.ToBase64String(
                    other.SignData(BundleDraft.Artifact, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)),
            }.Build());
        }),
        new("signature-p1363", "r and s without DER: bundles have one encoding", "signature.mismatch", instance =>
        {
            BundleDraft draft = new(instance);
            return new Question((draft with
            {
                Edit = bundle => bundle["messageSignature"]!["signature"] = Convert.ToBase64String(draft.Key.SignData(BundleDraft.Artifact, HashAlgorithmName.SHA256)),
            }).Build());
        }),
    ];

    private static IEnumerable<Scenario> ManagedKeys =>
    [
        Managed("key-only", "signature and artefact by a key that the caller knows; no root is needed", "trusted", draft => draft with { Entry = EntryKind.None }, question => question with { IsKeyOnly = true }),
        Managed("key-and-log", "a key, and the log of a trusted root", "trusted", draft => draft, question => question),
        Managed("key-hint-absent", "the hint is for lookup alone", "trusted", draft => draft with { Edit = bundle => ShapeScenarios.Material(bundle)["publicKey"] = new JsonObject() }, question => question),
        Managed("key-hint-other", "the hint is for lookup alone", "trusted", draft => draft with { Hint = "something else" }, question => question with { IsKeyOnly = true }),
        Managed("key-other", "a well-formed key that did not sign", "signature.mismatch", draft => draft, question =>
        {
            using ECDsa other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            return question with { KeyPem = other.ExportSubjectPublicKeyInfoPem() };
        }),
        Managed("key-log-demanded", "a trusted root was named, so a log entry is demanded", "bundle.no-log", draft => draft with { Entry = EntryKind.None }, question => question),
        Managed("key-hint-and-keyid-differ", "bundle and envelope name two keys", "bundle.hint-mismatch", draft => draft with { IsEnvelope = true, Entry = EntryKind.Dsse, KeyId = "b", Hint = "a" }, question => question),
        Managed("identity-for-key", "an identity was demanded of a bundle that a bare key signed", "bundle.identity-for-key", draft => draft, question => question with { KeyPem = null }),
        new("key-for-certificate", "a key was given for a bundle that is signed with a certificate", "bundle.key-for-certificate", instance =>
        {
            BundleDraft draft = new(instance);
            return new Question(draft.Build()) { KeyPem = draft.KeyPem };
        }),
        new("key-for-certificate-without-root", "the same without a trusted root", "bundle.key-for-certificate", instance =>
        {
            BundleDraft draft = new(instance);
            return new Question(draft.Build()) { KeyPem = draft.KeyPem, IsKeyOnly = true };
        }),
    ];

    private static Scenario Draft(string name, string about, Func<BundleDraft, BundleDraft> edit) =>
        new(name, about, "trusted", instance => new Question(edit(new BundleDraft(instance)).Build()));

    private static Scenario Foreign(string name, EntryKind entry) => new(name, "a sound attestation of the right identity about another file", "statement.artifact-not-subject", instance =>
        new Question(new BundleDraft(instance) { IsEnvelope = true, Entry = entry, StampedAt = Noon }.Build()) { Artifact = "other\n"u8.ToArray() });

    private static Scenario Managed(string name, string about, string expect, Func<BundleDraft, BundleDraft> edit, Func<Question, Question> ask) => new(name, about, expect, instance =>
    {
        BundleDraft draft = edit(new BundleDraft(instance) { IsManaged = true });
        return ask(new Question(draft.Build()) { KeyPem = draft.KeyPem });
    });
}

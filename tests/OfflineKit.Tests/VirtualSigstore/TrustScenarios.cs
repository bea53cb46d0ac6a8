using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;

namespace OfflineKit.Tests.VirtualSigstore;

/// <summary>Times, certificates, trusted roots and identities.</summary>
internal static class TrustScenarios
{
    private static readonly DateTimeOffset Noon = VirtualSigstoreInstance.Noon;

    public static IEnumerable<Scenario> All => [.. Timestamps, .. Certificates, .. CertificateRules, .. Roots, .. Identities];

    private static IEnumerable<Scenario> Timestamps =>
    [
        Token("timestamp-signature-flipped", "one bit of the token's CMS signature", "timestamp.signature-mismatch",
            (tsa, signature) => tsa.Stamp(signature, Noon, new() { EditSignature = bytes => { bytes[^1] ^= 1; return bytes; } })),
        Token("timestamp-signature-zeroed", "a token whose signature nobody made", "timestamp.signature-mismatch",
            (tsa, signature) => tsa.Stamp(signature, Noon, new() { EditSignature = _ => [0x30, 6, 2, 1, 0, 2, 1, 0] })),
        Token("timestamp-time-edited", "the time was moved after the authority signed it", "timestamp.signature-mismatch",
            (tsa, signature) => tsa.Stamp(signature, Noon, new() { EditInfo = info => { info[^6] = (byte)'9'; return info; } })),
        Token("timestamp-other-data", "a token for another signature", "timestamp.imprint-mismatch", (tsa, _) => tsa.Stamp([1, 2, 3], Noon)),
        Token("timestamp-not-der", "bytes that are no token", "timestamp.malformed", (_, _) => [0x30, 0x01, 0x00]),
        Token("timestamp-trailing-bytes", "bytes after the response", "timestamp.malformed", (tsa, signature) => [.. tsa.Stamp(signature, Noon), 0]),
        Token("timestamp-refused", "the authority's refusal in the place of a token", "timestamp.not-granted", (_, _) => VirtualTimestampAuthority.Refusal),
        Token("timestamp-two-signers", "two signers: whose time is it?", "timestamp.several-signers", (tsa, signature) => tsa.Stamp(signature, Noon, new() { HasTwoSigners = true })),
        Token("timestamp-over-sha1", "a token over a hash that can be made to collide", "timestamp.weak-imprint", (tsa, signature) => tsa.Stamp(signature, Noon, new() { IsWeak = true })),
        Token("timestamp-binds-no-certificate", "any certificate with that key would do", "timestamp.missing-signing-certificate",
            (tsa, signature) => tsa.Stamp(signature, Noon, new() { BindsNoCertificate = true })),
        Token("timestamp-binds-other-certificate", "the token is bound to another certificate than its signer's", "timestamp.signing-certificate-mismatch",
            (tsa, signature) => tsa.Stamp(signature, Noon, new() { BindsOtherCertificate = true })),
        Token("timestamp-of-other-name", "the token says that another authority made it", "timestamp.authority-name-mismatch",
            (tsa, signature) => tsa.Stamp(signature, Noon, new() { Name = "somebody else" })),
        new("timestamp-signer-absent", "neither the token nor the root holds the signer's certificate", "timestamp.missing-signer", instance => new Question(V2(instance, _ => { }))
        {
            Root = With(instance, root => root["timestampAuthorities"] = new JsonArray(instance.Tsa.ForRootWithoutLeaf())),
        }),
        Token("timestamp-unknown-authority", "a token of an authority that the trusted root does not know gives no time", "bundle.no-time",
            (_, signature) => new VirtualTimestampAuthority("another").Stamp(signature, Noon)),
        new("timestamp-twice", "one token must not count twice", "bundle.duplicate", instance => new Question(V2(instance, bundle => Tokens(bundle).Add(Tokens(bundle)[0]!.DeepClone())))),
        new("timestamp-signed-twice", "one timestamp that its authority signed twice must not count twice", "timestamp.duplicate", instance => new Question(V2(instance, bundle =>
        {
            StampRecipe recipe = new() { Serial = 7 };
            Tokens(bundle).Clear();
            Tokens(bundle).Add(BundleDraft.Stamp(instance.Tsa.Stamp(SignatureOf(bundle), Noon, recipe)));
            Tokens(bundle).Add(BundleDraft.Stamp(instance.Tsa.Stamp(SignatureOf(bundle), Noon, recipe)));
        }))),
        new("timestamp-before-certificate", "the signature was stamped before the certificate existed", "cert.not-yet-valid",
            instance => new Question((V2Draft(instance) with { StampedAt = Noon.AddMinutes(-2) }).Build())),
        new("timestamp-after-certificate", "the signature was stamped after the certificate ended", "cert.expired",
            instance => new Question((V2Draft(instance) with { StampedAt = Noon.AddMinutes(10) }).Build())),
        new("timestamp-at-last-second", "windows are closed: the last second still counts", "trusted",
            instance => new Question((V2Draft(instance) with { StampedAt = Noon.AddMinutes(9) }).Build())),
        new("one-of-two-times-outside", "every verified time must lie inside the certificate's validity", "cert.expired",
            instance => new Question(new BundleDraft(instance) { StampedAt = Noon.AddMinutes(20) }.Build())),
    ];

    private static IEnumerable<Scenario> Certificates =>
    [
        Leaf("certificate-without-sct", "a certificate that no log has seen", "sct.missing", new LeafRecipe { LoggedAt = default }),
        Leaf("certificate-of-unknown-ct-log", "a log that the trusted root does not know", "sct.unknown-log", new LeafRecipe { CertificateLog = VirtualLog.Ecdsa("ct") }),
        Leaf("certificate-wrong-purpose", "a certificate for servers signs no code", "cert.wrong-purpose", new LeafRecipe { Purpose = "1.3.6.1.5.5.7.3.1" }),
        Leaf("certificate-wrong-usage", "a certificate for key agreement signs nothing", "cert.wrong-purpose", new LeafRecipe { Usage = X509KeyUsageFlags.KeyAgreement }),
        Leaf("certificate-is-authority", "an authority's certificate is no signer's", "cert.leaf-is-a-ca", new LeafRecipe { IsAuthority = true }),
        Leaf("certificate-unknown-critical", "a restriction that we do not understand", "cert.unknown-critical-extension", new LeafRecipe { HasUnknownCritical = true }),
        Leaf("certificate-without-issuer", "a certificate that does not say who vouched for the name", "bundle.no-identity", new LeafRecipe { HasNoIssuer = true }),
        Leaf("certificate-with-two-names", "two names: which one signed?", "bundle.no-identity", new LeafRecipe { HasTwoNames = true }),
        new("certificate-of-other-authority", "the certificate was issued under the same name by another key", "cert.signature-mismatch",
            instance => new Question(new BundleDraft(instance).Build()) { Root = WithAuthority(instance, new VirtualAuthority("https://fulcio.virtual.example").ForRoot()) }),
    ];

    private static IEnumerable<Scenario> CertificateRules =>
    [
        new("certificate-not-der", "bytes that are no certificate", "cert.malformed", instance => new Question(new BundleDraft(instance)
        {
            Edit = bundle => ShapeScenarios.Material(bundle)["certificate"]!["rawBytes"] = Convert.ToBase64String([0x30, 1, 0]),
        }.Build())),
        Leaf("certificate-plain-name", "a certificate without subject whose name may be ignored", "cert.bad-profile", new LeafRecipe { HasPlainName = true }),
        Leaf("certificate-by-sha1", "a certificate whose signature could be moved to another one", "cert.unsupported-signature", new LeafRecipe { IsSignedBySha1 = true }),
        By("authority-is-none", "the intermediate may not issue certificates", "cert.not-a-ca", new AuthorityRecipe { IntermediateIsNoAuthority = true }),
        By("authority-path-length", "the root allows no intermediate below it", "cert.path-too-long", new AuthorityRecipe { RootPathLength = 0 }),
        By("authority-name-constraint", "the intermediate may certify addresses of another host only", "cert.name-constraint", new AuthorityRecipe { PermittedHost = "other.example" }),
        By("authority-name-permitted", "the intermediate may certify addresses of this host", "trusted", new AuthorityRecipe { PermittedHost = "forge.example" }),
        Leaf("sct-not-a-list", "the extension holds no SCT", "sct.malformed", new LeafRecipe { EditSct = _ => [] }),
        Leaf("sct-flipped", "one bit of the log's signature", "sct.signature-mismatch", new LeafRecipe { EditSct = Flipped }),
        Leaf("sct-other-algorithm", "the SCT says RSA, the log's key is ECDSA", "sct.algorithm-mismatch", new LeafRecipe { EditSct = SaidToBeRsa }),
        Leaf("sct-after-certificate", "the certificate was logged after it had ended", "sct.outside-certificate-validity", new LeafRecipe { LoggedAt = Noon.AddHours(1) }),
    ];

    private static IEnumerable<Scenario> Roots =>
    [
        Root("root-media-type-unknown", "a trusted root of a later version", "trust.malformed", (_, root) => root["mediaType"] = "application/vnd.dev.sigstore.trustedroot.v0.9+json"),
        Root("root-media-type-absent", "a trusted root that does not say what it is", "trust.malformed", (_, root) => root.Remove("mediaType")),
        Root("root-without-authorities", "no authority: nobody can vouch", "cert.untrusted-issuer", (_, root) => root.Remove("certificateAuthorities")),
        Root("root-without-logs", "no log: the entry counts for nothing, and its time neither", "bundle.no-log", (_, root) => root.Remove("tlogs")),
        Root("root-without-ct-logs", "no CT log: the SCT counts for nothing", "sct.no-logs", (_, root) => root.Remove("ctlogs")),
        new("root-without-tsa", "no time-stamping authority: the token counts for nothing", "bundle.no-time", instance => new Question(V2(instance, _ => { })) { Root = Without(instance, "timestampAuthorities") }),
        new("root-without-tsa-forged-token", "no authority and a made-up token: nothing may fail open", "bundle.no-time", instance => new Question(
            V2(instance, bundle => Tokens(bundle)[0] = BundleDraft.Stamp(new VirtualTimestampAuthority("another").Stamp(SignatureOf(bundle), Noon)))) { Root = Without(instance, "timestampAuthorities") }),
        Root("root-authority-ended", "the authority's window ended before", "bundle.authority-window",
            (instance, root) => root["certificateAuthorities"] = new JsonArray(instance.Authority.ForRoot(end: "2026-01-01T12:00:59Z"))),
        Root("root-log-ended", "the log's window ended before", "bundle.log-window", (instance, root) => root["tlogs"] = new JsonArray(instance.Rekor.ForRoot(end: "2026-01-01T12:00:59Z"))),
        Root("root-log-ends-that-second", "windows are closed: the last second still counts", "trusted",
            (instance, root) => root["tlogs"] = new JsonArray(instance.Rekor.ForRoot(end: "2026-01-01T12:01:00Z"))),
        Root("root-ct-log-ended", "the CT log's window ended before", "sct.outside-log-window", (instance, root) => root["ctlogs"] = new JsonArray(instance.CertificateLog.ForRoot(end: "2026-01-01T11:59:59Z"))),
        new("root-v2-log-ended", "a Rekor v2 entry is dated by its timestamp: the log's window ended before", "bundle.log-window", instance => new Question(V2(instance, _ => { }))
        {
            Root = With(instance, root => root["tlogs"] = new JsonArray(instance.RekorV2.ForRoot(end: "2026-01-01T11:59:59Z"))),
        }),
        new("root-tsa-ended", "the time-stamping authority's window ended before", "timestamp.outside-window", instance => new Question(V2(instance, _ => { }))
        {
            Root = With(instance, root => root["timestampAuthorities"] = new JsonArray(instance.Tsa.ForRoot(end: "2026-01-01T11:59:59Z"))),
        }),
        Root("root-log-without-start", "a log's window without a start: it is left out", "bundle.no-log", (instance, root) => root["tlogs"] = new JsonArray(instance.Rekor.ForRoot(start: null))),
        Root("root-log-other-hash", "a log that hashes by another function: it is left out", "bundle.no-log", (_, root) => root["tlogs"]![0]!["hashAlgorithm"] = "SHA2_512"),
        new("github-profile", "the instance without logs: one timestamp is demanded, no log and no SCT", "trusted", instance => GitHub(instance, Noon)),
        new("github-profile-no-timestamp", "the instance without logs still demands a time", "bundle.no-time", instance => GitHub(instance, stampedAt: null)),
    ];

    private static IEnumerable<Scenario> Identities =>
    [
        Named("identity-prefix", "a longer identity", "policy.identity", question => question with { Identity = question.Identity[..^1] }),
        Named("identity-longer", "a shorter identity", "policy.identity", question => question with { Identity = question.Identity + "x" }),
        Named("identity-case", "identities are compared byte for byte", "policy.identity", question => question with { Identity = question.Identity.Replace("acme", "Acme", StringComparison.Ordinal) }),
        Named("identity-trailing-slash", "a slash is a difference", "policy.identity", question => question with { Identity = question.Identity + "/" }),
        Named("identity-dot", "a dot is a dot, not any character", "policy.identity", question => question with { Identity = question.Identity.Replace("release-yml", "release.yml", StringComparison.Ordinal) },
            new LeafRecipe().Identity.Replace("release.yml", "release-yml", StringComparison.Ordinal)),
        Named("identity-regex", "no expression is evaluated", "policy.identity", question => question with { Identity = ".*" }),
        Named("issuer-prefix", "a longer issuer", "policy.issuer", question => question with { Issuer = question.Issuer[..^1] }),
        Named("issuer-slash", "a slash is a difference", "policy.issuer", question => question with { Issuer = question.Issuer + "/" }),
        Named("issuer-case", "issuers are compared byte for byte", "policy.issuer", question => question with { Issuer = "https://TOKEN.forge.example" }),
        Leaf("identity-mail", "a mail address is an identity as well", "trusted", new LeafRecipe { IsEmail = true, Identity = "dev@example.com" }),
    ];

    private static BundleDraft V2Draft(VirtualSigstoreInstance instance) => new(instance) { Entry = EntryKind.HashedRekordV2, StampedAt = Noon };

    private static byte[] V2(VirtualSigstoreInstance instance, Action<JsonObject> edit) => (V2Draft(instance) with { Edit = edit }).Build();

    private static JsonArray Tokens(JsonObject bundle) => ShapeScenarios.Material(bundle)["timestampVerificationData"]!["rfc3161Timestamps"]!.AsArray();

    private static byte[] SignatureOf(JsonObject bundle) => Convert.FromBase64String(bundle["messageSignature"]!["signature"]!.GetValue<string>());

    private static Scenario Token(string name, string about, string expect, Func<VirtualTimestampAuthority, byte[], byte[]> stamp) => new(name, about, expect, instance =>
        new Question(V2(instance, bundle => Tokens(bundle)[0] = BundleDraft.Stamp(stamp(instance.Tsa, SignatureOf(bundle))))));

    private static Scenario Leaf(string name, string about, string expect, LeafRecipe leaf) =>
        new(name, about, expect, instance => new Question(new BundleDraft(instance) { Leaf = leaf }.Build()) { Identity = leaf.Identity });

    private static Scenario By(string name, string about, string expect, AuthorityRecipe recipe) => new(name, about, expect, _ =>
    {
        VirtualSigstoreInstance instance = new() { Authority = new VirtualAuthority("https://fulcio.virtual.example", recipe) };
        return new Question(new BundleDraft(instance).Build()) { Root = instance.Root() };
    });

    private static byte[] Flipped(byte[] sct)
    {
        sct[^1] ^= 1;
        return sct;
    }

    // RFC 6962 section 3.2: version, log, time, extensions, then hash and signature algorithm.
    private static byte[] SaidToBeRsa(byte[] sct)
    {
        sct[1 + 32 + 8 + 2 + 1] = 1;
        return sct;
    }

    private static Scenario Root(string name, string about, string expect, Action<VirtualSigstoreInstance, JsonObject> edit) =>
        new(name, about, expect, instance => new Question(new BundleDraft(instance).Build()) { Root = With(instance, root => edit(instance, root)) });

    private static Scenario Named(string name, string about, string expect, Func<Question, Question> edit, string? identity = null) => new(name, about, expect, instance =>
    {
        LeafRecipe leaf = new() { Identity = identity ?? new LeafRecipe().Identity };
        return edit(new Question(new BundleDraft(instance) { Leaf = leaf }.Build()) { Identity = leaf.Identity });
    });

    internal static JsonObject With(VirtualSigstoreInstance instance, Action<JsonObject> edit)
    {
        JsonObject root = instance.Root();
        edit(root);
        return root;
    }

    private static JsonObject Without(VirtualSigstoreInstance instance, string member) => With(instance, root => root.Remove(member));

    private static JsonObject WithAuthority(VirtualSigstoreInstance instance, JsonObject authority) =>
        With(instance, root => root["certificateAuthorities"] = new JsonArray(authority));

    internal static Question GitHub(VirtualSigstoreInstance instance, DateTimeOffset? stampedAt) =>
        new(new BundleDraft(instance) { Entry = EntryKind.None, StampedAt = stampedAt, IsEnvelope = true, Leaf = new LeafRecipe { LoggedAt = default } }.Build())
        {
            Root = With(instance, root =>
            {
                root.Remove("tlogs");
                root.Remove("ctlogs");
                root["certificateAuthorities"]![0]!["uri"] = "fulcio.githubapp.com";
            }),
        };
}

using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Formats.Sigstore;
using OfflineKit.Policy;
using OfflineKit.Testing;
using OfflineKit.Trust;

namespace OfflineKit.Tests.VirtualSigstore;

public sealed class VirtualSigstoreTests
{
    private static readonly VirtualSigstoreInstance Instance = new();

    internal static IReadOnlyList<Scenario> Scenarios { get; } =
        [.. SignerScenarios.All, .. ShapeScenarios.All, .. LogScenarios.All, .. TrustScenarios.All, .. InstanceScenarios.All, .. ProgramScenarios.All];

    public static TheoryData<string> Names => [.. Scenarios.Where(scenario => scenario.CommandLine is null).Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Verdict_is_as_the_scenario_says(string name)
    {
        Scenario scenario = Scenarios.Single(candidate => candidate.Name == name);
        Verdict verdict = Verify(scenario.Ask(Instance), digestOnly: false);
        Assert.Equal(scenario.Expect, verdict.IsTrusted ? "trusted" : verdict.Findings[0].Reason.Code);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_digest_gives_the_same_trust_as_the_file(string name)
    {
        Scenario scenario = Scenarios.Single(candidate => candidate.Name == name);
        bool needsFile = name is "p384-sha384";
        Assert.Equal(scenario.Expect == "trusted" && !needsFile, Verify(scenario.Ask(Instance), digestOnly: true).IsTrusted);
    }

    [Fact]
    public void An_identity_that_nobody_demanded_is_not_trusted()
    {
        Question question = new(new BundleDraft(Instance).Build());
        TrustStore store = new() { SigstoreRoots = RootOf(question) };
        Verdict verdict = Verifier.Verify(new VerificationRequest(
            Artifact.FromBytes("a", question.Artifact), question.Bundle, new VerificationContext(store, Expectations.None, StatedTime: null), SignaturePolicy.AnyPinnedSigner));
        Assert.Equal("policy.no-identity-demanded", verdict.Findings[0].Reason.Code);
    }

    [Fact]
    public void Of_several_roots_the_report_names_the_one_that_holds()
    {
        Question question = new(new BundleDraft(Instance).Build());
        TrustStore store = new()
        {
            SigstoreRoots =
            [
                .. SigstoreTrustedRootFile.Parse(Bytes(new VirtualSigstoreInstance().Root()), "foreign", ""),
                .. SigstoreTrustedRootFile.Parse(Bytes(Instance.Root()), "own", ""),
            ],
        };
        Verdict verdict = Verify(question, store, DemandedSigner.Identity, digestOnly: false);
        Assert.True(verdict.IsTrusted);
        Assert.Equal("own", verdict.Proof.Evidence.OfType<SignedByIdentity>().Single().Root);
    }

    [Fact]
    public void Trusted_roots_may_come_as_json_lines()
    {
        byte[] lines = [.. Bytes(new VirtualSigstoreInstance().Root()), (byte)'\n', .. Bytes(Instance.Root()), (byte)'\n'];
        ImmutableArray<SigstoreTrustedRoot> roots = SigstoreTrustedRootFile.Parse(lines, "both", "");
        Assert.Equal(["both line 1", "both line 2"], roots.Select(root => root.Name));
    }

    [Fact]
    public void A_refused_bundle_proves_nothing()
    {
        Question question = new(new BundleDraft(Instance).Build()) { Artifact = "other"u8.ToArray() };
        Assert.Empty(Verify(question, digestOnly: false).Proof.Evidence);
    }

    /// <summary>With UPDATE=1 in the environment: writes every scenario to tests/vectors/sigstore, signed by keys that are thrown away.</summary>
    [Fact]
    public void Vectors_are_written_when_asked()
    {
        if (Environment.GetEnvironmentVariable("UPDATE") != "1") Assert.Skip("UPDATE=1 writes tests/vectors/sigstore anew");
        VectorWriter.Write(Repository.Path("tests", "vectors", "sigstore"), Instance, Scenarios);
    }

    private static Verdict Verify(Question question, bool digestOnly)
    {
        Result<TrustStore> store = Result.Parse(Reasons.MalformedTrust, () => new TrustStore
        {
            Keys = question.KeyPem is { } pem ? [KeyFile.Parse(System.Text.Encoding.ASCII.GetBytes(pem), "key", "--key")] : [],
            SigstoreRoots = question.IsKeyOnly ? [] : RootOf(question),
        });
        return store.Value is { } trust
            ? Verify(question, trust, question.KeyPem is null ? DemandedSigner.Identity : DemandedSigner.Key, digestOnly)
            : Verdict.Refused("sigstore", store.Finding!);
    }

    private static Verdict Verify(Question question, TrustStore trust, DemandedSigner signer, bool digestOnly)
    {
        SignaturePolicy policy = signer == DemandedSigner.Key
            ? SignaturePolicy.AnyPinnedSigner
            : new SignaturePolicy([new SignedByDemandedIdentity(TextMatch.Exactly(question.Identity), TextMatch.Exactly(question.Issuer))]);
        Artifact artifact = digestOnly ? Artifact.FromDigest(Digest.Sha256(question.Artifact)) : Artifact.FromBytes("a.txt", question.Artifact);
        VerificationContext context = new(trust, new Expectations { DemandedSigner = signer }, StatedTime: null);
        return Verifier.Verify(new VerificationRequest(artifact, question.Bundle, context, policy) { Format = new SigstoreFormat() });
    }

    private static ImmutableArray<SigstoreTrustedRoot> RootOf(Question question) =>
        SigstoreTrustedRootFile.Parse(Bytes(question.Root ?? Instance.Root()), "virtual", retrievedOn: "");

    private static byte[] Bytes(System.Text.Json.Nodes.JsonObject json) => System.Text.Encoding.UTF8.GetBytes(json.ToJsonString());
}

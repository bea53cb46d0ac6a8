using OfflineKit.Encoding;
using OfflineKit.Formats.Jsonl;
using OfflineKit.Formats.Sigstore;
using OfflineKit.Policy;
using OfflineKit.Tests.VirtualSigstore;
using OfflineKit.Trust;

namespace OfflineKit.Tests;

public sealed class EnvelopeCollectionTests
{
    private static readonly VirtualSigstoreInstance Instance = new();

    [Fact]
    public void Each_line_has_its_own_verdict_and_one_good_line_is_enough()
    {
        byte[] good = new BundleDraft(Instance).Build(), foreign = new BundleDraft(new VirtualSigstoreInstance()).Build();
        Verdict file = Verify([.. foreign, .. "\r\n\n"u8, .. good, .. "\nnot json\n"u8]);
        Assert.Equal([false, true, false], file.Members.Select(member => member.Verdict.IsTrusted));
        Assert.True(file.IsTrusted);
        Assert.Equal("signature.unknown-format", file.Members[2].Verdict.Findings[0].Reason.Code);
    }

    [Fact]
    public void A_file_without_lines_is_not_trusted() => Assert.Equal("verdict.nothing-proved", Verify([]).Findings[0].Reason.Code);

    [Fact]
    public void Too_many_lines_are_a_refusal() =>
        Assert.Equal("limit.input-too-large", Verify(System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("{}\n", 1025)))).Findings[0].Reason.Code);

    private static Verdict Verify(byte[] content) => Verifier.Verify(Request(content));

    private static VerificationRequest Request(byte[] content)
    {
        byte[] root = System.Text.Encoding.UTF8.GetBytes(Instance.Root().ToJsonString());
        TrustStore trust = new() { SigstoreRoots = SigstoreTrustedRootFile.Parse(root, "virtual", "") };
        LeafRecipe leaf = new();
        SignaturePolicy policy = new([new SignedByDemandedIdentity(TextMatch.Exactly(leaf.Identity), TextMatch.Exactly(leaf.Issuer))]);
        Artifact artifact = Artifact.FromBytes("a.txt", BundleDraft.Artifact);
        return new VerificationRequest(artifact, content, new VerificationContext(trust, Expectations.None, StatedTime: null), policy) { Format = new JsonLinesFormat() };
    }
}

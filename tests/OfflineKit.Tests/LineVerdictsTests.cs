using OfflineKit.Policy;
using OfflineKit.Tests.VirtualSigstore;
using OfflineKit.Trust;

namespace OfflineKit.Tests;

public sealed class LineVerdictsTests
{
    private static readonly VirtualSigstoreInstance Instance = new();

    [Fact]
    public void Each_line_has_its_own_verdict_and_one_good_line_is_enough()
    {
        byte[] good = new BundleDraft(Instance).Build(), foreign = new BundleDraft(new VirtualSigstoreInstance()).Build();
        LineVerdicts lines = Verify([.. foreign, .. "\r\n\n"u8, .. good, .. "\nnot json\n"u8]);
        Assert.Equal([false, true, false], lines.Verdicts.Select(verdict => verdict.IsTrusted));
        Assert.True(lines.Best.IsTrusted);
        Assert.Equal("signature.unknown-format", lines.Verdicts[2].Findings[0].Reason.Code);
    }

    [Fact]
    public void A_file_without_lines_is_not_trusted() => Assert.False(Verify([]).Best.IsTrusted);

    [Fact]
    public void Too_many_lines_are_a_refusal() =>
        Assert.Equal("limit.input-too-large", Verify(System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("{}\n", 1025)))).Best.Findings[0].Reason.Code);

    private static LineVerdicts Verify(byte[] content)
    {
        byte[] root = System.Text.Encoding.UTF8.GetBytes(Instance.Root().ToJsonString());
        TrustStore trust = new() { SigstoreRoots = SigstoreTrustedRootFile.Parse(root, "virtual", "") };
        LeafRecipe leaf = new();
        SignaturePolicy policy = new([new SignedByDemandedIdentity(TextMatch.Exactly(leaf.Identity), TextMatch.Exactly(leaf.Issuer))]);
        return Verifier.VerifyLines(new VerificationRequest(
            Artifact.FromBytes("a.txt", BundleDraft.Artifact), content, new VerificationContext(trust, Expectations.None, StatedTime: null), policy));
    }
}

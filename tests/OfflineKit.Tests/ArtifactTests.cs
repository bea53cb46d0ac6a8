using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Tests;

public sealed class ArtifactTests
{
    [Fact]
    public void Content_that_the_plan_did_not_ask_for_is_absent_not_empty()
    {
        using Artifact artifact = Artifact.FromStream("a", new MemoryStream([1, 2, 3]));
        artifact.Read(ReadingPlan.Of(DigestAlgorithm.Sha256));
        Assert.Null(artifact.Content);
        Assert.Equal(3, artifact.Size);
    }

    [Fact]
    public void Content_that_is_wanted_whole_and_too_large_is_refused_before_it_is_kept()
    {
        using Artifact artifact = Artifact.FromStream("a", new Zeros(Limits.WholeMessage + 1L));
        artifact.Read(ReadingPlan.Of(DigestAlgorithm.Sha256) with { Content = true });
        Assert.Equal("limit.message-too-large", artifact.Finding?.Reason.Code);
        Assert.Null(artifact.Content);
    }

    [Fact]
    public void An_artefact_verified_again_is_what_was_read()
    {
        using Artifact artifact = Artifact.FromStream("a", new MemoryStream([1, 2, 3]));
        artifact.Read(ReadingPlan.Of(DigestAlgorithm.Sha256));
        using Artifact again = artifact.Again();
        again.Read(ReadingPlan.Of(DigestAlgorithm.Sha256));
        Assert.Equal(Digest.Sha256([1, 2, 3]), again.Digest(DigestAlgorithm.Sha256));
        Assert.False(again.IsDigestOnly);
    }

    [Fact]
    public void A_small_artefact_is_read_again_to_explain_a_refusal_and_nothing_of_it_was_kept()
    {
        using MemoryStream file = new([1, 2, 3]);
        using Artifact artifact = Artifact.FromStream("a", file);
        artifact.Read(ReadingPlan.Of(DigestAlgorithm.Sha256));
        Assert.Null(artifact.Digest(DigestAlgorithm.Sha512));
        Assert.Equal(Digest.Of(DigestAlgorithm.Sha512, [1, 2, 3]), artifact.DigestToExplain(DigestAlgorithm.Sha512));
        Assert.Equal(Digest.Of(DigestAlgorithm.Sha384, [1, 2, 3]), artifact.DigestToExplain(DigestAlgorithm.Sha384));
        Assert.Null(artifact.Digest(DigestAlgorithm.Sha512));
    }

    [Fact]
    public void An_artefact_that_changed_since_it_was_read_explains_nothing()
    {
        byte[] content = [1, 2, 3];
        using Artifact artifact = Artifact.FromStream("a", new MemoryStream(content));
        artifact.Read(ReadingPlan.Of(DigestAlgorithm.Sha256));
        content[0] = 9;
        Assert.Null(artifact.DigestToExplain(DigestAlgorithm.Sha512));
    }

    [Fact]
    public void An_artefact_that_cannot_be_read_again_explains_nothing()
    {
        using Artifact artifact = Artifact.FromStream("a", new Zeros(3));
        artifact.Read(ReadingPlan.Of(DigestAlgorithm.Sha256));
        Assert.Null(artifact.DigestToExplain(DigestAlgorithm.Sha512));
    }

    private sealed class Zeros(long length) : ForwardStream
    {
        private long _left = length;

        public override int Read(Span<byte> buffer)
        {
            int count = (int)Math.Min(_left, buffer.Length);
            buffer[..count].Clear();
            _left -= count;
            return count;
        }
    }
}

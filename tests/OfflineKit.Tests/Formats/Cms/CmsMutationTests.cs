using OfflineKit.Encoding;
using OfflineKit.Formats.Cms;
using OfflineKit.Policy;
using OfflineKit.Testing;
using OfflineKit.Tests.Exports;
using OfflineKit.Trust;

namespace OfflineKit.Tests.Formats.Cms;

/// <summary>Whatever is changed in a CMS message or in the file: nothing that was not signed becomes trusted, and nothing throws.</summary>
public sealed class CmsMutationTests
{
    private static readonly DateTimeOffset At = new(2026, 12, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly string Vectors = Repository.Path("tests", "vectors", "cms");

    [Theory]
    [InlineData("detached-rsa")]
    [InlineData("detached-p256")]
    [InlineData("detached-ed")]
    [InlineData("pss")]
    [InlineData("bound")]
    [InlineData("key-identifier")]
    [InlineData("mail")]
    [InlineData("streamed-detached")]
    public void A_changed_message_is_refused_or_says_the_same(string name)
    {
        byte[] good = Read(name, "a.txt.p7s"), file = Read(name, "a.txt");
        CmsMessage was = CmsMessage.Parse(good);
        Assert.True(Judge(good, file, name).IsTrusted);
        Assert.Empty(Mutation.Of(good).Where(change => Judge(change.Changed, file, name).IsTrusted && !IsSame(CmsMessage.Parse(change.Changed), was)).Select(change => change.What));
    }

    [Fact]
    public void A_changed_file_is_refused()
    {
        byte[] good = Read("detached-p256", "a.txt.p7s"), file = Read("detached-p256", "a.txt");
        Assert.Empty(Mutation.Of(file).Where(change => Judge(good, change.Changed).IsTrusted).Select(change => change.What));
    }

    [Theory]
    [InlineData("opaque")]
    [InlineData("streamed-everything")]
    [InlineData("streamed-pieces-with-length")]
    [InlineData("streamed-long-lengths")]
    public void A_changed_message_with_its_file_inside_holds_the_same_file_or_is_refused(string name)
    {
        byte[] good = Read(name, "a.txt.p7m");
        byte[] file = CmsMessage.Parse(good).Content!.Value.ToArray();
        Assert.True(Judge(good, file: null, name).IsTrusted);
        Assert.Empty(Mutation.Of(good).Where(change => Judge(change.Changed, file: null, name).IsTrusted && !CmsMessage.Parse(change.Changed).Content!.Value.Span.SequenceEqual(file)).Select(change => change.What));
    }

    private static byte[] Read(string vector, string file) => File.ReadAllBytes(Path.Combine(Vectors, vector, file));

    // What nobody signed may differ: versions, the list of hash functions, certificates that are not on the way to the authority, attributes behind the signature.
    private static bool IsSame(CmsMessage one, CmsMessage was) => one.Signers.Length == was.Signers.Length && one.Signers.Zip(was.Signers).All(pair =>
        pair.First.Attributes.SignedBytes.AsSpan().SequenceEqual(pair.Second.Attributes.SignedBytes) && pair.First.Signature.AsSpan().SequenceEqual(pair.Second.Signature));

    private static Verdict Judge(byte[] signature, byte[]? file, string name = "")
    {
        bool isOwn = File.Exists(Path.Combine(Vectors, name, "ca.pem"));
        TrustStore trust = TrustStore.Empty.WithAuthority(TrustedAuthority.Parse(isOwn ? Read(name, "ca.pem") : Read("_keys", "root.crt"), "test"));
        return Verifier.Verify(new VerificationRequest(file is null ? null : Artifact.FromBytes("a.txt", file), signature, new VerificationContext(trust, Expectations.None, At), SignaturePolicy.AnyPinnedSigner)
        {
            Format = KnownFormats.ByName(file is null ? "cms-signed" : "cms"),
        });
    }
}

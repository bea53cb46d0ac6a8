using OfflineKit.Policy;
using OfflineKit.Trust;

namespace OfflineKit.Tests.Policy;

/// <summary>A key stands for one signer at most, a signer counts once, and the largest assignment is found.</summary>
public sealed class SignerGroupTests : IDisposable
{
    private readonly TestSigner _a = new(), _b = new(), _c = new();

    [Fact]
    public void A_key_that_two_signers_name_counts_once() => Assert.Equal(1, Group(Signer("a"), Signer($"sha256:{_a.Fingerprint}")).SignersAmong([A]));

    [Fact]
    public void A_signer_with_two_keys_counts_once() => Assert.Equal(1, Group(Signer("alice", "a", "b")).SignersAmong([A, B]));

    [Fact]
    public void A_key_under_two_names_is_one_key() => Assert.Equal(1, Group(Signer("a"), Signer("b")).SignersAmong([A, Of(_a.As("b"))]));

    [Fact]
    public void Two_keys_of_one_name_are_one_signer() => Assert.Equal(1, Group(Signer("a"), Signer("b")).SignersAmong([A, Of(_b.As("a"))]));

    [Fact]
    public void A_key_is_given_up_by_a_signer_who_has_another() =>
        Assert.Equal(3, Group(Signer("x", "a", "b"), Signer("y", "a", "c"), Signer("z", "a")).SignersAmong([A, B, Of(_c.As("c"))]));

    [Fact]
    public void Nobody_signed() => Assert.Equal(0, Group(Signer("a")).SignersAmong([B]));

    [Fact]
    public void A_fingerprint_is_that_of_any_spelling_of_the_key()
    {
        foreach (string fingerprint in _a.Material.Fingerprints)
        {
            Assert.Equal(1, Group(Signer($"sha256:{fingerprint}")).SignersAmong([A, B]));
        }

        Assert.Equal(3, _a.Material.Fingerprints.Length);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _a.Dispose();
        _b.Dispose();
        _c.Dispose();
    }

    private KeyName A => Of(_a.As("a"));

    private KeyName B => _b.Evidence("b").KeyName;

    private static KeyName Of(TrustedKey key) => TrustStore.Empty.NameOf(key);

    private static SignerGroup Group(params NamedSigner[] signers) => new([.. signers], 1);

    private static NamedSigner Signer(string name, params string[] keys) => new(name, keys.Length == 0 ? [name] : [.. keys]);
}

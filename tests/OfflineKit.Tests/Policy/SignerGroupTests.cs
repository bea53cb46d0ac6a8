using OfflineKit.Policy;

namespace OfflineKit.Tests.Policy;

/// <summary>A key stands for one signer at most, a signer counts once, and the largest assignment is found.</summary>
public sealed class SignerGroupTests
{
    private static readonly SignedByKey A = Key("a", "aa"), B = Key("b", "bb"), C = Key("c", "cc");

    [Fact]
    public void A_key_that_two_signers_name_counts_once() => Assert.Equal(1, Group(Signer("a"), Signer("sha256:aa")).SignersAmong([A]));

    [Fact]
    public void A_signer_with_two_keys_counts_once() => Assert.Equal(1, Group(Signer("alice", "a", "b")).SignersAmong([A, B]));

    [Fact]
    public void A_key_under_two_names_is_one_key() => Assert.Equal(1, Group(Signer("a"), Signer("b")).SignersAmong([A, Key("b", "aa")]));

    [Fact]
    public void Two_keys_of_one_name_are_one_signer() => Assert.Equal(1, Group(Signer("a"), Signer("b")).SignersAmong([A, Key("a", "a2")]));

    [Fact]
    public void A_key_is_given_up_by_a_signer_who_has_another() =>
        Assert.Equal(3, Group(Signer("x", "a", "b"), Signer("y", "a", "c"), Signer("z", "a")).SignersAmong([A, B, C]));

    [Fact]
    public void Nobody_signed() => Assert.Equal(0, Group(Signer("a")).SignersAmong([B]));

    private static SignerGroup Group(params NamedSigner[] signers) => new([.. signers], 1);

    private static NamedSigner Signer(string name, params string[] keys) => new(name, keys.Length == 0 ? [name] : [.. keys]);

    private static SignedByKey Key(string name, string fingerprint) => new(name, fingerprint, "ED25519_SHA_512", "test");
}

using OfflineKit.Policy;
using OfflineKit.Testing;
using OfflineKit.Trust;

namespace OfflineKit.Tests;

/// <summary>Whoever a narrowing took away signs nothing, and refuses what he would have refused.</summary>
public sealed class ObjectionsTests
{
    private static readonly byte[] Content = File.ReadAllBytes(Repository.Path("tests", "vectors", "minisign", "prehashed", "a.txt"));
    private static readonly TrustStore Alice = Of("alice.pub"), Mallory = Of("mallory.pub");

    public static TheoryData<string, string?, string?> Narrowings() => new()
    {
        { "the same", null, null },
        { "limited", null, "key.not-allowed" },
        { "revoked", null, "key.revoked" },
        { "only in the whole", null, "key.unknown" },
        { "only in the whole", "changed", "signature.mismatch" },
        { "nowhere", "changed", "key.unknown" },
    };

    [Theory]
    [MemberData(nameof(Narrowings))]
    public void An_objection_outlives_the_narrowing(string alice, string? change, string? reason)
    {
        TrustedKey key = Alice.Keys[0];
        TrustStore trust = alice switch
        {
            "the same" => Alice.Within(Alice.With(Mallory)),
            "limited" => Alice.Within(new TrustStore { Keys = [key with { Formats = ["dsse"] }] }),
            "revoked" => Alice.Within(new TrustStore { Keys = [key with { Status = KeyStatus.Revoked(on: null, since: null, until: null, "stolen") }] }),
            "only in the whole" => Mallory.Within(Alice.With(Mallory)),
            _ => Mallory.Within(Mallory),
        };
        Verdict verdict = Verifier.Verify(new VerificationRequest(
            Artifact.FromBytes("a.txt", change is null ? Content : [.. Content, 1]),
            File.ReadAllBytes(Repository.Path("tests", "vectors", "minisign", "prehashed", "a.txt.minisig")),
            new VerificationContext(trust, Expectations.None, StatedTime: null),
            SignaturePolicy.AnyPinnedSigner));
        Assert.Equal(reason, verdict.IsTrusted ? null : verdict.Findings[0].Reason.Code);
    }

    [Fact]
    public void Whatever_is_done_to_a_store_is_done_to_the_whole()
    {
        TrustStore narrowed = Mallory.Within(Alice.With(Mallory));
        Assert.Equal(2, narrowed.Whole!.Keys.Length);
        Assert.Equal("t", narrowed.For("t").Whole!.Tenant);
        Assert.Equal(3, narrowed.With(Alice).Whole!.Keys.Length);
        Assert.Equal(3, Alice.With(narrowed).Whole!.Keys.Length);
        Assert.Same(narrowed.Whole, Mallory.Within(narrowed).Whole);
    }

    private static TrustStore Of(string name) => TrustStore.Empty.WithKey(File.ReadAllBytes(Repository.Path("tests", "vectors", "minisign", "_keys", name)), name);
}

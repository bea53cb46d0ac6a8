using System.Collections.Immutable;
using OfflineKit.Policy;

namespace OfflineKit.Tests.Policy;

/// <summary>What one signature states is never put to the account of another signer.</summary>
public sealed class WhoCountsTests : IDisposable
{
    private const string Type = "https://example.org/release/v1", Payload = "application/vnd.in-toto+json";
    private readonly TestSigner _ada = new(), _ben = new();

    /// <summary>Every demand that is made on each signer, and evidence beside a signer that meets it.</summary>
    public static TheoryData<string> OnEach() => [.. Demands.Keys];

    private static readonly Dictionary<string, (Requirement Demand, Evidence Meets)> Demands = new(StringComparer.Ordinal)
    {
        [nameof(StatesPredicate)] = (new StatesPredicate(Type), new States(Payload, Type)),
        [nameof(StatesPayload)] = (new StatesPayload(Payload), new States(Payload, Type)),
        [nameof(NoOlderVersion)] = (new NoOlderVersion("2.0"), new StatesVersion("app", "2.1", "predicate")),
    };

    [Theory]
    [MemberData(nameof(OnEach))]
    public void What_another_signature_states_is_nothing_to_the_demanded_signer(string demand)
    {
        (Requirement onEach, Evidence meets) = Demands[demand];
        SignaturePolicy policy = new([Group(1, "ada"), onEach]);
        Assert.Empty(policy.Check(Proof([_ada.Evidence("ada"), meets])));
        Assert.Equal("policy.signers", Assert.Single(policy.Check(Proof([_ada.Evidence("ada")], [_ben.Evidence("ben"), meets]))).Reason.Code);
        Assert.Equal("policy.signers", Assert.Single(policy.Check(Proof([_ben.Evidence("ben"), meets], [_ada.Evidence("ada")]))).Reason.Code);
        Assert.Equal("policy.signers", Assert.Single(policy.Check(Proof([meets], [_ada.Evidence("ada")], [_ben.Evidence("ben"), meets]))).Reason.Code);
    }

    [Theory]
    [MemberData(nameof(OnEach))]
    public void A_threshold_counts_those_who_meet_every_demand(string demand)
    {
        (Requirement onEach, Evidence meets) = Demands[demand];
        SignaturePolicy policy = new([new EnoughKeys(2), onEach]);
        Assert.Empty(policy.Check(Proof([_ada.Evidence("ada"), _ben.Evidence("ben"), meets])));
        Assert.Empty(policy.Check(Proof([_ada.Evidence("ada"), meets], [_ben.Evidence("ben"), meets])));
        Assert.Equal("policy.signers", Assert.Single(policy.Check(Proof([_ada.Evidence("ada"), meets], [_ben.Evidence("ben")]))).Reason.Code);
        Assert.Equal("policy.signers", Assert.Single(policy.Check(Proof([_ada.Evidence("ada"), meets], [_ada.Evidence("again"), meets], [_ben.Evidence("ben")]))).Reason.Code);
    }

    [Fact]
    public void Demands_on_each_are_met_by_one_and_the_same()
    {
        SignaturePolicy policy = new([new AnyTrustedKeySigned(), new StatesPredicate(Type), new NoOlderVersion("2.0")]);
        Proof apart = Proof([_ada.Evidence("ada"), new States(Payload, Type)], [_ben.Evidence("ben"), new StatesVersion("app", "2.1", "predicate")]);
        Assert.Equal("policy.version-missing", Assert.Single(policy.Check(apart)).Reason.Code);
        Assert.Empty(policy.Check(Proof([.. apart.Evidence])));
    }

    [Fact]
    public void A_named_key_does_not_lend_its_name_to_another_in_the_same_envelope()
    {
        Proof both = Proof([_ada.Evidence("ada"), _ben.Evidence("ben")]);
        Assert.Empty(new SignaturePolicy([new SignedInTheNameOf("ada"), new EnoughKeys(1)]).Check(both));
        Assert.Equal("policy.signers", Assert.Single(new SignaturePolicy([new SignedInTheNameOf("ada"), new EnoughKeys(2)]).Check(both)).Reason.Code);
    }

    [Fact]
    public void Evidence_that_was_taken_back_counts_nowhere()
    {
        Proof proof = Proof([_ada.Evidence("ada"), new States(Payload, Type)]);
        SignaturePolicy policy = new([new StatesPredicate(Type)]);
        Assert.Empty(policy.Check(proof));
        Assert.NotEmpty(policy.Check(proof with { Evidence = [.. proof.Evidence.Where(evidence => evidence is not SignedByKey)] }));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ada.Dispose();
        _ben.Dispose();
    }

    private static EnoughSigners Group(int threshold, params ImmutableArray<string> names) => new(new SignerGroup([.. names.Select(name => new NamedSigner(name, [name]))], threshold));

    private static Proof Proof(params ImmutableArray<ImmutableArray<Evidence>> signatures)
    {
        Verification verification = new();
        for (int i = 0; i < signatures.Length; i++)
        {
            foreach (Evidence evidence in signatures[i])
            {
                verification.Proved(evidence, $"signature {i}");
            }
        }

        return verification.Close();
    }
}

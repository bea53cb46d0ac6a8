using System.Collections.Immutable;

namespace OfflineKit.Policy;

/// <summary>Reasons that the policy gives: the proof is sound, and not what was demanded.</summary>
public static class PolicyReasons
{
    public static readonly Reason PredicateType = new(
        "policy.predicate-type",
        "no signed statement has the demanded predicate type",
        "ask for an attestation of that type");

    public static readonly Reason NoIdentityDemanded = new(
        "policy.no-identity-demanded",
        "a certificate identity signed and nobody said which identity is trusted",
        "name the signer with --certificate-identity and --certificate-oidc-issuer");

    public static readonly Reason Identity = new(
        "policy.identity",
        "the certificate names another signer than the demanded one",
        "check who should have signed; the report names who did");

    public static readonly Reason Issuer = new(
        "policy.issuer",
        "another issuer than the demanded one vouches for the signer",
        "check which sign-in service the signer uses; the report names the one that vouched");

    public static readonly Reason Extension = new(
        "policy.extension",
        "the certificate does not state the demanded fact",
        "check the demanded value; the report lists every fact in the certificate");

    /// <summary>Every reason of this class.</summary>
    public static ImmutableArray<Reason> All { get; } = [PredicateType, NoIdentityDemanded, Identity, Issuer, Extension];
}

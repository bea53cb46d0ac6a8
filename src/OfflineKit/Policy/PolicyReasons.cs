using System.Collections.Immutable;

namespace OfflineKit.Policy;

/// <summary>Reasons that the policy gives: the proof is sound, and not what was demanded.</summary>
internal static class PolicyReasons
{
    public static readonly Reason PredicateType = new(
        "policy.predicate-type",
        "nothing that is signed has the demanded predicate or payload type",
        "ask for an attestation of that type");

    public static readonly Reason NoIdentityDemanded = new(
        "policy.no-identity-demanded",
        "a certificate identity signed and nobody said which identity is trusted",
        "name the signer with {certificateIdentity} and {certificateOidcIssuer}");

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

    public static readonly Reason Malformed = new(
        "policy.malformed",
        "the policy file is not well-formed",
        "compare it with docs/spec/policy-file.md; `offlinekit policy check FILE` says what it demands");

    public static readonly Reason Contradiction = new(
        "policy.contradiction",
        "the policy demands what can never be, or nothing at all",
        "`offlinekit policy check FILE` says what contradicts itself; with the keys that you trust it also says who can never sign");

    public static readonly Reason Signers = new(
        "policy.signers",
        "too few of the demanded signers signed",
        "ask the missing signers for their signatures; the report names who signed");

    public static readonly Reason Algorithm = new(
        "policy.algorithm",
        "a key or certificate signed by an algorithm that the policy does not allow",
        "ask for a signature by an allowed algorithm");

    public static readonly Reason Age = new(
        "policy.age",
        "the signature is too old, or nothing proves its age",
        "ask for a fresh signature by a certificate; no log or timestamp makes a key's signature young; if the clock is wrong, set it or state the time with {at}");

    public static readonly Reason VersionMissing = new(
        "policy.version-missing",
        "a minimum version is demanded, and nothing that is signed states a version",
        "ask for a statement that states it; docs/spec/policy-file.md lists the places that count");

    public static readonly Reason VersionUnreadable = new(
        "policy.version-unreadable",
        "the signed version cannot be compared with the demanded one",
        "ask for a version of numbers joined by dots; docs/spec/policy-file.md defines the order");

    public static readonly Reason VersionTooOld = new(
        "policy.version-too-old",
        "the signed version is below the demanded one: somebody may offer an old release again",
        "get the newer release, or lower minimum-version knowingly");

    public static readonly Reason MachineUnreadable = new(
        "policy.machine-unreadable",
        "the policy that binds this machine cannot be read, is not well-formed, or could be changed by others than its administrator, so nothing is trusted here",
        "ask the administrator to mend it; `offlinekit policy check` without a file says what is wrong");

    public static readonly Reason MachineTrust = new(
        "policy.machine-trust",
        "the policy that binds this machine knows nobody of those who were named",
        "name nobody, or one of its signers; `offlinekit policy check` without a file says who they are");

    public static readonly Reason MachinePermits = new(
        "policy.machine-permits",
        "something was to be accepted that the policy that binds this machine does not leave to whoever asks",
        "leave it out; the administrator can add it to the policy's member permits");

    /// <summary>Every reason of this class.</summary>
    public static ImmutableArray<Reason> All { get; } = [PredicateType, NoIdentityDemanded, Identity, Issuer, Extension, Malformed, Contradiction, Signers, Algorithm, Age, VersionMissing, VersionUnreadable, VersionTooOld, MachineUnreadable, MachineTrust, MachinePermits];
}

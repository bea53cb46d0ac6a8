using System.Collections.Immutable;
using OfflineKit.Formats.KmsDetached;
using OfflineKit.Host.Policies;
using OfflineKit.Policy;
using OfflineKit.Reporting;
using OfflineKit.Trust;

namespace OfflineKit.Host.Requests;

/// <summary>A question with its trust loaded and its policy read: everything that an answer needs but the file and the time.</summary>
/// <param name="Request">What was asked.</param>
/// <param name="Store">Whom it trusts.</param>
/// <param name="Policies">Every policy whose demands count: the one that binds this machine, and the one that the question names.</param>
/// <param name="Imported">The imported trust in force.</param>
/// <param name="Kinds">The kinds of roots that were consulted without being named.</param>
internal sealed record ResolvedRequest(VerifyRequest Request, TrustStore Store, ImmutableArray<AppliedPolicy> Policies, ImportedRoots Imported, ImmutableArray<TrustRootKind> Kinds)
{
    /// <summary>How the question names the signer.</summary>
    public DemandedSigner Signer => SignerOf(Request, Policies);

    /// <summary>SHA-256 over the question and everything that is trusted: two runs with one number decide alike, but for the time.</summary>
    public string Digest => _digest ??= ResolvedDigest.Of(this);

    private string? _digest;

    /// <summary>The roots for the report's head.</summary>
    public ImmutableArray<RootInForce> RootsInForce =>
    [
        .. Store.Roots.Select(root => new RootInForce(root.Name, root.Source, root.RetrievedOn)),
        .. Store.SigstoreRoots.Where(root => root.RetrievedOn.Length == 0).Select(root => new RootInForce(root.Name, "--trusted-root", RetrievedOn: "")),
    ];

    /// <summary>Why nothing is trusted at <paramref name="time"/> whatever the file says, or null.</summary>
    public Finding? Objection(DateTimeOffset time) => Imported.TooOld(time, Policies.Aggregate(Request.Trust.MaxAge, static (most, policy) => Stricter(most, policy.Demands.MaxTrustAgeDays)));

    /// <summary>Trust, expectations and <paramref name="time"/>, for the core.</summary>
    public VerificationContext Context(DateTimeOffset time) => new(Store, Expected, time) { Looks = Looks };

    /// <summary>Who wants to know whether an answer was decided by the time; null: nobody. The age of imported trust, which is held against every answer, is not counted.</summary>
    public TimeLooks? Looks { get; init; }

    /// <summary>What is demanded of the evidence of each signature.</summary>
    public SignaturePolicy Each => new([.. Request.Identity.Requirements is { IsEmpty: false } identity ? identity : [Somebody], .. Request.Requirements]);

    /// <summary>What is demanded of the evidence as a whole at <paramref name="time"/>.</summary>
    public SignaturePolicy All(DateTimeOffset time)
    {
        if (Policies.Any(policy => policy.Demands.MaxAgeDays is not null))
        {
            Looks?.Add();
        }

        return new(
        [
            .. Policies.IsEmpty ? Each.Requirements : Named,
            .. Policies.SelectMany(policy => policy.Demands.At(time).Requirements).Distinct(),
        ]);
    }

    /// <summary>The predicate types of a signature over an export that the question itself names, and on a machine with a policy that one as well. What a line of a batch demands is a demand and nothing else.</summary>
    public ImmutableArray<string> StatementTypes =>
    [
        .. Question.Requirements.OfType<StatesPredicate>().Select(type => type.PredicateType)
            .Concat(Question.Policy is null ? [] : TypesOf(PolicyReach.Question))
            .Where(type => Policies.All(policy => policy.InForce.Reach != PolicyReach.Machine) || TypesOf(PolicyReach.Machine).Contains(type, StringComparer.Ordinal)),
    ];

    private IEnumerable<string> TypesOf(PolicyReach reach) => Policies.Where(policy => policy.InForce.Reach == reach).SelectMany(policy => policy.Demands.PredicateTypes);

    private VerifyRequest Question => Request.OfBatch ?? Request;

    // In an export each signature is by somebody trusted, and all together are what the policy says. Elsewhere a policy names its signers, which is more than "somebody".
    private IEnumerable<Requirement> Named => Each.Requirements.Where(requirement => Request.Asks == Questions.Export || requirement is not AnyTrustedKeySigned);

    private AnyTrustedKeySigned Somebody => new() { Identities = [.. Policies.SelectMany(policy => policy.Demands.Identities)] };

    private Expectations Expected => Request.Expectations with
    {
        DemandedSigner = Signer,
        // The secret of an export is for the export: no signature in it answers for that.
        Secrets = Request.Asks == Questions.Export ? [] : Request.Expectations.Secrets,
        AllowBareSignature = Request.Expectations.Algorithm is not null || (Signer != DemandedSigner.Identity && Store.Keys.Any(MakesBareSignatures)),
    };

    // A minisign key and an OpenPGP certificate make none: with them, content without a mark stays unknown.
    private static bool MakesBareSignatures(TrustedKey key) =>
        !key.Material.IsMinisign && key.OpenPgp is null && (key.Formats.IsEmpty || key.Formats.Contains(KmsDetachedFormat.FormatName, StringComparer.Ordinal));

    /// <summary>How <paramref name="request"/> under <paramref name="policies"/> names the signer.</summary>
    public static DemandedSigner SignerOf(VerifyRequest request, ImmutableArray<AppliedPolicy> policies) =>
        !request.Identity.Requirements.IsEmpty ? DemandedSigner.Identity
        : request.Trust.NamesKey ? DemandedSigner.Key
        : DemandIdentity(policies) && request.Asks != Questions.Export ? DemandedSigner.Identity : DemandedSigner.Unnamed;

    /// <summary>The kinds of roots that are consulted without being named.</summary>
    // Beside a demanded identity, an npm registry may say that it published the package; its keys sign nothing else. An export may carry signatures by keys and by certificates.
    public static ImmutableArray<TrustRootKind> Consulted(VerifyRequest request, ImmutableArray<AppliedPolicy> policies)
    {
        ImmutableArray<TrustRootKind> ssh = request.Expectations is { Identity: not null, Namespace: not null } ? [TrustRootKind.AllowedSigners] : [];
        return (request.Asks, SignerOf(request, policies)) switch
        {
            (Questions.Bundle or Questions.Image, _) => [TrustRootKind.SigstoreTrustedRoot],
            (Questions.PolicyCheck, _) => [TrustRootKind.PublicKey, TrustRootKind.SigstoreTrustedRoot],
            (Questions.File, DemandedSigner.Identity) => [TrustRootKind.SigstoreTrustedRoot, TrustRootKind.NpmKeys],
            (Questions.Export, DemandedSigner.Identity) => [TrustRootKind.SigstoreTrustedRoot, .. ssh],
            (Questions.Export, _) when DemandIdentity(policies) => [TrustRootKind.PublicKey, TrustRootKind.SigstoreTrustedRoot, .. ssh],
            _ => [TrustRootKind.PublicKey, .. ssh],
        };
    }

    private static TimeSpan? Stricter(TimeSpan? stated, int? days) =>
        days is { } most && (stated is null || TimeSpan.FromDays(most) < stated) ? TimeSpan.FromDays(most) : stated;

    private static bool DemandIdentity(ImmutableArray<AppliedPolicy> policies) => policies.Any(policy => !policy.Demands.Identities.IsEmpty);
}

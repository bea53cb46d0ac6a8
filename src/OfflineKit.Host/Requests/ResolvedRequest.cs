using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Policy;
using OfflineKit.Reporting;
using OfflineKit.Trust;

namespace OfflineKit.Host.Requests;

/// <summary>A question with its trust loaded and its policy read: everything that an answer needs but the file and the time.</summary>
/// <param name="Request">What was asked.</param>
/// <param name="Store">Whom it trusts.</param>
/// <param name="Policy">The policy that it names; null: none.</param>
/// <param name="Imported">The imported trust in force.</param>
/// <param name="Kinds">The kinds of roots that were consulted without being named.</param>
internal sealed record ResolvedRequest(VerifyRequest Request, TrustStore Store, PolicyFile? Policy, ImportedRoots Imported, ImmutableArray<TrustRootKind> Kinds)
{
    /// <summary><paramref name="request"/> with the trust that is in force now, or the finding that says what is bad.</summary>
    /// <exception cref="UsageException">It names something that does not exist, or nobody where somebody must be named.</exception>
    public static Result<ResolvedRequest> Of(VerifyRequest request)
    {
        if (request.Refusal is { } refusal)
        {
            return Refused(refusal);
        }

        Result<ImportedRoots> imported = ImportedRoots.Load(request.Trust);
        if (imported.Value is not { } imports)
        {
            return Refused(imported.Finding!);
        }

        Result<PolicyFile>? policy = request.Policy?.Read(imports);
        if (policy?.Finding is { } objection)
        {
            return Refused(objection);
        }

        RequireImported(request, policy?.Value, imports);
        if (request.Asks is Questions.Bundle or Questions.Image && SignerOf(request, policy?.Value) == DemandedSigner.Unnamed)
        {
            throw new UsageException("no signer was named, so nothing can be decided", "give {certificateIdentity} and {certificateOidcIssuer}, or {publicKey}");
        }

        ImmutableArray<TrustRootKind> kinds = request.Kinds ?? Consulted(request, policy?.Value);
        Result<TrustStore> store = TrustOpening.Open(request, imports, [.. kinds]);
        return store.Value is { } trusted
            ? new Result<ResolvedRequest>(new ResolvedRequest(request, trusted, policy?.Value, imports, kinds), Finding: null)
            : Refused(store.Finding!);
    }

    // A limit that no imported trust is held against would be believed to hold; where a policy is only read out, nothing is decided by it.
    private static void RequireImported(VerifyRequest request, PolicyFile? policy, ImportedRoots imports)
    {
        bool isLimited = request.Asks != Questions.PolicyCheck && (request.Trust.PinnedRoot is not null || request.Trust.MaxAge is not null || policy?.MaxTrustAgeDays is not null);
        if (isLimited && imports.Imports.IsEmpty)
        {
            throw new UsageException(
                $"{(request.Trust.PinnedRoot is null ? "the age of imported trust is limited" : "the root of imported trust is named")}, and no trust was imported",
                "leave it out, or import a trust bundle first: `offlinekit trust import BUNDLE --root-fingerprint HEX`");
        }
    }

    /// <summary>How the question names the signer.</summary>
    public DemandedSigner Signer => SignerOf(Request, Policy);

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
    public Finding? Objection(DateTimeOffset time) => Imported.TooOld(time, Stricter(Request.Trust.MaxAge, Policy?.MaxTrustAgeDays));

    /// <summary>Trust, expectations and <paramref name="time"/>, for the core.</summary>
    public VerificationContext Context(DateTimeOffset time) => new(Store, Expected, time);

    /// <summary>What is demanded of the evidence of each signature.</summary>
    public SignaturePolicy Each => new([.. Request.Identity.Requirements is { IsEmpty: false } identity ? identity : [Somebody], .. Request.Requirements]);

    /// <summary>What is demanded of the evidence as a whole at <paramref name="time"/>.</summary>
    public SignaturePolicy All(DateTimeOffset time) => new([.. Policy is null ? Each.Requirements : Named, .. Policy?.At(time).Requirements ?? []]);

    // In an export each signature is by somebody trusted, and all together are what the policy says. Elsewhere a policy names its signers, which is more than "somebody".
    private IEnumerable<Requirement> Named => Each.Requirements.Where(requirement => Request.Asks == Questions.Export || requirement is not AnyTrustedKeySigned);

    private AnyTrustedKeySigned Somebody => Policy is null ? new AnyTrustedKeySigned() : new AnyTrustedKeySigned { Identities = Policy.Identities };

    private Expectations Expected => Request.Expectations with
    {
        DemandedSigner = Signer,
        // The secret of an export is for the export: no signature in it answers for that.
        Secrets = Request.Asks == Questions.Export ? [] : Request.Expectations.Secrets,
        // A minisign key makes no bare signatures: with it, content without a mark stays unknown.
        AllowBareSignature = Request.Expectations.Algorithm is not null
            || (Request.Trust.NamesKey && Store.Keys.Any(key => !key.Material.IsMinisign)),
    };

    private static DemandedSigner SignerOf(VerifyRequest request, PolicyFile? policy) =>
        !request.Identity.Requirements.IsEmpty ? DemandedSigner.Identity
        : request.Trust.NamesKey ? DemandedSigner.Key
        : policy is { Identities.IsEmpty: false } && request.Asks != Questions.Export ? DemandedSigner.Identity : DemandedSigner.Unnamed;

    // Beside a demanded identity, an npm registry may say that it published the package; its keys sign nothing else. An export may carry signatures by keys and by certificates.
    private static ImmutableArray<TrustRootKind> Consulted(VerifyRequest request, PolicyFile? policy)
    {
        ImmutableArray<TrustRootKind> ssh = request.Expectations is { Identity: not null, Namespace: not null } ? [TrustRootKind.AllowedSigners] : [];
        return (request.Asks, SignerOf(request, policy)) switch
        {
            (Questions.Bundle or Questions.Image, _) => [TrustRootKind.SigstoreTrustedRoot],
            (Questions.PolicyCheck, _) => [TrustRootKind.PublicKey, TrustRootKind.SigstoreTrustedRoot],
            (Questions.File, DemandedSigner.Identity) => [TrustRootKind.SigstoreTrustedRoot, TrustRootKind.NpmKeys],
            (Questions.Export, DemandedSigner.Identity) => [TrustRootKind.SigstoreTrustedRoot, .. ssh],
            (Questions.Export, _) when policy is { Identities.IsEmpty: false } => [TrustRootKind.PublicKey, TrustRootKind.SigstoreTrustedRoot, .. ssh],
            _ => [TrustRootKind.PublicKey, .. ssh],
        };
    }

    private static TimeSpan? Stricter(TimeSpan? stated, int? days) =>
        days is { } most && (stated is null || TimeSpan.FromDays(most) < stated) ? TimeSpan.FromDays(most) : stated;

    private static Result<ResolvedRequest> Refused(Finding finding) => new(Value: null, finding);
}

using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Host.Policies;
using OfflineKit.Host.State;
using OfflineKit.Policy;
using OfflineKit.Reporting;
using OfflineKit.Trust;

namespace OfflineKit.Host.Requests;

/// <summary>A question with its trust and its policies, or why it cannot be answered; either way, what a report says of the policies.</summary>
internal sealed record Resolution
{
    private Resolution()
    {
    }

    /// <summary>The question with its trust; null where nothing is trusted whatever the file says.</summary>
    public ResolvedRequest? Value { get; private init; }

    /// <summary>Why nothing is trusted, or null.</summary>
    public Finding? Finding { get; private init; }

    /// <summary>Every policy whose demands count, or that cannot be read.</summary>
    public ImmutableArray<PolicyInForce> Policies { get; private init; } = [];

    /// <summary>What a reader should know of the trust that this machine keeps.</summary>
    public ImmutableArray<Remark> Notes { get; private init; } = [];

    /// <summary>The roots for the report's head.</summary>
    public ImmutableArray<RootInForce> Roots => Value?.RootsInForce ?? [];

    /// <summary>Why nothing is trusted at <paramref name="time"/> whatever the file says, or null.</summary>
    public Finding? Objection(DateTimeOffset time) => Finding ?? Value!.Objection(time);

    /// <summary>The same; whether an answer is decided by the time is said to <paramref name="looks"/>. Of a time that the question states itself nothing needs to be said.</summary>
    public Resolution Watched(TimeLooks looks) => Value is { Request.StatedTime: null } resolved ? this with { Value = resolved with { Looks = looks } } : this;

    /// <summary><paramref name="request"/> with what is in force now on <paramref name="machine"/>.</summary>
    /// <exception cref="UsageException">It names something that does not exist, or nobody where somebody must be named.</exception>
    public static Resolution Of(VerifyRequest request, Machine machine)
    {
        MachineRules rules = MachineRules.Of(machine, request);
        TrustState? ofUser = TrustState.DefaultOrNull(request.Trust.State);
        Resolution known = new() { Policies = rules.InForce, Notes = [.. machine.Trust.Notes.Concat(ofUser?.Notes ?? []).Distinct()] };
        if ((request.Refusal ?? rules.Objection(request)) is { } refusal)
        {
            return known with { Finding = refusal };
        }

        Result<ImportedRoots> imported = ImportedRoots.Load(request.Trust, machine, rules.Imports);
        if (imported.Value is not { } imports)
        {
            return known with { Finding = imported.Finding };
        }

        Result<AppliedPolicy>? named = request.Policy is { } source ? PolicyOpening.Of(source, imports) : null;
        return named?.Finding is { } objection ? known with { Finding = objection } : known.Opened(request, rules, imports, named?.Value);
    }

    private Resolution Opened(VerifyRequest request, MachineRules rules, ImportedRoots imports, AppliedPolicy? named)
    {
        ImmutableArray<AppliedPolicy> policies = [.. new[] { rules.Policy, named }.OfType<AppliedPolicy>()];
        RequireImported(request, policies, imports);
        if (request.Asks is Questions.Bundle or Questions.Image && ResolvedRequest.SignerOf(request, policies) == DemandedSigner.Unnamed)
        {
            throw new UsageException("no signer was named, so nothing can be decided", "give {certificateIdentity} and {certificateOidcIssuer}, or {publicKey}");
        }

        ImmutableArray<TrustRootKind> kinds = request.Kinds ?? ResolvedRequest.Consulted(request, policies);
        Result<OpenedTrust> opened = TrustOpening.Open(request, imports, [.. kinds], rules.Signers);
        Resolution known = this with { Policies = [.. Policies, .. new[] { named?.InForce }.OfType<PolicyInForce>()] };
        if (!policies.IsEmpty && opened.Value is { } all && policies.Select(policy => SignerNames.Ambiguity(policy.Demands, all.Parts, all.Store)).FirstOrDefault(finding => finding is not null) is { } ambiguity)
        {
            return known with { Finding = ambiguity };
        }

        return opened.Value is { } trust
            ? known.Concluded(new ResolvedRequest(Limited(request, rules), trust.Store, policies, imports, kinds), rules.Policy is null ? [] : [.. trust.PassedOver, .. LogsOf(request)])
            : known with { Finding = opened.Finding };
    }

    private Resolution Concluded(ResolvedRequest resolved, ImmutableArray<string> passedOver) => passedOver.IsEmpty
        ? this with { Value = resolved }
        : this with
        {
            Value = resolved,
            Policies = [Policies[0] with { PassesOver = passedOver }, .. Policies.Skip(1)],
            // Whoever named somebody is not told that nobody was named.
            Finding = resolved.Store.IsEmpty ? PolicyReasons.MachineTrust.Because($"\"{Policies[0].Name}\" passes over {string.Join(", ", passedOver)}") : null,
        };

    // A log that is trusted dates what it holds and says that it was published: that is the machine's to decide as well. That a log is demanded is not.
    private static VerifyRequest Limited(VerifyRequest request, MachineRules rules) =>
        rules.Policy is null ? request : request with { Export = request.Export.WithoutLogs() };

    private static IEnumerable<string> LogsOf(VerifyRequest request) => request.Export.LogKeys.IsEmpty ? [] : ["the keys of logs"];

    // Where a policy is only read out, nothing is decided by it.
    private static void RequireImported(VerifyRequest request, ImmutableArray<AppliedPolicy> policies, ImportedRoots imports)
    {
        bool isLimited = request.Asks != Questions.PolicyCheck
            && (request.Trust.PinnedRoot is not null || request.Trust.MaxAge is not null || policies.Any(policy => policy.Demands.MaxTrustAgeDays is not null));
        if (isLimited && imports.Imports.IsEmpty)
        {
            throw ImportedRoots.LimitOfNone(request.Trust.PinnedRoot is null ? ImportedRoots.AgeIsLimited : "the root of imported trust is named");
        }
    }
}

using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Host.Policies;
using OfflineKit.Host.Requests;
using OfflineKit.Policy;
using OfflineKit.Reporting;

namespace OfflineKit.Host.State;

/// <summary>What the administrator of this machine decided for one question.</summary>
internal sealed record MachineRules
{
    /// <summary>Trust that was imported for everybody.</summary>
    public ImmutableArray<ImportedTrust> Imports { get; private init; } = [];

    /// <summary>The policy that binds the question, its signers by their fingerprints; null: none does.</summary>
    public AppliedPolicy? Policy { get; private init; }

    /// <summary>Who counts under that policy; null where none binds.</summary>
    public MachineSigners? Signers { get; private init; }

    /// <summary>What a report says of the policy, also of one that cannot be read.</summary>
    public ImmutableArray<PolicyInForce> InForce { get; private init; } = [];

    /// <summary>Why nothing is decided here, or null.</summary>
    public Finding? Finding { get; private init; }

    /// <summary>The rules of <paramref name="machine"/> for <paramref name="request"/>; a question that only reads a policy out is bound by none.</summary>
    public static MachineRules Of(Machine machine, VerifyRequest request)
    {
        Result<NamedFile> policy = request.Asks == Questions.PolicyCheck ? default : Result.Parse(PolicyReasons.MachineUnreadable, () => machine.ReadPolicy()!);
        NamedFile? file = policy.Value;
        MachineRules unread = new()
        {
            InForce = file is null && policy.Finding is null ? [] : [new PolicyInForce("", file is null ? "" : $"sha256:{file.Digest}", machine.PolicyPath, PolicyReach.Machine)],
        };
        Result<ImportedTrust[]> imports = policy.Finding is { } fault
            ? new Result<ImportedTrust[]>(Value: null, fault)
            : Result.Parse(PolicyReasons.MachineUnreadable, () => ImportsOf(machine, request.Trust.PinnedRoot));
        return imports.Value is not { } trust ? unread with { Finding = imports.Finding }
            : file is null ? unread with { Imports = [.. trust] }
            : (unread with { Imports = [.. trust] }).Bound(file);
    }

    /// <summary>Why <paramref name="content"/> could not bind <paramref name="machine"/>, or null.</summary>
    public static Finding? Trial(Machine machine, ReadOnlyMemory<byte> content)
    {
        MachineRules rules = Of(machine, VerifyRequest.Of(Questions.PolicyCheck, []));
        MachineRules bound = rules.Finding is null ? rules.Bound(new NamedFile(machine.PolicyPath, content, machine.PolicyPath)) : rules;
        return bound.Finding ?? bound.Signers!.Unknown;
    }

    /// <summary>Why <paramref name="request"/> asks for more than the policy leaves to whoever asks, or null.</summary>
    public Finding? Objection(VerifyRequest request)
    {
        if (Finding is not null || Policy is not { Demands: { } demands })
        {
            return Finding;
        }

        string[] beyond = [.. request.Loosening.Where(given => !demands.Permits.Contains(given.Parameter.Member, StringComparer.Ordinal)).Select(given => given.Spelling)];
        return beyond.Length == 0 ? null : PolicyReasons.MachinePermits.Because($"{string.Join(", ", beyond)}; \"{demands.Name}\" permits {(demands.Permits.IsEmpty ? "nothing" : string.Join(", ", demands.Permits))}");
    }

    private MachineRules Bound(NamedFile file)
    {
        Result<AppliedPolicy> read = Result.Parse(PolicyReasons.MachineUnreadable, () => PolicyOpening.OfMachine(file, Imports));
        if (read.Value is not { } policy)
        {
            return this with { Finding = Unreadable(file, read.Finding!) };
        }

        Result<MachineSigners> signers = Result.Parse(PolicyReasons.MachineUnreadable, () => MachineSigners.Of(policy.Demands, Imports));
        return signers.Value is { } known
            ? this with { Policy = policy with { Demands = known.Demands }, Signers = known, InForce = [policy.InForce] }
            : this with { Finding = Unreadable(file, signers.Finding!) };
    }

    // Whatever is wrong with it, nothing is trusted, and the code says whose file it is.
    private static Finding Unreadable(NamedFile file, Finding why) => PolicyReasons.MachineUnreadable.Because($"{file.Path}: {(why.Reason == PolicyReasons.MachineUnreadable ? "" : why.Reason.Code + ": ")}{why.Detail}");

    private static ImportedTrust[] ImportsOf(Machine machine, string? pin)
    {
        machine.CheckTrust();
        return [.. machine.Trust.Load(pin, DateTimeOffset.UnixEpoch).Select(import => import.Value).Select(loaded => loaded.Value ?? throw new MalformedException(loaded.Finding!.Reason, loaded.Finding.Detail))];
    }
}

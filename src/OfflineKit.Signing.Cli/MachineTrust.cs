using System.Collections.Immutable;
using OfflineKit.Formats.Sentinel;
using OfflineKit.Host.Requests;
using OfflineKit.Host.State;
using OfflineKit.Signing.Sentinel;

namespace OfflineKit.Signing.Cli;

/// <summary>Whom policies must be signed by here: the keys that were named, under what this machine decides and revokes, as <c>offlinekit policy verify</c> answers.</summary>
/// <param name="Trust">The judge.</param>
/// <param name="IsBound">A policy binds this machine: nothing unsigned passes, whatever the surroundings say.</param>
internal sealed record MachineTrust(PolicyTrust Trust, bool IsBound)
{
    /// <summary>The trust in <paramref name="keys"/> now.</summary>
    public static MachineTrust In(params IEnumerable<NamedFile> keys) => In(new Machine(MachineFolder.Path), [.. keys]);

    /// <summary>The same on <paramref name="machine"/>.</summary>
    internal static MachineTrust In(Machine machine, ImmutableArray<NamedFile> keys)
    {
        VerifyRequest request = VerifyRequest.Of(Questions.Sentinel, []) with { Trust = new TrustRequest { Keys = [.. keys.Select(key => new NamedKey(key, Id: null))] } };
        Resolution resolved = Resolution.Of(request, machine);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        PolicyTrust trust = resolved.Objection(now) is { } refusal
            ? PolicyTrust.Refusing(refusal)
            : new PolicyTrust(resolved.Value!.Context(now) with { Expectations = Expectations.None }, resolved.Value.All(now));
        return new MachineTrust(trust, !resolved.Policies.IsEmpty);
    }

    /// <summary>What an unsigned policy means, where <paramref name="told"/> is what the surroundings say.</summary>
    public Enforcement Strictest(Enforcement told) => IsBound ? Enforcement.Enforce : told;
}

using System.Collections.Immutable;
using OfflineKit.Host.State;
using OfflineKit.Trust;

namespace OfflineKit.Host.Requests;

/// <summary>What a question trusts, and whom it names without effect.</summary>
/// <param name="Store">Whom it trusts.</param>
/// <param name="PassedOver">By what those were named whom the policy of this machine does not let count.</param>
internal sealed record OpenedTrust(TrustStore Store, ImmutableArray<string> PassedOver)
{
    /// <summary>Where it comes from, one store each: within one a name is unique, between two it is not.</summary>
    public TrustStore[] Parts { get; private init; } = [];

    /// <summary>This trust and all of <paramref name="part"/>.</summary>
    public OpenedTrust With(TrustStore part) => this with { Store = Store.With(part), Parts = [.. Parts, part] };

    /// <summary>This trust and what <paramref name="signers"/> lets count of <paramref name="part"/>.</summary>
    public OpenedTrust With(TrustStore part, MachineSigners signers)
    {
        TrustStore admitted = signers.Admit(part);
        return new OpenedTrust(Store.With(admitted), [.. PassedOver.Concat(MachineSigners.PassedOver(part, admitted)).Distinct(StringComparer.Ordinal)]) { Parts = [.. Parts, admitted] };
    }
}

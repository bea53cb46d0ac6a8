using System.Collections.Immutable;

namespace OfflineKit.Policy;

/// <summary>A signed part states the artefact's version, and no stated version is below the least one.</summary>
/// <param name="Least">A version (<see cref="VersionOrder"/>).</param>
internal sealed record NoOlderVersion(string Least) : Requirement
{
    /// <inheritdoc/>
    internal override HeldAgainst HeldAgainst => HeldAgainst.EachSigner;

    /// <inheritdoc/>
    public override string InWords => $"a signed part states the artefact's version, and it is at least {Least}";

    /// <inheritdoc/>
    public override Finding? Check(ImmutableArray<Evidence> evidence)
    {
        ImmutableArray<StatesVersion> stated = [.. evidence.OfType<StatesVersion>()];
        if (stated.IsEmpty)
        {
            return PolicyReasons.VersionMissing.Because($"nothing that is signed states a version, wanted at least {Least}");
        }

        foreach (StatesVersion version in stated)
        {
            if (!VersionOrder.IsVersion(version.Version))
            {
                return PolicyReasons.VersionUnreadable.Because($"\"{version.Version}\" of \"{version.Subject}\", wanted numbers joined by dots, at least {Least}");
            }

            if (VersionOrder.Compare(version.Version, Least) < 0)
            {
                return PolicyReasons.VersionTooOld.Because($"{version.Version} of \"{version.Subject}\", wanted at least {Least}");
            }
        }

        return null;
    }
}

using System.Collections.Immutable;
using OfflineKit.Policy;

namespace OfflineKit.Exports;

/// <summary>A signer counts who may sign every file that the signed lists name: a limit on names is not got round by a list.</summary>
/// <param name="Files">Their paths.</param>
/// <remarks>Source: docs/spec/trust-store.md §1.</remarks>
internal sealed record MayVouchForListed(ImmutableArray<string> Files) : Requirement
{
    /// <inheritdoc/>
    internal override HeldAgainst HeldAgainst => HeldAgainst.EachSigner;

    /// <inheritdoc/>
    public override string InWords => "signed by somebody who may sign every listed file";

    /// <inheritdoc/>
    public override Finding? Check(ImmutableArray<Evidence> evidence)
    {
        Finding? first = null;
        foreach (Evidence signer in evidence.Where(SignerEvidence.IsSigner))
        {
            // Only a pinned key can be limited to names.
            if ((signer as SignedByKey)?.RefusalOf(Files) is not { } refusal)
            {
                return null;
            }

            first ??= refusal;
        }

        return first;
    }
}

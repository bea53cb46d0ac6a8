using System.Collections.Immutable;

namespace OfflineKit.Policy;

/// <summary>Keys and certificates signed with nothing but these algorithms.</summary>
/// <param name="Labels">Algorithm labels such as <c>ECDSA_SHA_256</c>.</param>
internal sealed record OnlyAlgorithms(ImmutableArray<string> Labels) : Requirement
{
    /// <inheritdoc/>
    internal override HeldAgainst HeldAgainst => HeldAgainst.EachSigner;

    /// <inheritdoc/>
    public override string InWords => "keys and certificates sign by no other algorithm than " + string.Join(", ", Labels);

    /// <inheritdoc/>
    public override Finding? Check(ImmutableArray<Evidence> evidence)
    {
        foreach (Evidence proved in evidence)
        {
            (string? who, string algorithm) = proved switch
            {
                SignedByKey key => (key.Signer, key.Algorithm),
                SignedByIdentity identity => (identity.Identity, identity.Algorithm),
                _ => (null, ""),
            };
            if (who is not null && !Labels.Contains(algorithm, StringComparer.Ordinal))
            {
                return PolicyReasons.Algorithm.Because($"\"{who}\" signed by {algorithm}, allowed: {string.Join(", ", Labels)}");
            }
        }

        return null;
    }
}

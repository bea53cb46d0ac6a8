using System.Collections.Immutable;

namespace OfflineKit.Policy;

/// <summary>A key signed that trust knows by exactly this name: the principal of an SSH signature, the name of a key.</summary>
/// <param name="Name">The name, compared ordinally.</param>
internal sealed record SignedInTheNameOf(string Name) : Requirement
{
    /// <inheritdoc/>
    internal override HeldAgainst HeldAgainst => HeldAgainst.EachSigner;

    /// <inheritdoc/>
    public override string InWords => $"{Name} signed";

    /// <inheritdoc/>
    public override Finding? Check(ImmutableArray<Evidence> evidence)
    {
        string others = "";
        foreach (SignedByKey signed in evidence.OfType<SignedByKey>())
        {
            if (string.Equals(signed.Signer, Name, StringComparison.Ordinal))
            {
                return null;
            }

            others += $"\"{signed.Signer}\" ";
        }

        return PolicyReasons.Signers.Because($"signed by {(others.Length > 0 ? others : "no key ")}and not by \"{Name}\"");
    }
}

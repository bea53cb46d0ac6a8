using System.Collections.Immutable;

namespace OfflineKit.Policy;

/// <summary>So many distinct keys signed, whatever the format.</summary>
/// <param name="Count">How many.</param>
internal sealed record EnoughKeys(int Count) : Requirement
{
    /// <inheritdoc/>
    internal override HeldAgainst HeldAgainst => HeldAgainst.AllWhoCount;

    /// <inheritdoc/>
    public override string InWords => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"signed by {Count} distinct trusted keys");

    /// <inheritdoc/>
    public override Finding? Check(ImmutableArray<Evidence> evidence)
    {
        HashSet<string> keys = new(StringComparer.Ordinal);
        foreach (SignedByKey signed in evidence.OfType<SignedByKey>())
        {
            keys.Add(signed.Fingerprint);
        }

        return keys.Count >= Count ? null : PolicyReasons.Signers.Because($"{keys.Count} distinct trusted keys signed, wanted {Count}");
    }
}

/// <summary>Whoever signed is named as the caller names the signer: by a public key, or by the identity in a certificate.</summary>
/// <param name="Signer">How the caller names the signer.</param>
internal sealed record SignedAsNamed(DemandedSigner Signer) : Requirement
{
    /// <inheritdoc/>
    internal override HeldAgainst HeldAgainst => HeldAgainst.EachSigner;

    /// <inheritdoc/>
    public override string InWords => Signer == DemandedSigner.Key ? "a public key signed" : "a certificate identity signed";

    /// <inheritdoc/>
    public override Finding? Check(ImmutableArray<Evidence> evidence)
    {
        bool byKey = evidence.Any(proved => proved is SignedByKey), byIdentity = evidence.Any(proved => proved is SignedByIdentity);
        return Signer switch
        {
            DemandedSigner.Key when byIdentity && !byKey => PolicyReasons.Signers.Because("a certificate identity signed, and a public key was named"),
            DemandedSigner.Identity when byKey && !byIdentity => PolicyReasons.Identity.Because("a public key signed, and a certificate identity was named"),
            _ => null,
        };
    }
}

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

/// <summary>What was signed has exactly this payload type.</summary>
/// <param name="PayloadType">The type, compared ordinally.</param>
internal sealed record StatesPayload(string PayloadType) : Requirement
{
    /// <inheritdoc/>
    internal override HeldAgainst HeldAgainst => HeldAgainst.EachSigner;

    /// <inheritdoc/>
    public override string InWords => $"the signed payload has the type {PayloadType}";

    /// <inheritdoc/>
    public override Finding? Check(ImmutableArray<Evidence> evidence)
    {
        foreach (States states in evidence.OfType<States>())
        {
            if (string.Equals(states.PayloadType, PayloadType, StringComparison.Ordinal))
            {
                return null;
            }
        }

        return PolicyReasons.PredicateType.Because($"nothing that is signed has the payload type \"{PayloadType}\"");
    }
}

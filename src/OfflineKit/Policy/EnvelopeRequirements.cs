using System.Collections.Immutable;

namespace OfflineKit.Policy;

/// <summary>So many distinct keys signed, whatever the format.</summary>
/// <param name="Count">How many.</param>
public sealed record EnoughKeys(int Count) : Requirement
{
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

/// <summary>A key signed that trust knows by exactly this name: the principal of an SSH signature, the name of a key.</summary>
/// <param name="Name">The name, compared ordinally.</param>
public sealed record SignedInTheNameOf(string Name) : Requirement
{
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
public sealed record StatesPayload(string PayloadType) : Requirement
{
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

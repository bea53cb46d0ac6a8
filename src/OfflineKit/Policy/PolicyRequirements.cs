using System.Collections.Immutable;
using System.Globalization;
using OfflineKit.Encoding;

namespace OfflineKit.Policy;

/// <summary>Enough signers of a group signed, each by a key of its own.</summary>
/// <param name="Group">The group.</param>
internal sealed record EnoughSigners(SignerGroup Group) : Requirement
{
    /// <inheritdoc/>
    internal override HeldAgainst HeldAgainst => HeldAgainst.AllWhoCount;

    /// <inheritdoc/>
    public override string InWords => $"signed by {Group}";

    /// <inheritdoc/>
    public override Finding? Check(ImmutableArray<Evidence> evidence)
    {
        int signed = Group.SignersAmong([.. evidence.OfType<SignedByKey>().Select(signed => signed.KeyName)]);
        return signed >= Group.Threshold
            ? null
            : PolicyReasons.Signers.Because($"{signed} demanded signers signed, wanted {Group}");
    }
}

/// <summary>One of several certificate identities signed.</summary>
/// <param name="Identities">The identities.</param>
internal sealed record OneIdentityOf(ImmutableArray<DemandedIdentity> Identities) : Requirement
{
    /// <inheritdoc/>
    internal override HeldAgainst HeldAgainst => HeldAgainst.AllWhoCount;

    /// <inheritdoc/>
    public override string InWords => "signed by the identity " + string.Join(" or ", Identities.Select(wanted => $"{wanted.Identity} (issuer {wanted.Issuer})"));

    /// <inheritdoc/>
    public override Finding? Check(ImmutableArray<Evidence> evidence)
    {
        SignedByIdentity[] seen = [.. evidence.OfType<SignedByIdentity>()];
        if (seen.Any(identity => Identities.Contains(new DemandedIdentity(identity.Identity, identity.Issuer))))
        {
            return null;
        }

        string who = seen.Length == 0 ? "no certificate identity" : string.Join(", ", seen.Select(identity => $"{identity.Identity} (issuer {identity.Issuer})"));
        return PolicyReasons.Identity.Because($"signed by {who}, wanted {string.Join(" or ", Identities.Select(wanted => $"{wanted.Identity} (issuer {wanted.Issuer})"))}");
    }
}

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

/// <summary>The signature is proved to be at most so old.</summary>
/// <remarks>
/// A log or time-stamping authority dates any valid signature by its own clock, also an old one that somebody shows it again: that proves that the signature existed, not that it is young. Only the
/// certificate proves since when: its authority vouches for nobody before it issued it. So no signature by a bare key meets this. Source: docs/spec/policy-file.md §1.
/// </remarks>
/// <param name="Days">The age allowed.</param>
/// <param name="Time">Where it is counted back from.</param>
internal sealed record NotOlderThan(int Days, DateTimeOffset Time) : Requirement
{
    /// <inheritdoc/>
    internal override HeldAgainst HeldAgainst => HeldAgainst.EachSigner;

    /// <inheritdoc/>
    public override string InWords => $"the signer's certificate, valid at a proved time, proves that the signature is at most {Days.ToString(CultureInfo.InvariantCulture)} days old";

    /// <inheritdoc/>
    public override Finding? Check(ImmutableArray<Evidence> evidence)
    {
        // A clock that stands before the signature cannot say how old it is: in a sealed room it may have been reset.
        DateTimeOffset[] times = [.. evidence.OfType<SignedAt>().Select(at => at.Time)];
        if (times.Length > 0 && times.Max() > Time)
        {
            return PolicyReasons.Age.Because($"signed at {UtcText.Seconds(times.Max())}, after the time of verification {UtcText.Seconds(Time)}");
        }

        if (evidence.OfType<SignedByKey>().FirstOrDefault() is { } key)
        {
            return PolicyReasons.Age.Because($"nothing proves since when the signature by key \"{key.Signer}\" exists, wanted at most {Days} days: a log or authority dates an old signature anew");
        }

        DateTimeOffset[] issued = [.. evidence.OfType<SignedByIdentity>().Select(identity => identity.IssuedAt)];
        return issued.Length == 0 ? PolicyReasons.Age.Because($"nothing proves when the signature was made, wanted at most {Days} days ago")
            : issued.Min() >= Time.AddDays(-Days) ? null
            : PolicyReasons.Age.Because($"signed with a certificate of {UtcText.Seconds(issued.Min())}, wanted at most {Days} days before {UtcText.Seconds(Time)}");
    }
}

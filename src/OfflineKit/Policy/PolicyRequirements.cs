using System.Collections.Immutable;
using System.Globalization;

namespace OfflineKit.Policy;

/// <summary>Enough distinct keys of a group signed.</summary>
/// <param name="Group">The group.</param>
public sealed record EnoughSigners(SignerGroup Group) : Requirement
{
    /// <inheritdoc/>
    public override string InWords => $"signed by {Group}";

    /// <inheritdoc/>
    public override Finding? Check(ImmutableArray<Evidence> evidence)
    {
        string[] signed = [.. evidence.OfType<SignedByKey>().Where(key => IsNamed(key)).Select(key => key.Fingerprint).Distinct(StringComparer.Ordinal)];
        return signed.Length >= Group.Threshold
            ? null
            : PolicyReasons.Signers.Because($"{signed.Length} demanded keys signed, wanted {Group}");
    }

    private bool IsNamed(SignedByKey key) => Group.AnyOf.Any(name => name == key.Signer || name == "sha256:" + key.Fingerprint);
}

/// <summary>One of several certificate identities signed.</summary>
/// <param name="Identities">The identities.</param>
public sealed record OneIdentityOf(ImmutableArray<DemandedIdentity> Identities) : Requirement
{
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

/// <summary>Keys signed with nothing but these algorithms.</summary>
/// <param name="Labels">Algorithm labels such as <c>ECDSA_SHA_256</c>.</param>
public sealed record OnlyAlgorithms(ImmutableArray<string> Labels) : Requirement
{
    /// <inheritdoc/>
    public override string InWords => "keys sign by no other algorithm than " + string.Join(", ", Labels);

    /// <inheritdoc/>
    public override Finding? Check(ImmutableArray<Evidence> evidence) =>
        evidence.OfType<SignedByKey>().FirstOrDefault(key => !Labels.Contains(key.Algorithm, StringComparer.Ordinal)) is { } other
            ? PolicyReasons.Algorithm.Because($"\"{other.Signer}\" signed by {other.Algorithm}, allowed: {string.Join(", ", Labels)}")
            : null;
}

/// <summary>The signature is proved to be at most so old.</summary>
/// <param name="Days">The age allowed.</param>
/// <param name="Time">Where it is counted back from.</param>
public sealed record NotOlderThan(int Days, DateTimeOffset Time) : Requirement
{
    /// <inheritdoc/>
    public override string InWords => $"a log or time-stamping authority proves that the signature is at most {Days.ToString(CultureInfo.InvariantCulture)} days old";

    /// <inheritdoc/>
    public override Finding? Check(ImmutableArray<Evidence> evidence)
    {
        DateTimeOffset[] times = [.. evidence.OfType<SignedAt>().Select(at => at.Time)];
        if (times.Length == 0)
        {
            return PolicyReasons.Age.Because($"nothing proves when the signature was made, wanted at most {Days} days ago");
        }

        return times.Min() >= Time.AddDays(-Days)
            ? null
            : PolicyReasons.Age.Because($"signed at {times.Min().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}, wanted at most {Days} days before {Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}");
    }
}

using System.Collections.Immutable;
using OfflineKit.Encoding;

namespace OfflineKit.Policy;

/// <summary>A policy that somebody wrote down: who must sign, how many of them, what they must say, and how fresh it must be.</summary>
/// <param name="Name">Its name, for people.</param>
/// <param name="Signers">Groups of signers; every group must be satisfied.</param>
/// <param name="Identities">Certificate identities of which one must have signed; empty demands none.</param>
/// <param name="PredicateTypes">Predicate types that must all be stated.</param>
/// <param name="Algorithms">The only algorithms of keys that count; empty allows all that offlinekit accepts.</param>
/// <param name="MaxAgeDays">The signature must be proved to be at most so old; null demands no time.</param>
/// <remarks>Shape: strict JSON, no unknown members. Errors: <see cref="MalformedException"/> with <c>policy.*</c>. Source: docs/spec/policy-file.md.</remarks>
public sealed record PolicyFile(
    string Name,
    ImmutableArray<SignerGroup> Signers,
    ImmutableArray<DemandedIdentity> Identities,
    ImmutableArray<string> PredicateTypes,
    ImmutableArray<string> Algorithms,
    int? MaxAgeDays)
{
    private const int Longest = 256, OldestDays = 36_500;

    /// <summary>The policy in <paramref name="content"/>; one that nothing could satisfy is refused.</summary>
    public static PolicyFile Parse(ReadOnlyMemory<byte> content)
    {
        JsonValue policy = StrictJson.ParseObject(content, "policy");
        policy.RefuseOtherMembers("version", "name", "signers", "identities", "predicate-types", "algorithms", "max-age-days");
        if (policy["version"].Integer != 1)
        {
            throw policy["version"].Wanted("1");
        }

        PolicyFile parsed = new(
            policy.String("name"),
            [.. List(policy, "signers").Select(SignerGroup.Parse)],
            [.. List(policy, "identities").Select(DemandedIdentity.Parse)],
            Texts(policy, "predicate-types"),
            Texts(policy, "algorithms"),
            policy.Optional("max-age-days") is { } days ? Days(days) : null);
        return parsed.Contradiction() is { } contradiction ? throw new MalformedException(PolicyReasons.Contradiction, contradiction) : parsed;
    }

    /// <summary>The requirements, with ages counted back from <paramref name="time"/>.</summary>
    public SignaturePolicy At(DateTimeOffset time) => new(
    [
        .. Signers.Select(group => new EnoughSigners(group)),
        .. Identities.IsEmpty ? Array.Empty<Requirement>() : [new OneIdentityOf(Identities)],
        .. PredicateTypes.Select(type => new StatesPredicate(type)),
        .. Algorithms.IsEmpty ? Array.Empty<Requirement>() : [new OnlyAlgorithms(Algorithms)],
        .. MaxAgeDays is { } days ? [new NotOlderThan(days, time)] : Array.Empty<Requirement>(),
    ]);

    private string? Contradiction()
    {
        if (Signers.IsEmpty && Identities.IsEmpty)
        {
            return "the policy names no signer and no identity, so it would accept anybody who is trusted for anything";
        }

        if (Signers.FirstOrDefault(group => group.Threshold > group.AnyOf.Length) is { } impossible)
        {
            return $"{impossible.Threshold} of {impossible.AnyOf.Length} signers can never sign";
        }

        return Signers.FirstOrDefault(group => group.AnyOf.Distinct(StringComparer.Ordinal).Count() != group.AnyOf.Length) is { } twice
            ? $"a signer stands twice in the group {string.Join(", ", twice.AnyOf)}"
            : null;
    }

    private static ImmutableArray<JsonValue> List(JsonValue policy, string name)
    {
        ImmutableArray<JsonValue> list = policy.Optional(name)?.Elements ?? [];
        return list.Length <= Longest ? list : throw policy.Wanted($"at most {Longest} {name}");
    }

    private static ImmutableArray<string> Texts(JsonValue policy, string name) => [.. List(policy, name).Select(element => element.Text)];

    private static int Days(JsonValue days) => days.Integer is >= 0 and <= OldestDays ? (int)days.Integer : throw days.Wanted($"0 to {OldestDays} days");
}

/// <summary>Signers of which so many must have signed.</summary>
/// <param name="AnyOf">Names in the trust store, or <c>sha256:</c> fingerprints.</param>
/// <param name="Threshold">How many distinct keys of them.</param>
public sealed record SignerGroup(ImmutableArray<string> AnyOf, int Threshold)
{
    internal static SignerGroup Parse(JsonValue value)
    {
        value.RefuseOtherMembers("any-of", "threshold");
        ImmutableArray<string> names = [.. value.Array("any-of").Select(name => name.Text)];
        long threshold = value.Optional("threshold")?.Integer ?? 1;
        return names.Length > 0 && threshold is >= 1 and <= int.MaxValue
            ? new SignerGroup(names, (int)threshold)
            : throw value.Wanted("at least one signer and a threshold from 1");
    }

    /// <summary>The group in words.</summary>
    public override string ToString() => AnyOf.Length == 1 ? AnyOf[0] : $"{Threshold} of {AnyOf.Length}: {string.Join(", ", AnyOf)}";
}

/// <summary>A certificate identity and the issuer that vouches for it.</summary>
/// <param name="Identity">The exact subject alternative name.</param>
/// <param name="Issuer">The exact OIDC issuer.</param>
public sealed record DemandedIdentity(string Identity, string Issuer)
{
    internal static DemandedIdentity Parse(JsonValue value)
    {
        value.RefuseOtherMembers("identity", "issuer");
        return new DemandedIdentity(value.String("identity"), value.String("issuer"));
    }
}

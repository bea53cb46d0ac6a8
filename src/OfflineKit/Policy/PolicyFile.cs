using System.Collections.Immutable;
using OfflineKit.Encoding;

namespace OfflineKit.Policy;

/// <summary>A policy that somebody wrote down: who must sign, how many of them, what they must say, and how fresh and how new it must be.</summary>
/// <param name="Name">Its name, for people.</param>
/// <param name="Signers">Groups of signers; every group must be satisfied.</param>
/// <param name="Identities">Certificate identities of which one must have signed; empty demands none.</param>
/// <remarks>Shape: strict JSON, no unknown members. Errors: <see cref="MalformedException"/> with <c>policy.*</c>. Source: docs/spec/policy-file.md.</remarks>
internal sealed record PolicyFile(string Name, ImmutableArray<SignerGroup> Signers, ImmutableArray<DemandedIdentity> Identities)
{
    private const int OldestDays = 36_500;

    /// <summary>The names of its members.</summary>
    internal static ImmutableArray<string> Members { get; } = ["version", "name", "signers", "identities", "predicate-types", "algorithms", "max-age-days", "max-trust-age-days", "minimum-version", "permits"];

    /// <summary>Predicate types that must all be stated.</summary>
    public ImmutableArray<string> PredicateTypes { get; private init; } = [];

    /// <summary>The only algorithms of keys and certificates that count; empty allows all that offlinekit accepts.</summary>
    public ImmutableArray<string> Algorithms { get; private init; } = [];

    /// <summary>The signature must be proved to be at most so old; null demands no time.</summary>
    public int? MaxAgeDays { get; private init; }

    /// <summary>Imported trust may be at most so old; null sets no limit.</summary>
    public int? MaxTrustAgeDays { get; private init; }

    /// <summary>The least version that a signed part must state; null demands none.</summary>
    public string? MinimumVersion { get; private init; }

    /// <summary>What a question may still permit where this policy binds a machine, by the names of the request's parameters; empty: nothing.</summary>
    public ImmutableArray<string> Permits { get; private init; } = [];

    /// <summary>The policy in <paramref name="content"/>; one that nothing could satisfy is refused.</summary>
    public static PolicyFile Parse(ReadOnlyMemory<byte> content)
    {
        JsonValue policy = StrictJson.ParseObject(content, "policy");
        policy.RefuseOtherMembers([.. Members]);
        if (policy["version"].Integer != 1)
        {
            throw policy["version"].Wanted("1");
        }

        PolicyFile parsed = new(
            PolicyValues.NotEmpty(policy["name"]),
            policy.Optional("signers") is { } signers ? [.. PolicyValues.Listed(signers).Select(SignerGroup.Parse)] : [],
            policy.Optional("identities") is { } identities ? [.. PolicyValues.Listed(identities).Select(DemandedIdentity.Parse)] : [])
        {
            PredicateTypes = policy.Optional("predicate-types") is { } types ? PolicyValues.Texts(types) : [],
            Algorithms = policy.Optional("algorithms") is { } algorithms ? PolicyValues.Texts(algorithms) : [],
            MaxAgeDays = policy.Optional("max-age-days") is { } days ? Days(days) : null,
            MaxTrustAgeDays = policy.Optional("max-trust-age-days") is { } trustDays ? Days(trustDays) : null,
            MinimumVersion = policy.Optional("minimum-version") is { } version ? Version(version) : null,
            Permits = policy.Optional("permits") is { } permits ? PolicyValues.Texts(permits) : [],
        };
        return PolicyContradiction.In(parsed) is { } contradiction ? throw new MalformedException(PolicyReasons.Contradiction, contradiction) : parsed;
    }

    /// <summary>The requirements, with ages counted back from <paramref name="time"/>.</summary>
    public SignaturePolicy At(DateTimeOffset time) => new(
    [
        .. Signers.Select(group => new EnoughSigners(group)),
        .. Identities.IsEmpty ? Array.Empty<Requirement>() : [new OneIdentityOf(Identities)],
        .. PredicateTypes.Select(type => new StatesPredicate(type)),
        .. Algorithms.IsEmpty ? Array.Empty<Requirement>() : [new OnlyAlgorithms(Algorithms)],
        .. MaxAgeDays is { } days ? [new NotOlderThan(days, time)] : Array.Empty<Requirement>(),
        .. MinimumVersion is { } least ? [new NoOlderVersion(least)] : Array.Empty<Requirement>(),
    ]);

    private static int Days(JsonValue days) => days.Integer is >= 1 and <= OldestDays ? (int)days.Integer : throw days.Wanted($"1 to {OldestDays} days");

    private static string Version(JsonValue version) =>
        VersionOrder.IsVersion(version.Text) ? version.Text : throw version.Wanted("a version such as \"1.4.0\"");
}

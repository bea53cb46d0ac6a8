using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Signer.Configuration;
using OfflineKit.Signer.Quotas;
using OfflineKit.Signer.Tokens;

namespace OfflineKit.Signer.Entitlements;

/// <summary>What a tenant's installation may have signed: what a proof of entitlement says, whoever vouches for it.</summary>
/// <param name="Tenant"><c>tid</c>.</param>
/// <param name="Installation"><c>inst</c>.</param>
/// <param name="Plan">The plan's name.</param>
/// <param name="Expires"><c>exp</c>.</param>
/// <param name="Binding">The installation's key or certificate.</param>
/// <param name="Modes">How may be signed.</param>
/// <param name="PredicateTypes">What may be signed; <c>*</c> is everything that the profile signs.</param>
/// <param name="Limits">How much.</param>
/// <param name="MaxRelease">The newest scanner that the licence covers.</param>
/// <remarks>Source: docs/signer/entitlement.md.</remarks>
internal sealed record Entitlement(
    string Tenant, string Installation, string Plan, DateTimeOffset Expires, SenderBinding Binding, ImmutableArray<SigningMode> Modes, ImmutableArray<string> PredicateTypes,
    QuotaLimits Limits, CalendarVersion MaxRelease)
{
    /// <summary>What <paramref name="claims"/> say.</summary>
    /// <param name="claims">The claims of a signed proof, or the licensing service's answer.</param>
    /// <param name="known">The binding where it is known from a signed proof; null takes that of the claims.</param>
    /// <exception cref="MalformedException">A claim is missing or of the wrong kind.</exception>
    public static Entitlement Of(JsonValue claims, SenderBinding? known = null)
    {
        JsonValue granted = claims.Object("entitlements");
        granted.RefuseOtherMembers("modes", "predicateTypes", "qps", "burst", "concurrency", "maxArtifactBytes", "daily");
        return new Entitlement(
            OpTok.TenantOf(claims),
            claims.String("inst"),
            claims.String("plan"),
            DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(claims["exp"].Integer, 0, int.MaxValue * 4L)),
            known ?? SenderBinding.Of(claims),
            [.. granted.Array("modes").Select(mode => ModeOf(mode.Text))],
            [.. granted.Array("predicateTypes").Select(type => type.Text)],
            new QuotaLimits(Count(granted, "maxArtifactBytes"), Math.Max(1, Count(granted, "qps")), Count(granted, "burst"), Count(granted, "concurrency"), Count(granted, "daily")),
            CalendarVersion.Parse(claims.String("maxRelease"), "maxRelease"));
    }

    /// <summary>The mode that a word names.</summary>
    public static SigningMode ModeOf(string word) => word switch
    {
        "keyful" => SigningMode.Keyful,
        "keyless" => SigningMode.Keyless,
        _ => throw new MalformedException($"\"{word}\" is no mode, wanted keyful or keyless"),
    };

    private static int Count(JsonValue granted, string name) => granted[name].Integer is >= 0 and <= int.MaxValue and var count
        ? (int)count
        : throw new MalformedException($"{granted.Path}.{name}: wanted 0 to {int.MaxValue}");
}

/// <summary>How fresh the knowledge of an entitlement is.</summary>
internal enum EntitlementState
{
    /// <summary>The licensing service said so just now.</summary>
    Live,

    /// <summary>It said so a short time ago.</summary>
    Cached,

    /// <summary>It cannot be reached, and said so not long ago.</summary>
    Stale,

    /// <summary>The proof was verified here; there is no service to ask.</summary>
    Offline,

    /// <summary>Two operators let the tenant pass.</summary>
    Bypass,
}

/// <summary>An entitlement that somebody vouches for.</summary>
/// <param name="Id">SHA-256 of the proof's value: what is written down in its place.</param>
/// <param name="Entitlement">What it says.</param>
/// <param name="State">How fresh that is.</param>
internal sealed record KnownEntitlement(string Id, Entitlement Entitlement, EntitlementState State)
{
    /// <summary>How long ago the licensing service said so; nothing for what is verified here.</summary>
    public TimeSpan Age { get; init; }
}

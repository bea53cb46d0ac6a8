namespace OfflineKit.Trust;

/// <summary>Where a key stands in its life.</summary>
public enum KeyPhase
{
    /// <summary>Revoked: the default, so that a status nobody set trusts nothing.</summary>
    Revoked,

    /// <summary>Still accepted, about to be replaced; reported.</summary>
    Deprecated,

    /// <summary>In use.</summary>
    Active,
}

/// <summary>A key's phase and, for a revoked one, since when its signatures are worthless.</summary>
/// <param name="Phase">Active, deprecated or revoked.</param>
/// <param name="CompromisedSince">The first instant from which a signature may be an attacker's; null means that none can be trusted.</param>
/// <param name="Why">The reason that was given, for the report.</param>
public sealed record KeyStatus(KeyPhase Phase, DateTimeOffset? CompromisedSince, string Why)
{
    /// <summary>In use.</summary>
    public static KeyStatus Active { get; } = new(KeyPhase.Active, CompromisedSince: null, Why: "");

    /// <summary>Why a signature by the key called <paramref name="name"/> is refused, or null.</summary>
    /// <param name="name">The key's name.</param>
    /// <param name="verifiedTime">When the signature is proved to have existed: only this can save a revoked key's signature.</param>
    public Finding? Objection(string name, DateTimeOffset? verifiedTime)
    {
        if (Phase != KeyPhase.Revoked || (CompromisedSince is { } since && verifiedTime < since))
        {
            return null;
        }

        string when = CompromisedSince is { } start ? $" for signatures from {start:yyyy-MM-dd'T'HH:mm:ss'Z'} on" : "";
        string proved = verifiedTime is { } time ? $"the signature dates from {time:yyyy-MM-dd'T'HH:mm:ss'Z'}" : "nothing proves when the signature was made";
        return Reasons.KeyRevoked.Because($"key \"{name}\" is revoked{when} ({Why}); {proved}");
    }
}

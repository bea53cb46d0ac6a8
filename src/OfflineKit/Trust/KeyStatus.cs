using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Trust.Tuf;

namespace OfflineKit.Trust;

/// <summary>Where a key stands in its life.</summary>
internal enum KeyPhase
{
    /// <summary>Revoked: the default, so that a status nobody set trusts nothing.</summary>
    Revoked,

    /// <summary>Still accepted, about to be replaced; every report says so.</summary>
    Deprecated,

    /// <summary>In use.</summary>
    Active,
}

/// <summary>A key's phase, since when, and the window in which somebody else may have held it.</summary>
/// <param name="Phase">Active, deprecated or revoked.</param>
/// <param name="Since">The date of the phase. A revoked key without date and without <paramref name="Compromise"/> never signed anything that counts.</param>
/// <param name="Compromise">When signatures may be a thief's, closed at both ends; an open end reaches to the revocation. Null: no such time is known.</param>
/// <param name="Why">The reason that was given, for the report.</param>
/// <remarks>
/// A signature by a revoked key counts only when its verified time lies before <paramref name="Since"/> and before <paramref name="Compromise"/>: a log or authority proves that a
/// signature existed, not since when, so the end of a compromise saves nothing. The operator's time never helps: it says nothing of the signature. Source: docs/spec/trust-store.md §6.
/// </remarks>
internal sealed record KeyStatus(KeyPhase Phase, DateTimeOffset? Since, Validity? Compromise, string Why)
{
    /// <summary>In use.</summary>
    public static KeyStatus Active { get; } = new(KeyPhase.Active, Since: null, Compromise: null, Why: "");

    /// <summary>Revoked on <paramref name="on"/>, with a compromise from <paramref name="since"/> until <paramref name="until"/>; null where nobody knows.</summary>
    /// <remarks>Errors: <see cref="MalformedException"/> for a window that ends before it begins, or that ends while nobody says when the key was revoked.</remarks>
    public static KeyStatus Revoked(DateTimeOffset? on, DateTimeOffset? since, DateTimeOffset? until, string why)
    {
        if (until is not null && on is null)
        {
            throw new MalformedException(Reasons.MalformedTrust, "a compromise that ended needs the date of the revocation as well");
        }

        if (until < since)
        {
            throw new MalformedException(Reasons.MalformedTrust, $"the compromise ends at {UtcText.Seconds(until!.Value)}, before it begins");
        }

        return new KeyStatus(KeyPhase.Revoked, on, since is null && until is null ? null : new Validity(since, until), why);
    }

    // Whether some verified time could save a signature at all.
    private bool IsDated => Compromise is null ? Since is not null : Compromise.From is not null;

    /// <summary>Why a signature by <paramref name="holder"/> is refused, or null.</summary>
    /// <param name="holder">The key or certificate in words, such as <c>key "release"</c>.</param>
    /// <param name="verifiedTime">When the signature is proved to have existed: only this can save a revoked key's signature.</param>
    public Finding? Judge(string holder, DateTimeOffset? verifiedTime)
    {
        if (Phase != KeyPhase.Revoked || (verifiedTime is { } known && Saves(known)))
        {
            return null;
        }

        if (verifiedTime is { } time)
        {
            string place = Compromise?.Contains(time) == true ? "inside that window" : time > Compromise?.Until && !(time >= Since) ? "and may have been made inside that window: a proof of time says that it existed, not since when" : "not before";
            return Reasons.KeyRevoked.Because($"{holder} is {this}; the signature dates from {UtcText.Seconds(time)}{(IsDated ? ", " + place : "")}");
        }

        return IsDated
            ? Reasons.KeyRevokedUndated.Because($"{holder} is {this}; nothing proves when the signature was made")
            : Reasons.KeyRevoked.Because($"{holder} is {this}; no signature by it counts");
    }

    /// <summary>The same at every one of <paramref name="proved"/>, the times at which the signature is proved to have existed; empty when nothing proves it.</summary>
    public Finding? Judge(string holder, ImmutableArray<DateTimeOffset> proved) =>
        proved.IsEmpty ? Judge(holder, verifiedTime: null) : proved.Select(time => Judge(holder, time)).FirstOrDefault(found => found is not null);

    /// <summary>What a reader should know although a signature by <paramref name="holder"/> counts, or null.</summary>
    public Remark? Remark(string holder, DateTimeOffset? verifiedTime) => Phase switch
    {
        KeyPhase.Deprecated => new Remark("note.deprecated-key", $"{holder} is {this}; it still counts, and will not for ever"),
        KeyPhase.Revoked when verifiedTime is { } time && Saves(time) =>
            new Remark("note.revoked-later", $"{holder} is {this}; the signature is proved to date from {UtcText.Seconds(time)}, before that, and counts"),
        _ => null,
    };

    /// <summary>The status that refuses whatever this one or <paramref name="other"/> refuses.</summary>
    public KeyStatus Strictest(KeyStatus other)
    {
        if (Phase != KeyPhase.Revoked || other.Phase != KeyPhase.Revoked)
        {
            return Phase <= other.Phase ? this : other;
        }

        if (!IsDated || !other.IsDated)
        {
            return IsDated ? other : this;
        }

        string why = Why.Contains(other.Why, StringComparison.Ordinal) ? Why : Why.Length == 0 ? other.Why : $"{Why}; {other.Why}";
        return new KeyStatus(Phase, Earlier(Since, other.Since), Around(Compromise, other.Compromise), why);
    }

    /// <summary><c>revoked since 2026-03-01T00:00:00Z, compromised from … until … (laptop stolen)</c>.</summary>
    public override string ToString() =>
        Phase.ToString().ToLowerInvariant() + (Since is { } since ? $" since {UtcText.Seconds(since)}" : "")
        + (Compromise is { } window ? $", compromised {window}" : "") + (Why.Length > 0 ? $" ({Why})" : "");

    // What existed before the theft and before the revocation was made before them. A later time proves nothing: a thief lets a log or authority see afterwards what he signed.
    private bool Saves(DateTimeOffset time) => IsDated && !(time >= Since) && !(time >= Compromise?.From);

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other : one;

    // One window around both: what lies between two compromises is not worth an argument.
    private static Validity? Around(Validity? one, Validity? other)
    {
        if (one is null || other is null)
        {
            return one ?? other;
        }

        DateTimeOffset? from = one.From is null || other.From is null ? null : Earlier(one.From, other.From);
        DateTimeOffset? until = one.Until is null || other.Until is null ? null : one.Until > other.Until ? one.Until : other.Until;
        return new Validity(from, until);
    }
}

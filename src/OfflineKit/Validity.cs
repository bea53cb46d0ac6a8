using System.Collections.Immutable;
using OfflineKit.Encoding;

namespace OfflineKit;

/// <summary>A window of time, closed at both ends; an absent end is open.</summary>
/// <param name="From">First valid instant.</param>
/// <param name="Until">Last valid instant.</param>
internal sealed record Validity(DateTimeOffset? From, DateTimeOffset? Until)
{
    /// <summary>No window.</summary>
    public static Validity Always { get; } = new(From: null, Until: null);

    /// <summary><paramref name="time"/> lies inside.</summary>
    public bool Contains(DateTimeOffset time) => (From is null || From <= time) && (Until is null || time <= Until);

    /// <summary>The time that lies in this window and in <paramref name="other"/>; none at all where they do not meet.</summary>
    public Validity Within(Validity other) => new(From is null || other.From > From ? other.From : From, Until is null || other.Until < Until ? other.Until : Until);

    /// <summary>Why the key called <paramref name="name"/> may not be used at <paramref name="time"/>, or null.</summary>
    /// <remarks>A window without any known time is a refusal: it cannot be shown to hold.</remarks>
    public Finding? Judge(string name, DateTimeOffset? time)
    {
        if (this == Always)
        {
            return null;
        }

        if (time is not { } known)
        {
            return Reasons.KeyNotValid.Because($"key \"{name}\" is valid {this} and no time is known");
        }

        return Contains(known) ? null : Reasons.KeyNotValid.Because($"key \"{name}\" is valid {this}, not at {UtcText.Seconds(known)}");
    }

    /// <summary>Why the key called <paramref name="name"/> may not be used at one of <paramref name="proved"/>, or null; where nothing is proved, at <paramref name="stated"/>.</summary>
    public Finding? Judge(string name, ImmutableArray<DateTimeOffset> proved, DateTimeOffset? stated) =>
        proved.IsEmpty ? Judge(name, stated) : proved.Select(time => Judge(name, time)).FirstOrDefault(found => found is not null);

    /// <summary><c>from … until …</c>.</summary>
    public override string ToString() =>
        $"from {(From is { } from ? UtcText.Seconds(from) : "the beginning")} until {(Until is { } until ? UtcText.Seconds(until) : "further notice")}";
}

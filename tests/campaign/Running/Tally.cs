using System.Collections.Concurrent;
using System.Text.Json;

namespace OfflineKit.Campaign.Running;

/// <summary>What became of the changes, counted by format.</summary>
internal sealed class Tally
{
    private readonly ConcurrentDictionary<(string Format, string Outcome, string Why), long> _counts = new();

    /// <summary>One change more.</summary>
    /// <param name="format">The case's format.</param>
    /// <param name="outcome">refused, explained, unexplained, undecided or failed.</param>
    /// <param name="why">The reason, the rule, or nothing.</param>
    public void Add(string format, string outcome, string why) => _counts.AddOrUpdate((format, outcome, why), 1, (_, count) => count + 1);

    /// <summary>How many there are of <paramref name="outcome"/>, or in all.</summary>
    public long Count(string? outcome = null) => _counts.Where(one => outcome is null || one.Key.Outcome == outcome).Sum(one => one.Value);

    /// <summary>All counts, as lines of JSON.</summary>
    public IEnumerable<string> Lines() => _counts.OrderBy(one => one.Key).Select(one => JsonSerializer.Serialize(new { format = one.Key.Format, outcome = one.Key.Outcome, why = one.Key.Why, count = one.Value }));

    /// <summary>The counts by format, for people.</summary>
    public IEnumerable<string> Text() => _counts.GroupBy(one => one.Key.Format).OrderBy(format => format.Key, StringComparer.Ordinal).SelectMany(format => format
        .GroupBy(one => one.Key.Outcome).OrderBy(outcome => outcome.Key, StringComparer.Ordinal)
        .Select(outcome => $"  {outcome.Key} {outcome.Sum(one => one.Value)}: {string.Join(", ", outcome.OrderByDescending(one => one.Value).Select(one => $"{one.Key.Why} {one.Value}"))}")
        .Prepend($"{format.Key}: tried {format.Sum(one => one.Value)}"));
}

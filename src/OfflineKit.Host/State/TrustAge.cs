using System.Globalization;
using OfflineKit.Encoding;
using OfflineKit.Trust;
using OfflineKit.Trust.Tuf;

namespace OfflineKit.Host.State;

/// <summary>How old imported trust is: since its timestamp was signed, where it says so, else since the import.</summary>
internal static class TrustAge
{
    /// <summary>Why <paramref name="trust"/> is too old at <paramref name="time"/>, or null; no limit never objects.</summary>
    /// <remarks>A time before the trust cannot say how old it is: a clock that was reset would make everything young.</remarks>
    public static Finding? Judge(ImportedTrust trust, DateTimeOffset time, TimeSpan? limit) => limit is not { } most ? null
        : time < Since(trust) ? StateReasons.TooOld.Because($"{trust.Name} was {Begin(trust)}, after the time of verification {UtcText.Seconds(time)}: set the clock, or state the time with --at")
        : Of(trust, time) > most ? StateReasons.TooOld.Because($"{trust.Name} is {InWords(trust, time)}; allowed are {Days(most)} days")
        : null;

    /// <summary><c>12 days since it was signed</c>.</summary>
    public static string InWords(ImportedTrust trust, DateTimeOffset time) =>
        $"{Days(Of(trust, time))} days old, {Begin(trust)}";

    /// <summary>Whole days.</summary>
    public static int DaysOf(ImportedTrust trust, DateTimeOffset time) => (int)Math.Floor(Of(trust, time).TotalDays);

    private static TimeSpan Of(ImportedTrust trust, DateTimeOffset time)
    {
        TimeSpan age = time - Since(trust);
        return age < TimeSpan.Zero ? TimeSpan.Zero : age;
    }

    private static DateTimeOffset Since(ImportedTrust trust) => trust.Repository.NewestVerifiedTime ?? trust.Record.ImportedOn;

    private static string Begin(ImportedTrust trust) =>
        trust.Repository.NewestVerifiedTime is { } signed ? $"signed on {UtcText.Seconds(signed)}" : $"imported on {UtcText.Seconds(trust.Record.ImportedOn)}";

    private static string Days(TimeSpan span) => ((int)Math.Floor(span.TotalDays)).ToString(CultureInfo.InvariantCulture);
}

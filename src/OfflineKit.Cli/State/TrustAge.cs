using System.Globalization;
using OfflineKit.Trust;
using OfflineKit.Trust.Tuf;

namespace OfflineKit.Cli.State;

/// <summary>How old imported trust is: since its timestamp was signed, where it says so, else since the import.</summary>
internal static class TrustAge
{
    /// <summary>Why <paramref name="trust"/> is too old at <paramref name="time"/>, or null; no limit never objects.</summary>
    public static Finding? Objection(ImportedTrust trust, DateTimeOffset time, TimeSpan? limit) => limit is { } most && Of(trust, time) > most
        ? StateReasons.TooOld.Because($"{trust.Name} is {InWords(trust, time)}; allowed are {Days(most)} days")
        : null;

    /// <summary><c>12 days since it was signed</c>.</summary>
    public static string InWords(ImportedTrust trust, DateTimeOffset time) =>
        $"{Days(Of(trust, time))} days old, {(trust.Repository.NewestVerifiedTime is { } signed ? $"signed on {TufTime.Write(signed)}" : $"imported on {TufTime.Write(trust.Record.ImportedOn)}")}";

    /// <summary>Whole days.</summary>
    public static int DaysOf(ImportedTrust trust, DateTimeOffset time) => (int)Math.Floor(Of(trust, time).TotalDays);

    private static TimeSpan Of(ImportedTrust trust, DateTimeOffset time)
    {
        TimeSpan age = time - (trust.Repository.NewestVerifiedTime ?? trust.Record.ImportedOn);
        return age < TimeSpan.Zero ? TimeSpan.Zero : age;
    }

    private static string Days(TimeSpan span) => ((int)Math.Floor(span.TotalDays)).ToString(CultureInfo.InvariantCulture);
}

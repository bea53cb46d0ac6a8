using OfflineKit.Formats.Dossier;
using OfflineKit.Host.Requests;
using OfflineKit.Reporting;

namespace OfflineKit.Host.Answers;

/// <summary>The answer about a dossier, in the words of the dossier tools.</summary>
internal static class DossierAnswer
{
    /// <summary>The report on <paramref name="subject"/>.</summary>
    public static Report Of(Resolution trust, Subject subject, DateTimeOffset time)
    {
        // A file that is no well-formed dossier, or trust that cannot be read, leaves nothing to weigh.
        Report report = FileAnswer.Of(trust, subject, new DossierFormat(), time);
        return report.Words.IsEmpty ? report with { Words = [KeyValuePair.Create("status", "INVALID"), KeyValuePair.Create("recommendation", "BLOCK")] } : report;
    }
}

using System.Collections.Immutable;
using System.Text.Json;
using OfflineKit.Encoding;
using OfflineKit.Exports;
using OfflineKit.FileSystem;
using OfflineKit.Host.Requests;
using OfflineKit.Host.State;

namespace OfflineKit.Host.Answers;

/// <summary>A monotonic import: asks under the state, and writes down what was answered.</summary>
/// <param name="terms">State, force, quarantine.</param>
/// <param name="path">The export.</param>
/// <param name="note">Told what was moved, or why it was not; untrusted text.</param>
internal sealed class ExportActivation(ExportTerms terms, string path, Action<string> note)
{
    /// <summary>What <paramref name="verify"/> answers under the versions that were accepted before.</summary>
    public ExportVerdict Run(DateTimeOffset time, Func<ImmutableArray<ExportVersion>?, ActivationRule, ExportVerdict> verify)
    {
        RefuseInside(terms.State, "state");
        RefuseInside(terms.Quarantine, "quarantine");
        if (terms.State is not { } folder)
        {
            return Quarantined(verify(null, terms.Activation));
        }

        ExportState state = new(folder, new Disk());
        using IDisposable? held = terms.IsDryRun ? null : state.TakeLock();
        ImmutableArray<ExportVersion> before = state.Read();
        if (!terms.IsDryRun)
        {
            state.Begin();
        }

        ExportVerdict answer = verify(before, terms.Activation);
        if (!terms.IsDryRun)
        {
            // The line first: an accepted export without a line would be worse than a line without its export.
            state.Record(Line(time, answer));
            if (answer.Verdict.IsTrusted && answer.Version is { } version)
            {
                state.Accept(version, before);
            }
        }

        return Quarantined(answer);
    }

    // What is written into the export would belong to it from then on.
    private void RefuseInside(string? folder, string what)
    {
        string export = Path.GetFullPath(Links.Final(path));
        if (folder is not null && (Path.GetFullPath(Links.Final(folder)) + Path.DirectorySeparatorChar).StartsWith(Path.TrimEndingDirectorySeparator(export) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new UsageException($"the {what} {folder} lies in the export", "name a folder outside it");
        }
    }

    private ExportVerdict Quarantined(ExportVerdict answer)
    {
        if (terms.Quarantine is not { } folder || answer.Verdict.IsTrusted || terms.IsDryRun)
        {
            return answer;
        }

        string place = Links.Meant(folder);
        Directory.CreateDirectory(place);
        Move(place);
        return answer;
    }

    // The verdict stands whether or not there is room for it elsewhere. What goes is the export itself: a link to it would leave it where everybody finds it.
    private void Move(string folder)
    {
        string target = folder;
        try
        {
            string export = Path.TrimEndingDirectorySeparator(Path.GetFullPath(Links.Final(path))), place = Path.Join(folder, Path.GetFileName(export));
            target = place;
            for (int number = 1; FileStatus.OfNameItself(target) != FileType.Absent; number++)
            {
                target = $"{place}.{number}";
            }

            if (FileStatus.IsFolder(export))
            {
                Directory.Move(export, target);
            }
            else
            {
                File.Move(export, target);
            }

            note($"note: moved to {target}");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or MalformedException)
        {
            note($"warning: not moved to {target}: {fault.Message}");
        }
    }

    private byte[] Line(DateTimeOffset time, ExportVerdict answer)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter json = new(text))
        {
            json.WriteStartObject();
            json.WriteString("time", UtcText.Seconds(time));
            json.WriteString("decision", !answer.Verdict.IsTrusted ? "refused" : terms.Activation == ActivationRule.Forced ? "forced" : "accepted");
            json.WriteString("export", path);
            json.WriteString("layout", answer.Layout);
            json.WriteString("sequence", answer.Version?.Sequence);
            json.WriteString("version", answer.Version?.Version);
            json.WriteString("list", answer.Version?.List.Hex);
            json.WriteString("forceReason", terms.ForceReason);
            json.WriteStartArray("reasons");
            foreach (string code in answer.Verdict.Findings.Select(finding => finding.Reason.Code).Distinct(StringComparer.Ordinal))
            {
                json.WriteStringValue(code);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return text.ToArray();
    }
}

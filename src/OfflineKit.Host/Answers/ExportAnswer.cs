using System.Collections.Immutable;
using System.Globalization;
using OfflineKit.Encoding;
using OfflineKit.Exports;
using OfflineKit.FileSystem;
using OfflineKit.Host.Requests;
using OfflineKit.Host.State;
using OfflineKit.Reporting;

namespace OfflineKit.Host.Answers;

/// <summary>The answer about a whole export, and what is written down of it.</summary>
internal static class ExportAnswer
{
    /// <summary>The report on the export at <paramref name="path"/>.</summary>
    /// <param name="trust">The question with its trust, or why it cannot be answered.</param>
    /// <param name="path">A folder or an archive.</param>
    /// <param name="time">The time of verification.</param>
    /// <param name="note">Told what was moved, or why it was not.</param>
    /// <exception cref="UsageException">A file of the operator is bad: that says nothing of the export, so nothing is decided, moved or written down.</exception>
    public static Report Of(Resolution trust, string path, DateTimeOffset time, Action<string> note) => Ask(trust, path, time, trust.Value?.Request.Export.Unlisted ?? UnlistedRule.Refuse, note).Report;

    /// <summary>The same, with the files that the verdict is about.</summary>
    /// <param name="trust">The question with its trust, or why it cannot be answered.</param>
    /// <param name="path">A folder or an archive.</param>
    /// <param name="time">The time of verification.</param>
    /// <param name="unlisted">What a file means that no signed list names.</param>
    /// <param name="note">Told what was moved, or why it was not.</param>
    /// <exception cref="UsageException">A file of the operator is bad: that says nothing of the export, so nothing is decided, moved or written down.</exception>
    public static AnsweredExport Ask(Resolution trust, string path, DateTimeOffset time, UnlistedRule unlisted, Action<string> note)
    {
        if (trust.Objection(time) is { } refusal)
        {
            return AnsweredExport.Nothing(Refused(path, refusal, trust));
        }

        ResolvedRequest resolved = trust.Value!;
        if (resolved.Store.IsEmpty)
        {
            throw new NobodyTrustedException();
        }

        DetachedFiles detached = DetachedOf(path, resolved.Request.Export);
        Result<ExportInventory> inventory = ReadInventory(path, resolved.Request.Export.List);
        ExportVerdict answer = new ExportActivation(resolved.Request.Export, path, note).Run(time, (accepted, rule) => inventory.Value is { } export
            ? ExportVerifier.Verify(Asked(resolved, export, detached, time) with { Unlisted = unlisted, Accepted = accepted, Activation = rule })
            : new ExportVerdict(Verdict.Refused("export", inventory.Finding!), "", Version: null));
        return inventory.Value is { } listed
            ? new AnsweredExport(Report(path, listed, trust, answer), answer.Layout, [.. answer.Files.Order(StringComparer.Ordinal)], listed.Count)
            : AnsweredExport.Nothing(Refused(path, inventory.Finding!, trust));
    }

    // Of each signature a trusted signer is demanded, of all together what the policy says.
    private static ExportRequest Asked(ResolvedRequest resolved, ExportInventory export, DetachedFiles detached, DateTimeOffset time)
    {
        ExportTerms terms = resolved.Request.Export;
        return new ExportRequest(export, resolved.Context(time), resolved.Each)
        {
            Demands = resolved.All(time),
            StatementTypes = resolved.StatementTypes,
            Layout = terms.Layout,
            List = terms.List,
            Missing = terms.Missing,
            Mirror = terms.Mirror,
            DetachedFiles = detached,
            LogKeys = terms.LogKeys,
            DemandsLog = terms.DemandsLog,
            Secret = resolved.Request.Expectations.Secrets.FirstOrDefault(),
        };
    }

    // What lies beside by its usual name belongs to it, unless the question names another.
    private static DetachedFiles DetachedOf(string path, ExportTerms terms)
    {
        var files = terms.Detached.ToImmutableDictionary(file => file.Key, file => file.Value.Content, StringComparer.Ordinal).ToBuilder();
        var found = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        string? manifest = terms.Detached.TryGetValue(DetachedFiles.OfflineManifest, out NamedFile? named) ? named.Path : null;
        foreach ((string role, string? beside) in (ReadOnlySpan<(string, string?)>)
        [
            (DetachedFiles.ArchiveSignature, FileStatus.IsFile(path) ? path + ".sig" : null),
            (DetachedFiles.OfflineManifestJws, manifest is null ? null : manifest + ".jws"),
        ])
        {
            if (beside is not null && !files.ContainsKey(role) && FileStatus.Of(beside) == FileType.File)
            {
                files.Add(role, InputFile.ReadAll(beside, Limits.SignatureFile, role.Replace('-', ' ')));
                found.Add(role);
            }
        }

        return new DetachedFiles(files.ToImmutable()) { FoundBeside = found.ToImmutable() };
    }

    private static Result<ExportInventory> ReadInventory(string path, string? list)
    {
        if (FileStatus.IsFolder(path))
        {
            return ExportSource.Folder(path, Environment.ProcessorCount, list);
        }

        using Stream archive = InputFile.Open(path, "export");
        return archive.CanSeek ? ExportSource.Archive(path, archive, list) : throw new UsageException($"{path} can be read only once from start to end", "give a folder or an archive file");
    }

    private static Report Refused(string path, Finding finding, Resolution trust) => new(path, ArtifactSize: -1, [], SignatureName: "", Verdict.Refused("export", finding), trust.Roots, trust.Policies) { Notes = trust.Notes };

    private static Report Report(string path, ExportInventory export, Resolution trust, ExportVerdict answer) =>
        new(path, export.TotalSize, export.ArchiveDigest is { } digest ? [digest.ToString()] : [], SignatureName: "", answer.Verdict, trust.Roots, trust.Policies)
        {
            Notes = trust.Notes,
            Words = [.. Words(export, answer)],
        };

    private static IEnumerable<KeyValuePair<string, string>> Words(ExportInventory export, ExportVerdict answer)
    {
        yield return KeyValuePair.Create("layout", answer.Layout.Length > 0 ? answer.Layout : "unknown");
        yield return KeyValuePair.Create("files", string.Create(CultureInfo.InvariantCulture, $"{export.Count}, {export.TotalSize} bytes"));
        if (answer.Verdict.IsTrusted && answer.Version is { } version)
        {
            yield return KeyValuePair.Create("version", $"{version.Sequence} {version.Version}");
        }
    }
}

/// <summary>The answer about an export.</summary>
/// <param name="Report">The report.</param>
/// <param name="Layout">The layout's name; empty when none was recognised.</param>
/// <param name="Files">The files of which it speaks, by their paths in the export.</param>
/// <param name="There">How many files there are.</param>
internal sealed record AnsweredExport(Report Report, string Layout, ImmutableArray<string> Files, int There)
{
    /// <summary>How many files there are of which a trusted export does not speak: unlisted ones that were permitted, and what its signer left out.</summary>
    public int NotVouchedFor => Report.Verdict.IsTrusted && !Files.IsEmpty ? There - Files.Length : 0;

    /// <summary>An answer that speaks of no file.</summary>
    public static AnsweredExport Nothing(Report report) => new(report, Layout: "", [], There: 0);
}

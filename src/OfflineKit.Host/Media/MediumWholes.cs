using OfflineKit.Host.Results;
using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Exports;
using OfflineKit.FileSystem;
using OfflineKit.Formats.Cosign;
using OfflineKit.Host.Answers;
using OfflineKit.Host.Batches;
using OfflineKit.Host.Requests;
using OfflineKit.Reporting;

namespace OfflineKit.Host.Media;

/// <summary>Finds and asks about what is trusted as a whole: exports and image layouts, in folders and in archives.</summary>
/// <param name="questions">What is asked.</param>
/// <param name="inputs">Where this run reads.</param>
/// <param name="clock">The time of verification where none is stated.</param>
/// <param name="look">Told what takes long.</param>
internal sealed class MediumWholes(MediumQuestions questions, Inputs inputs, TimeProvider clock, Action<string> look)
{
    private const string ImageMarker = "oci-layout";

    /// <summary>What the folder <paramref name="path"/> with <paramref name="entries"/> is as a whole; null: nothing but a folder.</summary>
    public MediumWhole? Of(string path, ImmutableArray<FolderEntry> entries)
    {
        bool isImage = entries.Any(entry => entry is { Name: ImageMarker, Type: FileType.File });
        if (!isImage && !entries.Any(entry => ExportLayouts.MayMark(entry.Name)) && !ListedFileAnswer.HoldsUnnamedList(path, inputs))
        {
            return null;
        }

        look(path);
        BatchEntry entry = new(path, Members: null);
        return isImage ? Images(path, entry) : Export(path, entry);
    }

    /// <summary>What the archive <paramref name="path"/> is as a whole; null: nothing but a file; nothing said, and why not: an archive that no export can be made of.</summary>
    public MediumWhole? OfArchive(string path)
    {
        using (Stream stream = InputFile.Open(path, "file"))
        {
            if (!stream.CanSeek || !ExportSource.IsArchive(stream))
            {
                return null;
            }
        }

        look(path);
        BatchEntry entry = new(path, Members: null);
        MediumWhole? export = Export(path, entry);
        return export is { Results.IsEmpty: false } ? export : Images(path, entry) ?? export;
    }

    private MediumWhole? Export(string path, BatchEntry entry) => Guarded(entry, () =>
    {
        bool isFolder = FileStatus.IsFolder(path);

        // What lies in an archive is judged by nobody else.
        UnlistedRule rule = isFolder ? UnlistedRule.TellApart : UnlistedRule.Refuse;
        AnsweredExport? answer = questions.Ask(
            Questions.Export,
            (request, trust) => AsFile(path, ExportAnswer.Ask(trust, path, request.TimeOr(clock.GetUtcNow()), request.Export.Unlisted == UnlistedRule.Note ? UnlistedRule.Note : rule, static _ => { })),
            answered => answered.Report);
        if (answer is null)
        {
            return questions.Unasked(Questions.Export) is { } why && isFolder ? Unasked(entry, $"an export: {why}") : null;
        }

        // An archive that is no export is an archive; of a folder that has the mark of one it is said why it is none.
        bool isNone = answer.Layout.Length == 0 && (!isFolder || answer.Report.Verdict.Findings.Any(finding => finding.Reason == ExportReasons.UnknownLayout));
        ImmutableArray<string> covered = answer.Report.Verdict.IsTrusted && isFolder ? [.. answer.Files.Select(file => Path.Join(path, file))] : [];
        ImmutableArray<BatchResult> strays = isFolder ? [] : Strays(entry, answer.NotVouchedFor, "that no trusted signature speaks of");
        if (isNone)
        {
            return answer.Report.Verdict.Findings is [var why, ..] && why.Reason != ExportReasons.UnknownLayout ? MediumWhole.None(why) : null;
        }

        return new MediumWhole([ResultLine.Decided(entry, Marks(path, covered), answer.Report, question: null, signatures: default), .. strays], covered);
    });

    private static AnsweredExport AsFile(string path, AnsweredExport answer) => answer with { Report = AsFile(path, answer.Report) };

    // Of an archive a file was asked about, and that is more than what lies in it.
    private static Report AsFile(string path, Report report) =>
        FileStatus.IsFolder(path) ? report : report with { Verdict = ArchiveItself.Judge(path, report.Verdict) };

    // Of a folder they have lines of their own.
    private static ImmutableArray<BatchResult> Strays(BatchEntry archive, int count, string what) =>
        count == 0 ? [] : [ResultLine.Undecided(archive, BatchResult.NotSigned, UndecidedReasons.SignatureMissing, $"it holds {count} files {what}")];

    private MediumWhole? Images(string path, BatchEntry entry) => Guarded(entry, () =>
    {
        Result<OciLayout> layout = Result.Parse(ImageReasons.MalformedLayout, () => ImageAnswer.Layout(path));
        Result<Named> named = layout.Value is { } read ? Result.Parse(ImageReasons.MalformedLayout, () => new Named(NamedManifest.Of(read))) : new Result<Named>(Value: null, layout.Finding);
        if (named.Value is null)
        {
            // An archive that is no layout is an archive; a folder with the marker says that it is one.
            return FileStatus.IsFolder(path) ? new MediumWhole([ResultLine.Decided(entry, [], Refused(path, named.Finding!), question: null, signatures: default)], []) : null;
        }

        ImmutableArray<(NamedManifest Image, Report? Report)> images = [.. named.Value.Manifests.Where(manifest => manifest.IsImage).Select(image => (image, Asked(path, layout, image)))];
        ImmutableArray<string> reached = [.. Reached(named.Value.Manifests, images)];
        ImmutableArray<string> covered = FileStatus.IsFolder(path) ? [.. reached.Select(file => Path.Join(path, file)).Where(file => FileStatus.OfNameItself(file) == FileType.File)] : [];
        ImmutableArray<BatchResult> lines = [.. images.Select(image => Line(new BatchEntry($"{path}@{image.Image.Digest}", Members: null), image.Report, Marks(path, image.Report?.Verdict.IsTrusted == true ? covered : [])))];
        return images.IsEmpty ? null : new MediumWhole(FileStatus.IsFolder(path) ? lines : [.. lines, .. Strays(entry, layout.Value!.Files.Except(reached, StringComparer.Ordinal).Count() + layout.Value.OtherFiles.Count, "to which no trusted image leads")], covered);
    });

    private Report? Asked(string path, Result<OciLayout> layout, NamedManifest image) =>
        questions.Ask(Questions.Image, (request, trust) => AsFile(path, ImageAnswer.Of(trust, path, () => layout, image.Digest, request.TimeOr(clock.GetUtcNow()))), report => report);

    private BatchResult Line(BatchEntry entry, Report? report, ImmutableArray<FileMark> marks) => report is null
        ? ResultLine.Undecided(entry, BatchResult.Error, UndecidedReasons.Usage, $"an image: {questions.Unasked(Questions.Image)}")
        : ResultLine.Decided(entry, marks, report, question: null, signatures: default);

    // A trusted image has its parts; where there is one, what is said about images and the index that leads to them belong to it.
    private static IEnumerable<string> Reached(ImmutableArray<NamedManifest> manifests, ImmutableArray<(NamedManifest Image, Report? Report)> images)
    {
        ImmutableArray<NamedManifest> trusted = [.. images.Where(image => image.Report?.Verdict.IsTrusted == true).Select(image => image.Image)];
        IEnumerable<string> beside = trusted.IsEmpty ? [] : [.. OciLayout.Entrances, .. manifests.Where(manifest => !manifest.IsImage).SelectMany(manifest => manifest.Files)];
        return trusted.SelectMany(image => image.Files).Concat(beside).Distinct(StringComparer.Ordinal);
    }

    private Report Refused(string path, Finding finding) => new(path, ArtifactSize: -1, [], SignatureName: "", Verdict.Refused(ImageSignatures.FormatName, finding), [], questions.Policies);

    private static MediumWhole Unasked(BatchEntry entry, string why) => new([ResultLine.Undecided(entry, BatchResult.Error, UndecidedReasons.Usage, why)], []);

    private static ImmutableArray<FileMark> Marks(string path, ImmutableArray<string> covered) =>
        [.. (FileStatus.IsFile(path) ? (IEnumerable<string>)[path] : covered.Order(StringComparer.Ordinal)).Select(FileMark.Of).OfType<FileMark>()];

    private static MediumWhole? Guarded(BatchEntry entry, Func<MediumWhole?> ask)
    {
        MediumWhole? whole = null;
        ImmutableArray<BatchResult> results = EntryGuard.Of(entry, () => (whole = ask())?.Results ?? []);
        return whole ?? (results.IsEmpty ? null : new MediumWhole(results, []));
    }

    private sealed record Named(ImmutableArray<NamedManifest> Manifests);
}

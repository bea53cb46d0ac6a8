using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Host.Answers;
using OfflineKit.Host.Batches;
using OfflineKit.Host.Requests;
using OfflineKit.Host.Results;
using OfflineKit.Reporting;

namespace OfflineKit.Host.Media;

/// <summary>Decides the items of a medium, from any thread.</summary>
/// <param name="questions">What is asked.</param>
/// <param name="wholes">How archives are asked about.</param>
/// <param name="inputs">Where this run reads.</param>
/// <param name="clock">The time of verification where none is stated.</param>
internal sealed class MediumAnswers(MediumQuestions questions, MediumWholes wholes, Inputs inputs, TimeProvider clock)
{
    /// <summary>What is said of <paramref name="item"/>.</summary>
    public ImmutableArray<BatchResult> Decide(MediumItem item) =>
        item.Known.IsEmpty ? EntryGuard.Of(new BatchEntry(item.Path, Members: null), () => Ask(item, new BatchEntry(item.Path, Members: null))) : item.Known;

    private ImmutableArray<BatchResult> Ask(MediumItem item, BatchEntry entry)
    {
        // The marks are taken first: a file that changes meanwhile has another mark the next time.
        ImmutableArray<FileMark> marks = [.. item.Signatures.Prepend(item.Path).Select(FileMark.Of).OfType<FileMark>()];
        Report? report = AskFile(item);
        if (report?.Verdict.IsTrusted != true && wholes.OfArchive(item.Path) is { } whole && (report is null || !whole.IsRefused))
        {
            return whole.Results;
        }

        return report is null ? [Unsigned(item, entry)] : [ResultLine.Decided(entry, marks, report, question: null), .. NotCountedOf(report)];
    }

    // Where a list of files is refused as a whole, each of them may still be as it is listed.
    private Report? AskFile(MediumItem item)
    {
        Subject file = new(item.Path) { Inputs = inputs };
        Report? own = SignedBy(item, file) is { } signed ? AskAbout(signed) : null;
        bool mayBeListed = own?.Verdict.IsTrusted != true && item.RefusedWhole is not null && questions.Format is null;
        Report? listed = mayBeListed && ListedFileAnswer.InFolder(file, item.RefusedWhole!) is { } onList ? AskAbout(onList) : null;
        return new[] { own, listed }.OfType<Report>().MinBy(report => Standings.Of(report.Verdict));
    }

    private Report? AskAbout(Subject subject) => questions.Ask(
        Questions.File,
        (request, trust) => LimitedReport.Of(subject.Name, subject.Signature ?? "", () => trust.Policies, () => FileAnswer.Of(trust, subject, request.Format, request.TimeOr(clock.GetUtcNow()))),
        report => report);

    private static Subject? SignedBy(MediumItem item, Subject file) =>
        !item.Signatures.IsEmpty ? file with { Signature = item.Signatures[0], Others = item.Signatures[1..], IsSearched = true }
        : SignatureSearch.CarriesItsOwn(item.Path, Expectations.None) ? file : null;

    // A signature that did not count is a file like any other: nobody vouches for it. One by somebody else is what it seems to be: senders sign for several receivers.
    private static IEnumerable<BatchResult> NotCountedOf(Report report) => !report.Verdict.IsTrusted ? [] : report.Others
        .Where(other => Standings.Of(other.Verdict) is not (Standing.Trusted or Standing.TooFewSigned or Standing.SignerNotAsked) && !Standings.IsByAnyone(other.Verdict) && other.Name != report.ArtifactName)
        .Select(other => ResultLine.Undecided(new BatchEntry(other.Name, Members: null), BatchResult.NotSigned, UndecidedReasons.SignatureNotCounted,
            $"a signature of {report.ArtifactName} that does not count: {other.Verdict.Findings[0].Reason.Code}: {other.Verdict.Findings[0].Detail}"));

    private static BatchResult Unsigned(MediumItem item, BatchEntry entry)
    {
        if (FormatOf(item.Path) is { } format)
        {
            return ResultLine.Undecided(entry, BatchResult.NotSigned, UndecidedReasons.SignatureAlone, $"{format.Title}: the file that it signs is not beside it");
        }

        if (EmbeddedForm.In(item.Path) is { } foreign)
        {
            return ResultLine.Unverifiable(entry, Reasons.ForeignForm, foreign);
        }

        string inside = item.RefusedWhole is { } whole ? $"; it lies in {whole}, which is not trusted as a whole" : "";
        return ResultLine.Undecided(entry, BatchResult.NotSigned, UndecidedReasons.SignatureMissing, $"no signature is beside it or in it{inside}");
    }

    /// <summary>The file <paramref name="path"/> is a signature by its content, and not by its name alone.</summary>
    public static bool IsSignature(string path) => FormatOf(path) is not null;

    private static Format? FormatOf(string path)
    {
        using Stream stream = InputFile.Open(path, "file");
        if (!stream.CanSeek || stream.Length > Limits.SignatureFile)
        {
            return null;
        }

        // A bare value has no mark, and is never long.
        byte[] content = InputFile.ReadAll(stream, Limits.SignatureFile, path);
        return KnownFormats.Recognise(content, Expectations.None);
    }
}

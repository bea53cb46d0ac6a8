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
    /// <summary>What is said of <paramref name="item"/> and of everything beside it that was not used as its signature.</summary>
    public ImmutableArray<BatchResult> Decide(MediumItem item) =>
        item.Known.IsEmpty ? FamilyAnswers.Of(item.Family, family => Answered(item with { Family = family, IsCovered = item.IsCovered && ReferenceEquals(family, item.Family) })) : item.Known;

    private AnsweredFile Answered(MediumItem item)
    {
        BatchEntry entry = new(item.Path, Members: null);
        SignatureUse use = SignatureUse.Nothing;
        ImmutableArray<BatchResult> results = EntryGuard.Of(entry, () =>
        {
            AnsweredFile answered = Ask(item, entry);
            use = answered.Use;
            return answered.Results;
        });
        return new AnsweredFile(results, use);
    }

    private AnsweredFile Ask(MediumItem item, BatchEntry entry)
    {
        // The marks are taken first: a file that changes meanwhile has another mark the next time.
        ImmutableArray<FileMark> marks = [.. item.Family.Signatures.Prepend(item.Path).Select(FileMark.Of).OfType<FileMark>()];
        ImmutableArray<Report> reports = AskFile(item);
        Report? report = reports.MinBy(report => Standings.Of(report.Verdict));
        bool isTrusted = report?.Verdict.IsTrusted == true;
        MediumWhole? whole = isTrusted ? null : item.IsCovered ? new MediumWhole([], []) : wholes.OfArchive(item.Path);
        if (whole is { Why: null } && (report is null || !whole.IsRefused))
        {
            return new AnsweredFile(whole.Results, SignatureUse.In(reports, whole.IsRefused ? Standing.NotTrusted : Standing.Trusted));
        }

        SignatureUse use = SignatureUse.In(reports, report is null ? Standing.NotSigned : Standings.Of(report.Verdict));
        return new AnsweredFile([report is null ? Unsigned(item, entry, whole?.Why) : ResultLine.Decided(entry, marks, report, question: null, use.Used)], use);
    }

    // What its own signatures say, and a list: where one is refused as a whole, each of its files may still be as it is listed.
    private ImmutableArray<Report> AskFile(MediumItem item)
    {
        Subject file = new(item.Path) { Inputs = inputs };
        Report? own = SignedBy(item, file) is { } signed ? AskAbout(signed) : null;
        bool mayBeListed = own?.Verdict.IsTrusted != true && item.RefusedWhole is not null && questions.Format is null;
        Report? listed = mayBeListed && ListedFileAnswer.InFolder(file, item.RefusedWhole!) is { } onList ? AskAbout(onList) : null;
        return [.. new[] { own, listed }.OfType<Report>()];
    }

    private Report? AskAbout(Subject subject) => questions.Ask(
        Questions.File,
        (request, trust) => LimitedReport.Of(subject.Name, subject.Signature ?? "", () => trust.Policies, () => FileAnswer.Of(trust, subject, request.Format, request.TimeOr(clock.GetUtcNow()))),
        report => report);

    private static Subject? SignedBy(MediumItem item, Subject file) =>
        !item.Family.Signatures.IsEmpty ? file with { Signature = item.Family.Signatures[0], Others = item.Family.Signatures[1..], IsSearched = true }
        : SignatureSearch.CarriesItsOwn(item.Path, Expectations.None) ? file : null;

    private static BatchResult Unsigned(MediumItem item, BatchEntry entry, Finding? why)
    {
        if (FormatOf(item.Path) is { } format)
        {
            return ResultLine.Undecided(entry, BatchResult.NotSigned, UndecidedReasons.SignatureAlone, $"{format.Title}: the file that it signs is not beside it");
        }

        if (EmbeddedForm.In(item.Path) is { } foreign)
        {
            return ResultLine.Unverifiable(entry, Reasons.ForeignForm, foreign);
        }

        string asExport = why is null ? "" : $"; it cannot be looked into as an export: {why.Reason.Code}: {why.Detail}";
        string inside = item.RefusedWhole is { } whole ? $"; it lies in {whole}, which is not trusted as a whole" : "";
        return ResultLine.Undecided(entry, BatchResult.NotSigned, UndecidedReasons.SignatureMissing, $"no signature is beside it or in it{asExport}{inside}");
    }

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

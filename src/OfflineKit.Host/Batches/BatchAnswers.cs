using OfflineKit.Host.Results;
using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Host.Answers;
using OfflineKit.Host.Requests;
using OfflineKit.Host.Serve;
using OfflineKit.Host.State;
using OfflineKit.Reporting;

namespace OfflineKit.Host.Batches;

/// <summary>Decides entries of a batch, from any thread; whatever happens to one, the others go on.</summary>
/// <param name="request">What is asked about every entry.</param>
/// <param name="machine">The machine on which it runs.</param>
/// <param name="session">The trust of this run, as it is before each answer.</param>
/// <param name="inputs">Where the files that lines name are read, once a run.</param>
/// <param name="question">The question of the header.</param>
/// <param name="earlier">What an earlier run decided, or null.</param>
internal sealed class BatchAnswers(VerifyRequest request, Machine machine, TrustSession session, Inputs inputs, string question, EarlierResults? earlier)
{
    private readonly Inputs _files = new(standardInput: null);

    /// <summary>The results on <paramref name="entry"/>: its own, and those of the files beside it that were not used as its signatures.</summary>
    public ImmutableArray<BatchResult> Decide(BatchEntry entry) => entry.Fault is { } fault
        ? [ResultLine.Undecided(entry, BatchResult.Error, fault.Reason, fault.Detail) with { Position = entry.Position }]
        : FamilyAnswers.Of(
            new FileFamily(entry.Path) { Beside = entry.Beside },
            family => Answered(ReferenceEquals(family.Path, entry.Path) ? entry : new BatchEntry(family.Path, Members: null) { Beside = family.Beside, Position = entry.Position }));

    private AnsweredFile Answered(BatchEntry entry)
    {
        SignatureUse use = SignatureUse.Nothing;
        BatchResult result = EntryGuard.Of(entry, () =>
        {
            AnsweredFile answered = Ask(entry);
            use = answered.Use;
            return answered.Results;
        })[0];
        return new AnsweredFile([result with { Position = entry.Position }], use);
    }

    private AnsweredFile Ask(BatchEntry entry)
    {
        if (Inputs.IsStandardInput(entry.Path))
        {
            throw new UsageException("standard input is no entry of a batch", "write ./- for a file of that name");
        }

        Resolution trust = session.Resolve(request);
        string asked = trust.Value?.Digest ?? request.Digest;
        if (!entry.HasOwnParameters && asked == question && trust.Objection(Now) is null && earlier?.Of(entry, () => BesideNow(entry)) is { } kept && (entry.Beside.IsEmpty || !kept.Signatures.IsDefault))
        {
            return new AnsweredFile([kept], new SignatureUse(kept.Signatures.IsDefault ? [] : kept.Signatures, []));
        }

        return Decided(entry, entry.HasOwnParameters ? Line(entry.Members!, trust) : (request, trust), asked == question ? null : asked);
    }

    private DateTimeOffset Now => request.TimeOr(DateTimeOffset.UtcNow);

    private ImmutableArray<string> BesideNow(BatchEntry entry) =>
        entry.SignaturePath is null ? SignatureSearch.Found(new Subject(entry.Path) { Inputs = _files }, request.Format) : [];

    // A line has the roots of its batch: it may narrow what is trusted, and asks for no others.
    private (VerifyRequest Request, Resolution Trust) Line(JsonValue members, Resolution trust)
    {
        VerifyRequest line = request.Narrowed(RequestMembers.Given(members, Questions.File, inputs));
        return (line, trust.Value is { } resolved ? session.Resolve(line with { Kinds = resolved.Kinds }) : trust);
    }

    private AnsweredFile Decided(BatchEntry entry, (VerifyRequest Request, Resolution Trust) asked, string? question)
    {
        // The marks are taken first: a file that changes meanwhile has another mark the next time.
        FileMark? artifact = FileMark.Of(entry.Path);
        Subject subject = FileAnswer.Found(asked.Request, new Subject(entry.Path) { Signature = entry.SignaturePath, Inputs = _files });
        FileMark?[] signatures = [.. subject.Signatures.Concat(subject.ListSignatures.IsDefault ? [] : subject.ListSignatures).Select(FileMark.Of)];
        TimeLooks looks = new();
        Report report = LimitedReport.Of(entry.Path, subject.Signature ?? "", machine, () => FileAnswer.Of(asked.Trust.Watched(looks), subject, asked.Request.Format, asked.Request.TimeOr(DateTimeOffset.UtcNow)));
        SignatureUse use = SignatureUse.In([report], Standings.Of(report.Verdict));
        return new AnsweredFile([ResultLine.Decided(entry, [.. signatures.Prepend(artifact).OfType<FileMark>()], report, question, use.Used, looks)], use);
    }
}

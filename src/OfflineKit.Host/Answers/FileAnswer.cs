using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.FileSystem;
using OfflineKit.Host.Requests;
using OfflineKit.Host.Results;
using OfflineKit.Reporting;

namespace OfflineKit.Host.Answers;

/// <summary>The answer about a file: with a signature beside it, or one that it carries itself.</summary>
internal static class FileAnswer
{
    /// <summary><paramref name="subject"/> with the signatures that belong to it.</summary>
    /// <exception cref="NoSignatureException">There is none.</exception>
    public static Subject Found(VerifyRequest request, Subject subject)
    {
        bool carriesItsOwn = request.Format?.IsSelfContained == true
            || (subject.Content is { } held && KnownFormats.Recognise(held.Span, request.Expectations)?.IsSelfContained == true);
        if (subject.Signature is not null)
        {
            return ListedFileAnswer.WithList(request, subject);
        }

        ImmutableArray<string> beside = carriesItsOwn ? [] : SignatureSearch.Beside(subject, request.Format, request.Expectations);
        return beside.IsEmpty ? subject : subject with { Signature = beside[0], Others = beside[1..], IsSearched = true };
    }

    /// <summary>The same; a file with no signature of its own is looked for in the signed lists of its folder.</summary>
    /// <remarks>Not for batches, which would read a list once for each of its files.</remarks>
    /// <exception cref="NoSignatureException">There is none.</exception>
    public static Subject FoundOrListed(VerifyRequest request, Subject subject)
    {
        bool isAlone = subject is { Signature: null, Content: null } && request.Format is null && !Inputs.IsStandardInput(subject.Name) && SignatureSearch.Found(subject, named: null).IsEmpty
            && FileStatus.IsFile(subject.Name) && !SignatureSearch.CarriesItsOwn(subject.Name, request.Expectations);
        return isAlone && ListedFileAnswer.InItsFolder(subject) is { } listed ? listed : Found(request, subject);
    }

    /// <summary>The report on <paramref name="subject"/>, whose signatures were found: the first that is trusted speaks, otherwise the one that says most; the others are named.</summary>
    /// <remarks>Each is asked the whole question by itself; those that are refused for the number of signers alone are asked together (<see cref="JointAnswer"/>).</remarks>
    /// <param name="trust">The question with its trust, or why it cannot be answered.</param>
    /// <param name="subject">What it is about.</param>
    /// <param name="format">The signature's format; null: recognised.</param>
    /// <param name="time">The time of verification.</param>
    /// <exception cref="NobodyTrustedException">Nobody is trusted, and the format needs somebody.</exception>
    public static Report Of(Resolution trust, Subject subject, Format? format, DateTimeOffset time) =>
        subject.Signature is null ? OfDocument(trust, subject, format, time)
        : !subject.OtherLists.IsEmpty ? Best([.. subject.OtherLists.Prepend(subject).Select(list => Limited(trust, list, list.Signature!, format, time))])
        : subject.IsSearched ? OfFound(trust, subject, format, time)
        : !subject.Others.IsEmpty ? OfNamed(trust, subject, format, time) : OfPair(trust, subject, subject.Signature, format, time);

    private static Report OfFound(Resolution trust, Subject subject, Format? format, DateTimeOffset time)
    {
        ImmutableArray<Report> reports = SignaturesBeside.Each([.. subject.Signatures], signature => Limited(trust, subject, signature, format, time));
        bool asksItself = trust.Value is not null && format is null && subject.Content is null && !reports.Any(report => report.Verdict.IsTrusted) && SignatureSearch.CarriesItsOwn(subject.Name, trust.Value.Request.Expectations);
        return Best(trust, subject, format, time, asksItself ? reports.Add(OfDocument(trust, subject, format, time)) : reports);
    }

    // Whoever names a signature wants it verified: one that is false, revoked or unreadable refuses, and one by somebody unknown is passed over where another counts.
    private static Report OfNamed(Resolution trust, Subject subject, Format? format, DateTimeOffset time)
    {
        if (subject.Content is null && FileStatus.Of(subject.Name) != FileType.File)
        {
            throw new UsageException($"{subject.Name} can be read only once, and several signatures are named", "give a file, or one {signaturePath}");
        }

        ImmutableArray<Report> reports =
            [.. subject.Signatures.Select(path => NamedAlone(trust, subject, path)).Select(one => Limited(trust, one, one.Signature!, format, time))];
        Report? refused = reports.FirstOrDefault(report => !report.Verdict.IsTrusted && report.Verdict.Findings.Any(finding => finding.Shortfall is null && finding.Reason != Reasons.UnknownKey && finding.Reason != Reasons.DemandUnanswered));
        return refused is null ? Best(trust, subject, format, time, reports) : refused with { Others = [.. reports.Where(report => !ReferenceEquals(report, refused)).Select(OtherSignature.Of)] };
    }

    private static Subject NamedAlone(Resolution trust, Subject subject, string signature)
    {
        Subject alone = subject with { Signature = signature, Others = [], ListSignatures = default };
        return trust.Value is { } resolved ? ListedFileAnswer.WithList(resolved.Request, alone) : alone;
    }

    private static Report Limited(Resolution trust, Subject subject, string signature, Format? format, DateTimeOffset time) =>
        LimitedReport.Of(subject.Name, signature, () => trust.Policies, () => OfPair(trust, subject, signature, format, time));

    private static Report Best(Resolution trust, Subject subject, Format? format, DateTimeOffset time, ImmutableArray<Report> reports)
    {
        Report best = Best(reports);
        return JointAnswer.Of(trust, subject, format, time, reports) is { } joint && Standings.Of(joint.Verdict) <= Standings.Of(best.Verdict) ? joint : best;
    }

    private static Report Best(ImmutableArray<Report> reports)
    {
        Report speaks = reports.MinBy(report => Standings.Of(report.Verdict))!;
        return speaks with { Others = [.. reports.Where(report => !ReferenceEquals(report, speaks)).Select(OtherSignature.Of)] };
    }

    private static Report OfPair(Resolution trust, Subject subject, string path, Format? format, DateTimeOffset time)
    {
        ReadOnlyMemory<byte> signature = subject.Read(path, Limits.SignatureFile, "signature file");
        using Artifact artifact = subject.Open();
        Verdict verdict = !subject.ListSignatures.IsDefault ? DecideListed(trust, subject, artifact, signature, time) : Decide(trust, new VerificationRequest(artifact, signature, Nothing, Policy.SignaturePolicy.AnyPinnedSigner) { Format = format, DocumentName = subject.Name }, time);
        return new Report(subject.Name, artifact.Size, [.. artifact.Digests.Select(digest => digest.ToString())], path, verdict, trust.Roots, trust.Policies) { Notes = trust.Notes };
    }

    private static Report OfDocument(Resolution trust, Subject subject, Format? format, DateTimeOffset time)
    {
        ReadOnlyMemory<byte> document = subject.Document();
        Verdict verdict = Decide(trust, new VerificationRequest(Artifact: null, document, Nothing, Policy.SignaturePolicy.AnyPinnedSigner) { Format = format, DocumentName = subject.Name }, time);
        return new Report(subject.Name, document.Length, [Digest.Sha256(document.Span).ToString()], SignatureName: "", verdict, trust.Roots, trust.Policies) { Notes = trust.Notes };
    }

    private static VerificationContext Nothing { get; } = new(OfflineKit.Trust.TrustStore.Empty, Expectations.None, StatedTime: null);

    private static Verdict DecideListed(Resolution trust, Subject subject, Artifact artifact, ReadOnlyMemory<byte> list, DateTimeOffset time) =>
        trust.Objection(time) is { } refusal ? Verdict.Refused("checksums", refusal)
        : trust.Value!.Store.IsEmpty ? throw new NobodyTrustedException()
        : ListedFileAnswer.Of(subject, artifact, list, trust.Value, time);

    private static Verdict Decide(Resolution trust, VerificationRequest asked, DateTimeOffset time)
    {
        if (trust.Objection(time) is { } refusal)
        {
            return Verdict.Refused(asked.Format?.Name ?? "", refusal);
        }

        ResolvedRequest resolved = trust.Value!;
        VerificationContext context = resolved.Context(time);
        return Malformed(resolved, asked, context) ?? Verifier.Verify(asked with { Context = context, Policy = resolved.All(time) });
    }

    // Nobody is trusted: a malformed signature is told all the same, and a format that has words for it decides.
    private static Verdict? Malformed(ResolvedRequest resolved, VerificationRequest asked, VerificationContext context)
    {
        if (!resolved.Store.IsEmpty || resolved.Request.Asks == Questions.Dossier)
        {
            return null;
        }

        Result<Envelope> envelope = Verifier.Parse(asked.Signature, asked.Format, context.Expectations);
        return envelope.Finding is { } malformed ? Verdict.Refused(asked.Format?.Name ?? "", malformed)
            : envelope.Value!.NeedsTrust ? throw new NobodyTrustedException() : null;
    }
}

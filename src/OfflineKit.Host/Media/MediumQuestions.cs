using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Host.Answers;
using OfflineKit.Host.Requests;
using OfflineKit.Host.Results;
using OfflineKit.Host.State;
using OfflineKit.Reporting;

namespace OfflineKit.Host.Media;

/// <summary>What is asked about everything on a medium: the questions that would be asked about each thing by itself, made from the same parameters.</summary>
/// <remarks>
/// Who signs may be named by keys, by an identity and by SSH signers at once: each way is a question of its own, with everything else that was given, and what one
/// of them trusts is trusted. A demand that a kind of thing cannot be asked keeps that kind from being asked, and one that belongs to a way in which nobody is
/// named (a namespace without SSH signers) is asked in every way: none is ever dropped.
/// </remarks>
internal sealed class MediumQuestions
{
    private readonly ImmutableArray<ImmutableArray<GivenParameter>> _ways;
    private readonly TrustSession _session;
    private readonly Dictionary<Questions, ImmutableArray<VerifyRequest>> _requests = [];
    private readonly Dictionary<VerifyRequest, VerifyRequest> _withoutRequired = new(ReferenceEqualityComparer.Instance);

    private MediumQuestions(ImmutableArray<ImmutableArray<GivenParameter>> ways, Machine machine) => (_ways, _session) = (ways, new TrustSession(machine));

    /// <summary>The questions that <paramref name="given"/> make.</summary>
    /// <exception cref="UsageException">They contradict each other, trust nobody, or a key among them is bad: that is said once, and not about every file.</exception>
    public static MediumQuestions Of(ImmutableArray<GivenParameter> given, Machine machine)
    {
        SignerWay named = given.Where(one => one.Parameter.NamesSigner).Aggregate(SignerWay.Any, static (all, one) => all | one.Parameter.Way);
        MediumQuestions questions = new([.. WaysOf(named).Select(way => given.RemoveAll(one => IsOfOthers(one.Parameter.Way, way, named)))], machine);
        foreach (Questions kind in (ReadOnlySpan<Questions>)[Questions.File, Questions.Export, Questions.Image])
        {
            questions._requests[kind] = questions.Unasked(kind) is null ? [.. questions._ways.Select(way => questions.RequestOf(kind, way))] : [];
        }

        questions.RequireSomebody();
        questions.AskOnlyWhereNamed(Questions.Image);
        return questions;
    }

    /// <summary>The policies in force when the run begins.</summary>
    public ImmutableArray<PolicyInForce> Policies => _session.Resolve(_requests[Questions.File][0]).Policies;

    /// <summary>The format of every signature; null: each is recognised.</summary>
    public Format? Format => _requests[Questions.File][0].Format;

    /// <summary>SHA-256 over everything that is asked and the trust in force.</summary>
    public string Digest => Crypto.Digest.OfTexts(_requests[Questions.File].Select(request => _session.Resolve(request).Value?.Digest ?? request.Digest)).ToString();

    /// <summary>Why things of <paramref name="kind"/> are not asked about, or null: a demand that says nothing of them.</summary>
    public string? Unasked(Questions kind) => _ways.SelectMany(way => way).FirstOrDefault(one => one.Parameter.Kind == ParameterKind.Narrows && (one.Parameter.Asks & kind) == Questions.None) is { } demand
        ? $"{demand.Spelling} cannot be asked of it"
        : null;

    /// <summary>The best answer to the question of <paramref name="kind"/>, of all ways in which somebody is trusted; default when the kind is not asked.</summary>
    /// <param name="kind">What is asked about.</param>
    /// <param name="answer">Asks one question.</param>
    /// <param name="reportOf">The report in an answer.</param>
    public TAnswer? Ask<TAnswer>(Questions kind, Func<VerifyRequest, Resolution, TAnswer> answer, Func<TAnswer, Report> reportOf)
        where TAnswer : class
    {
        ImmutableArray<TAnswer> answers =
        [
            .. from request in _requests[kind]
               let trust = _session.Resolve(request)
               where trust.Value?.Store.IsEmpty != true
               select Answered(request, answer(request, trust), answer, reportOf),
        ];
        return answers.MinBy(one => Standings.Of(reportOf(one).Verdict));
    }

    // What demands to be used, such as the key of a log, is demanded of the things on a medium that have a use for it; any other demand still stands.
    private TAnswer Answered<TAnswer>(VerifyRequest request, TAnswer answered, Func<VerifyRequest, Resolution, TAnswer> answer, Func<TAnswer, Report> reportOf)
        where TAnswer : class
    {
        Verdict verdict = reportOf(answered).Verdict;
        bool hasNoUse = !verdict.IsTrusted && verdict.Findings.All(finding => finding.Reason == Reasons.DemandUnanswered);
        return hasNoUse && _withoutRequired.TryGetValue(request, out VerifyRequest? without) ? answer(without, _session.Resolve(without)) : answered;
    }

    private static IEnumerable<SignerWay> WaysOf(SignerWay named) =>
        Enum.GetValues<SignerWay>().Where(way => named == SignerWay.Any ? way == SignerWay.Any : way != SignerWay.Any && named.HasFlag(way));

    // What narrows a way that nobody is named by is demanded of everybody.
    private static bool IsOfOthers(SignerWay parameter, SignerWay way, SignerWay named) => (parameter & way) == SignerWay.Any && (parameter & named) != SignerWay.Any;

    private VerifyRequest RequestOf(Questions kind, ImmutableArray<GivenParameter> given)
    {
        ImmutableArray<GivenParameter> asked = given.RemoveAll(one => (one.Parameter.Asks & kind) == Questions.None);
        VerifyRequest request = VerifyRequest.Of(kind, asked);
        ImmutableArray<GivenParameter> used = asked.RemoveAll(one => one.Parameter is { Kind: ParameterKind.Requires, Way: SignerWay.Any });
        if (used.Length < asked.Length)
        {
            _withoutRequired.Add(request, VerifyRequest.Of(kind, used));
        }

        return request;
    }

    // A way that names nobody for a kind of thing, as an authority's certificate does of images, is no way to ask about it while another one names somebody.
    private void AskOnlyWhereNamed(Questions kind)
    {
        ImmutableArray<Policies.AppliedPolicy> policies = _session.Resolve(_requests[Questions.File][0]).Value!.Policies;
        ImmutableArray<VerifyRequest> named = _requests[kind].RemoveAll(request => ResolvedRequest.SignerOf(request, policies) == DemandedSigner.Unnamed);
        _requests[kind] = named.IsEmpty ? _requests[kind] : named;
    }

    private void RequireSomebody()
    {
        ImmutableArray<Resolution> trust = [.. _requests[Questions.File].Select(request => _session.Resolve(request))];
        if (trust.Select(one => one.Finding).OfType<Finding>().FirstOrDefault() is { } bad)
        {
            throw new UsageException($"{bad.Reason.Code}: {bad.Detail}", bad.Advice.Template);
        }

        if (trust.All(one => one.Value!.Store.IsEmpty))
        {
            throw new NobodyTrustedException();
        }
    }
}

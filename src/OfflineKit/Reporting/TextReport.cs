using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using OfflineKit.Encoding;

namespace OfflineKit.Reporting;

/// <summary>How much the report for people says.</summary>
internal enum TextDetail
{
    /// <summary>The verdict, who signed, what remains to be known; or why not, and what to do.</summary>
    Summary,

    /// <summary>Every piece of evidence, every check and every root as well.</summary>
    Full,
}

/// <summary>The report for people: the verdict first, then who and what, then every check, then what to do.</summary>
internal static class TextReport
{
    /// <summary>The report as lines, each ending in LF; every untrusted text is escaped.</summary>
    public static string Write(Report report, TextDetail detail, Wording wording)
    {
        StringBuilder text = new();
        Verdict verdict = report.Verdict;
        Line(text, $"{(verdict.IsTrusted ? "TRUSTED" : "NOT TRUSTED")}: {Safe(report.ArtifactName)}");
        Words(text, report, detail);
        foreach (string proved in !verdict.IsTrusted ? [] : detail == TextDetail.Full ? verdict.Proof.Evidence.Select(InWords) : ForEverybody(verdict.Proof.Evidence, isCounted: report.Words.Any(word => word.Key == "files")))
        {
            Line(text, $"  {proved}");
        }

        foreach (Finding finding in verdict.Findings)
        {
            Line(text, $"  {finding.Reason.Code}: {Safe(finding.Detail)}");
            Line(text, $"    {finding.Reason.Meaning}");
            Line(text, $"    next: {finding.Advice.In(wording)}");
        }

        if (detail == TextDetail.Full)
        {
            Checks(text, verdict);
        }

        foreach (MemberVerdict member in verdict.Members)
        {
            Line(text, $"  member {Safe(member.Name)}: {InWords(member.Verdict)}");
        }

        foreach (OtherSignature other in report.Others)
        {
            Line(text, $"  also there: {Safe(other.Name)}: {InWords(other.Verdict)}");
        }

        foreach (Remark remark in verdict.Proof.Remarks.AddRange(report.Notes))
        {
            Line(text, $"  note: {Safe(remark.Text)}");
        }

        foreach (RootInForce root in detail == TextDetail.Full ? report.TrustRoots : [])
        {
            Line(text, $"  trust: {Safe(root.Name)} ({Safe(root.Source)}{(root.RetrievedOn.Length > 0 ? ", retrieved " + root.RetrievedOn : "")})");
        }

        foreach (string policy in Policies(report.Policies))
        {
            Line(text, $"  policy: {policy}");
        }

        return text.ToString();
    }

    /// <summary>Every policy that counted, or the word that none did: nobody has to take silence for an answer.</summary>
    public static ImmutableArray<string> Policies(ImmutableArray<PolicyInForce> policies) =>
        policies.IsEmpty ? ["none was applied"] : [.. policies.Select(policy => Safe(policy.InWords))];

    /// <summary>One piece of evidence as a phrase.</summary>
    public static string InWords(Evidence evidence) => evidence switch
    {
        SignedByKey key => $"signed by   {Safe(key.Signer)} ({key.Algorithm}, sha256:{key.Fingerprint}), trusted through {Safe(key.Root)}",
        SignedByIdentity identity => $"signed by   {Safe(identity.Identity)} (issuer {Safe(identity.Issuer)}, {identity.Algorithm}), trusted through {Safe(identity.Root)}",
        CoversArtifact covers => $"covers      {covers.Algorithm}:{covers.Digest}",
        SignedAt at => $"signed at   {UtcText.Seconds(at.Time)} according to {Safe(at.Source)}",
        LoggedIn log => $"logged in   {Safe(log.Log)} at index {log.Index}",
        States states => $"states      {Safe(states.PredicateType.Length > 0 ? states.PredicateType : states.PayloadType)}",
        StatesVersion version => InWords(version, version.Source),
        ListsFiles files => $"lists       {files.Files} files, {files.Bytes} bytes",
        TrustedComment comment => $"comment     {Safe(comment.Text)}",
        _ => throw new InvalidOperationException($"no words for {evidence.GetType().Name}"),
    };

    // Digests and places in logs are for those who look them up, and so is the kind of statement that a signed list comes in.
    // A version that stands in several places is one version. Of an export whose files are counted already, those of its list are not counted again.
    private static IEnumerable<string> ForEverybody(ImmutableArray<Evidence> evidence, bool isCounted)
    {
        bool isList = evidence.Any(one => one is ListsFiles);
        return evidence.Where(one => one is not (CoversArtifact or LoggedIn) && !(isList && one is States) && !(isCounted && one is ListsFiles))
            .GroupBy(one => one is StatesVersion version ? (version.Subject, version.Version) : (object)one)
            .Select(same => same.First() is StatesVersion version ? InWords(version, string.Join(" and ", same.Cast<StatesVersion>().Select(one => one.Source))) : InWords(same.First()));
    }

    private static string InWords(StatesVersion version, string sources) => $"version     {Safe(version.Version)} of {Safe(version.Subject)}, signed in its {Safe(sources)}";

    private static string InWords(Verdict verdict) =>
        verdict.IsTrusted ? "trusted" : $"not trusted: {verdict.Findings[0].Reason.Code}: {Safe(verdict.Findings[0].Detail)}";

    // The words of a format have a line each, as its own tools print them; what is said of an export besides fits on one.
    private static void Words(StringBuilder text, Report report, TextDetail detail)
    {
        if (detail == TextDetail.Summary && report.Verdict.Words.IsEmpty && !report.Words.IsEmpty)
        {
            Line(text, $"  {string.Join("; ", report.Words.Select(word => $"{word.Key}: {Safe(word.Value)}"))}");
            return;
        }

        foreach ((string name, string value) in report.Words)
        {
            Line(text, $"  {name + ":",-15} {Safe(value)}");
        }
    }

    private static void Checks(StringBuilder text, Verdict verdict)
    {
        foreach (Check check in verdict.Proof.Checks)
        {
            string mark = check.Outcome switch
            {
                CheckOutcome.Passed => "ok",
                CheckOutcome.Failed => "FAILED",
                _ => "not evaluated",
            };
            Line(text, $"  check {check.Code}: {mark}: {Safe(check.Detail)}");
        }
    }

    private static string Safe(string untrusted) => TerminalText.Escape(untrusted);

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}

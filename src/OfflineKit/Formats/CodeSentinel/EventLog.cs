using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Formats.CodeSentinel;

/// <summary>A log of signed events, one a line: trusted when every single line is signed by a pinned key.</summary>
/// <remarks>Nothing links the lines: gaps, order and deletion are not detectable. Source: docs/spec/codesentinel.md §5.</remarks>
internal sealed class EventLog : CompositeEnvelope
{
    private EventLog(ImmutableArray<CollectionMember> lines) => Members = lines;

    /// <inheritdoc/>
    public override ImmutableArray<CollectionMember> Members { get; }

    /// <inheritdoc/>
    public override string Format => "codesentinel";

    /// <inheritdoc/>
    public override bool NeedsTrust => Members.Any(line => line.Envelope.Value?.NeedsTrust == true);

    /// <inheritdoc/>
    public override ImmutableArray<Claim> Claims =>
        [new("events", Members.Length.ToString(System.Globalization.CultureInfo.InvariantCulture)), .. Members.SelectMany(line => line.Envelope.Value?.Claims ?? []).Distinct()];

    /// <summary>The first line is a whole object and more lines follow.</summary>
    public static bool IsLog(ReadOnlyMemory<byte> content)
    {
        int end = content.Span.IndexOf((byte)'\n');
        return end > 0
            && content.Span[end..].ContainsAnyExcept("\r\n"u8)
            && Result.Parse(Reasons.MalformedSignature, () => StrictJson.ParseObject(content[..end], "line 1")).Value is not null;
    }

    /// <summary>The log in <paramref name="content"/>; a malformed line is a refusal of that line.</summary>
    public static EventLog Parse(ReadOnlyMemory<byte> content) =>
        new([.. JsonLines.Split(content).Select((line, i) => new CollectionMember($"line {i + 1}", Result.Parse<Envelope>(Reasons.MalformedSignature, () => SignedEvent.Parse(line))))]);

    /// <inheritdoc/>
    public override ReadingPlan Plan(VerificationContext context) => ReadingPlan.Of(DigestAlgorithm.Sha256);

    /// <summary>The verdict on the log: trusted when every line is, so that no line hides behind another.</summary>
    internal override Verdict Conclude(ImmutableArray<MemberVerdict> members, Expectations expectations)
    {
        Verification verification = new();
        foreach (MemberVerdict line in members)
        {
            Tell(line.Verdict, line.Name, verification);
        }

        // The report names whoever signed a line; what is demanded was demanded of each line already.
        foreach (Evidence proved in verification.IsClean ? members.SelectMany(line => line.Verdict.Proof.Evidence).Where(evidence => evidence is not CoversArtifact).Distinct() : [])
        {
            verification.Proved(proved);
        }

        int signed = members.Count(line => line.Verdict.IsTrusted);
        verification.Noted("note.log-totals", $"{members.Length} lines: {signed} signed by a pinned key, {members.Length - signed} not");
        verification.Noted("note.log-unchained", "removed, reordered and repeated lines are not detectable: nothing links the lines");
        verification.Noted("note.profile", CodeSentinelFormat.Profile);
        return new Verdict(Format, verification.Close(), refusedByPolicy: []) { Claims = Claims };
    }

    private static void Tell(Verdict line, string name, Verification verification)
    {
        if (line.IsTrusted)
        {
            verification.Passed(name, line.Proof.Checks[0].Detail, line.Proof.Checks[0].Root);
        }

        // Of a line without any signature the remark says what it has instead.
        foreach (Finding finding in line.Findings)
        {
            bool isUnsigned = finding.Reason == Reasons.NothingProved && !line.Proof.Remarks.IsEmpty;
            verification.Failed(name, finding.Reason.Because($"{name}: {(isUnsigned ? line.Proof.Remarks[0].Text : finding.Detail)}"));
        }
    }
}

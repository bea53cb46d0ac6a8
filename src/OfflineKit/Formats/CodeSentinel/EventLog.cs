using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Formats.CodeSentinel;

/// <summary>A log of signed events, one a line: trusted when every single line is signed by a pinned key.</summary>
/// <remarks>Nothing links the lines: gaps, order and deletion are not detectable. Source: docs/spec/codesentinel.md §5.</remarks>
public sealed class EventLog : Envelope
{
    private readonly ImmutableArray<Result<SignedEvent>> _events;

    private EventLog(ImmutableArray<Result<SignedEvent>> events) => _events = events;

    /// <inheritdoc/>
    public override string Format => "codesentinel";

    /// <inheritdoc/>
    public override bool NeedsTrust => _events.Any(parsed => parsed.Value?.NeedsTrust == true);

    /// <inheritdoc/>
    public override ImmutableArray<Claim> Claims =>
        [new("events", _events.Length.ToString(System.Globalization.CultureInfo.InvariantCulture)), .. _events.SelectMany(parsed => parsed.Value?.Claims ?? []).Distinct()];

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
        new([.. JsonLines.Split(content).Select(line => Result.Parse(Reasons.MalformedSignature, () => SignedEvent.Parse(line)))]);

    /// <inheritdoc/>
    public override ReadingPlan Plan(VerificationContext context) => ReadingPlan.Of(DigestAlgorithm.Sha256);

    /// <inheritdoc/>
    public override Proof Verify(Artifact artifact, VerificationContext context)
    {
        if (!artifact.IsDocumentItself)
        {
            return Proof.Refused(CodeSentinelReasons.SeparateArtifact.Because($"{artifact.Name} is not covered by the log"));
        }

        Verification verification = new();
        HashSet<SignedByKey> signers = [];
        int signed = 0;
        for (int i = 0; i < _events.Length; i++)
        {
            Proof line = ProofOf(_events[i], $"line {i + 1}", context);
            signed += line.Findings.IsEmpty ? 1 : 0;
            signers.UnionWith(line.Evidence.OfType<SignedByKey>());
            Tell(line, $"line {i + 1}", verification);
        }

        if (verification.IsClean)
        {
            foreach (SignedByKey signer in signers)
            {
                verification.Proved(signer);
            }

            verification.Proved(new CoversArtifact(artifact.Name, DigestAlgorithm.Sha256.Name(), artifact.Digest(DigestAlgorithm.Sha256)!.Hex));
        }

        verification.Noted("note.log-totals", $"{_events.Length} lines: {signed} signed by a pinned key, {_events.Length - signed} not");
        verification.Noted("note.log-unchained", "removed, reordered and repeated lines are not detectable: nothing links the lines");
        verification.Noted("note.profile", "read by the codesentinel profile (OfflineKit): no public definition of these records exists");
        return verification.Close();
    }

    private static Proof ProofOf(Result<SignedEvent> parsed, string line, VerificationContext context)
    {
        if (parsed.Value is not { } signedEvent)
        {
            return Proof.Refused(parsed.Finding!);
        }

        Verification verification = new();
        signedEvent.Examine(line, context, verification);
        Proof proof = verification.Close();

        // A line without evidence must not hide behind the evidence of another one.
        return proof.Evidence.IsEmpty && proof.Findings.IsEmpty
            ? proof with { Findings = [Reasons.NothingProved.Because(proof.Remarks[0].Text)] }
            : proof;
    }

    private static void Tell(Proof line, string name, Verification verification)
    {
        if (line.Findings.IsEmpty)
        {
            verification.Passed(name, line.Checks[0].Detail, line.Checks[0].Root);
        }

        foreach (Finding finding in line.Findings)
        {
            verification.Failed(name, finding.Reason.Because($"{name}: {finding.Detail}"));
        }
    }
}

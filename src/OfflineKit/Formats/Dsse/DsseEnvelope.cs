using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Trust;

namespace OfflineKit.Formats.Dsse;

/// <summary>A DSSE envelope: a payload, its type, and signatures over both.</summary>
/// <remarks>Source: docs/spec/dsse.md §1, §4. Unknown members are ignored; <c>keyid</c> is covered by nothing.</remarks>
public sealed class DsseEnvelope : Envelope
{
    private DsseEnvelope(string payloadType, ReadOnlyMemory<byte> payload, ImmutableArray<DsseSignature> signatures)
    {
        PayloadType = payloadType;
        Payload = payload;
        Signatures = signatures;
        Statement = payloadType == Dsse.Statement.PayloadType
            ? Attempt.Parse(DsseReasons.MalformedStatement, () => Dsse.Statement.Parse(payload))
            : default;
    }

    /// <inheritdoc/>
    public override string Format => "dsse";

    /// <summary>The payload type, compared byte for byte.</summary>
    public string PayloadType { get; }

    /// <summary>The decoded payload: exactly the bytes that the signatures cover.</summary>
    public ReadOnlyMemory<byte> Payload { get; }

    /// <summary>The signatures; at least one.</summary>
    public ImmutableArray<DsseSignature> Signatures { get; }

    /// <summary>The in-toto statement in the payload, or why it is none; neither for other payload types.</summary>
    public Parsed<Statement> Statement { get; }

    /// <summary>What the signatures cover.</summary>
    public byte[] SignedBytes => PreAuthenticationEncoding.Of(PayloadType, Payload.Span);

    /// <inheritdoc/>
    public override ImmutableArray<Claim> Claims =>
    [
        new("payload type", PayloadType),
        .. Signatures.Where(signature => signature.KeyId.Length > 0).Select(signature => new Claim("key id", signature.KeyId)),
        .. Statement.Value is { } statement ? StatementClaims(statement) : [],
    ];

    /// <summary>The envelope that another container spells in members of its own; one signature without key id.</summary>
    internal static DsseEnvelope Of(string payloadType, ReadOnlyMemory<byte> payload, ReadOnlyMemory<byte> signature) =>
        new(payloadType, payload, [new DsseSignature(signature, KeyId: "")]);

    /// <summary>The envelope in <paramref name="content"/>.</summary>
    public static DsseEnvelope Parse(ReadOnlyMemory<byte> content) => FromJson(StrictJson.ParseObject(content, "envelope"));

    /// <summary>The envelope in a JSON object.</summary>
    public static DsseEnvelope FromJson(JsonValue json)
    {
        string payloadType = json.String("payloadType");
        byte[] payload = StrictBase64.DecodeEitherAlphabet(json.String("payload"), $"{json.Path}.payload");
        ImmutableArray<JsonValue> signatures = json.Array("signatures");
        if (signatures.IsEmpty)
        {
            throw new MalformedException($"{json.Path}.signatures: empty");
        }

        return signatures.Length <= Limits.EnvelopeSignatures
            ? new DsseEnvelope(payloadType, payload, [.. signatures.Select(DsseSignature.FromJson)])
            : throw new MalformedException(DsseReasons.TooManySignatures, $"{json.Path}.signatures: {signatures.Length}, limit {Limits.EnvelopeSignatures}");
    }

    /// <inheritdoc/>
    public override ReadingPlan Plan(VerificationContext context)
    {
        ImmutableArray<DigestAlgorithm> wanted = Statement.Value?.Algorithms ?? [];
        return ReadingPlan.Of(wanted.IsEmpty ? [DigestAlgorithm.Sha256] : wanted);
    }

    /// <inheritdoc/>
    public override Proof Verify(Artifact artifact, VerificationContext context)
    {
        Examination examination = new();

        // 1 The payload type that the caller expects, byte for byte.
        string expected = context.Expectations.PayloadType ?? Dsse.Statement.PayloadType;
        if (!string.Equals(PayloadType, expected, StringComparison.Ordinal))
        {
            examination.Failed("payload-type", DsseReasons.UnexpectedPayloadType.Because($"\"{PayloadType}\", wanted \"{expected}\""));
            return examination.Close();
        }

        // 2 Enough distinct keys signed.
        EnvelopeSigners signers = EnvelopeSigners.Of(this, context);
        signers.Report(Math.Max(1, context.Expectations.Threshold), examination);

        // 3 The artefact is what the payload speaks of.
        if (examination.IsClean)
        {
            signers.Prove(examination);
            BindArtifact(artifact, examination);
        }

        return examination.Close();
    }

    /// <summary>The verified payload speaks of <paramref name="artifact"/>, or the finding that says why not.</summary>
    internal void BindArtifact(Artifact artifact, Examination examination)
    {
        if (artifact.IsDocumentItself)
        {
            ProveAlone(examination);
        }
        else if (PayloadType == Dsse.Statement.PayloadType)
        {
            BindBySubject(artifact, examination);
        }
        else
        {
            BindByPayload(artifact, examination);
        }
    }

    private void ProveAlone(Examination examination)
    {
        examination.Proved(new States(PayloadType, Statement.Value?.PredicateType ?? ""));
        ProveVersions(Statement.Value, subject: null, examination);
        examination.NotEvaluated("artifact-binding", "no artefact was given: only the payload is authenticated");
        if (Statement.Refusal is { } refusal)
        {
            examination.Noted("note.statement-malformed", $"the payload is no in-toto statement: {refusal.Detail}");
        }
    }

    private void BindBySubject(Artifact artifact, Examination examination)
    {
        if (Statement.Value is not { } statement)
        {
            examination.Failed("statement", Statement.Refusal!);
            return;
        }

        if (statement.SubjectOf(artifact, out Finding? refusal) is not { } subject)
        {
            examination.Failed("artifact-binding", refusal!);
            return;
        }

        Digest matched = subject.Digests.First(digest => digest.Equals(artifact.Digest(digest.Algorithm)));
        examination.Passed("artifact-binding", $"subject \"{subject.Name}\" of the statement is {matched}");
        examination.Proved(new CoversArtifact(artifact.Name, matched.Algorithm.Name(), matched.Hex));
        examination.Proved(new States(PayloadType, statement.PredicateType));
        ProveVersions(statement, subject, examination);
    }

    private static void ProveVersions(Statement? statement, Subject? subject, Examination examination)
    {
        foreach (StatesVersion version in statement is null ? [] : StatementVersion.Of(statement, subject))
        {
            examination.Proved(version);
        }
    }

    private void BindByPayload(Artifact artifact, Examination examination)
    {
        Digest payload = Digest.Sha256(Payload.Span);
        if (!payload.Equals(artifact.Digest(DigestAlgorithm.Sha256)))
        {
            examination.Failed("artifact-binding", DsseReasons.PayloadMismatch.Because(
                $"the payload is {payload}, the artefact {artifact.Digest(DigestAlgorithm.Sha256)?.ToString() ?? "has no known SHA-256"}"));
            return;
        }

        examination.Passed("artifact-binding", $"the payload is the artefact, {payload}");
        examination.Proved(new CoversArtifact(artifact.Name, payload.Algorithm.Name(), payload.Hex));
        examination.Proved(new States(PayloadType, PredicateType: ""));
    }

    private static IEnumerable<Claim> StatementClaims(Statement statement) =>
    [
        new("predicate type", statement.PredicateType),
        .. statement.Subjects.Take(16).Select(subject => new Claim("subject", $"{subject.Name} {string.Join(' ', subject.Digests)}")),
    ];
}

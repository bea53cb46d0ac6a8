using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Trust;

namespace OfflineKit.Formats.Dsse;

/// <summary>A DSSE envelope: a payload, its type, and signatures over both.</summary>
/// <remarks>Source: docs/spec/dsse.md §1, §4. Unknown members are ignored; <c>keyid</c> is covered by nothing.</remarks>
internal sealed class DsseEnvelope : Envelope
{
    private DsseEnvelope(string payloadType, ReadOnlyMemory<byte> payload, ImmutableArray<DsseSignature> signatures)
    {
        PayloadType = payloadType;
        Payload = payload;
        Signatures = signatures;
        Statement = payloadType == Dsse.Statement.PayloadType
            ? Result.Parse(DsseReasons.MalformedStatement, () => Dsse.Statement.Parse(payload))
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
    public Result<Statement> Statement { get; }

    /// <summary>The file that the envelope was read from, byte for byte; empty where another container spells it.</summary>
    internal ReadOnlyMemory<byte> File { get; private init; }

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
    public static DsseEnvelope Parse(ReadOnlyMemory<byte> content) => FromJson(StrictJson.ParseObject(content, "envelope"), content);

    /// <summary>The envelope in a JSON object.</summary>
    public static DsseEnvelope FromJson(JsonValue json) => FromJson(json, ReadOnlyMemory<byte>.Empty);

    private static DsseEnvelope FromJson(JsonValue json, ReadOnlyMemory<byte> file)
    {
        string payloadType = json.String("payloadType");
        byte[] payload = StrictBase64.DecodeEitherAlphabet(json.String("payload"), $"{json.Path}.payload");
        ImmutableArray<JsonValue> signatures = json.Array("signatures");
        if (signatures.IsEmpty)
        {
            throw new MalformedException($"{json.Path}.signatures: empty");
        }

        return signatures.Length <= Limits.EnvelopeSignatures
            ? new DsseEnvelope(payloadType, payload, [.. signatures.Select(DsseSignature.FromJson)]) { File = file }
            : throw new MalformedException(DsseReasons.TooManySignatures, $"{json.Path}.signatures: {signatures.Length}, limit {Limits.EnvelopeSignatures}");
    }

    /// <inheritdoc/>
    public override ImmutableArray<Demand> Answers => [];

    /// <inheritdoc/>
    public override ImmutableArray<string> DocumentNames => NamesOfJson;

    /// <inheritdoc/>
    public override ReadingPlan Plan(VerificationContext context)
    {
        ImmutableArray<DigestAlgorithm> wanted = Statement.Value?.Algorithms ?? [];
        return ReadingPlan.Of(wanted.IsEmpty ? [DigestAlgorithm.Sha256] : wanted);
    }

    /// <inheritdoc/>
    public override Proof Verify(Artifact artifact, VerificationContext context)
    {
        Verification verification = new();

        // 1 The payload type that the caller expects, byte for byte.
        string expected = context.Expectations.PayloadType ?? Dsse.Statement.PayloadType;
        if (!string.Equals(PayloadType, expected, StringComparison.Ordinal))
        {
            verification.Failed("payload-type", DsseReasons.UnexpectedPayloadType.Because($"\"{PayloadType}\", wanted \"{expected}\""));
            return verification.Close();
        }

        // 2 Enough distinct keys signed.
        EnvelopeSigners signers = EnvelopeSigners.Of(this, artifact, context);
        signers.Report(Math.Max(1, context.Expectations.Threshold), verification);

        // 3 The artefact is what the payload speaks of.
        if (verification.IsClean)
        {
            signers.Prove(verification);
            BindArtifact(artifact, verification);
        }

        return verification.Close();
    }

    /// <summary>The verified payload speaks of <paramref name="artifact"/>, or the finding that says why not.</summary>
    internal void BindArtifact(Artifact artifact, Verification verification)
    {
        if (artifact.IsDocumentItself)
        {
            ProveAlone(verification);
        }
        else if (PayloadType == Dsse.Statement.PayloadType)
        {
            BindBySubject(artifact, verification);
        }
        else
        {
            BindByPayload(artifact, verification);
        }
    }

    private void ProveAlone(Verification verification)
    {
        verification.Proved(new States(PayloadType, Statement.Value?.PredicateType ?? ""));
        ProveVersions(Statement.Value, subject: null, verification);
        verification.NotEvaluated("artifact-binding", "no artefact was given: only the payload is authenticated");
        if (Statement.Finding is { } finding)
        {
            verification.Noted("note.statement-malformed", $"the payload is no in-toto statement: {finding.Detail}");
        }
    }

    private void BindBySubject(Artifact artifact, Verification verification)
    {
        if (Statement.Value is not { } statement)
        {
            verification.Failed("statement", Statement.Finding!);
            return;
        }

        if (statement.SubjectOf(artifact, out Finding? finding) is not { } subject)
        {
            verification.Failed("artifact-binding", finding!);
            return;
        }

        Digest matched = subject.Digests.First(digest => digest.Equals(artifact.Digest(digest.Algorithm)));
        verification.Passed("artifact-binding", $"subject \"{subject.Name}\" of the statement is {matched}");
        verification.Proved(CoversArtifact.Prove(artifact, matched));
        verification.Proved(new States(PayloadType, statement.PredicateType));
        ProveVersions(statement, subject, verification);
    }

    private static void ProveVersions(Statement? statement, Subject? subject, Verification verification)
    {
        foreach (StatesVersion version in statement is null ? [] : StatementVersion.Of(statement, subject))
        {
            verification.Proved(version);
        }
    }

    private void BindByPayload(Artifact artifact, Verification verification)
    {
        Digest payload = Digest.Sha256(Payload.Span);
        if (!payload.Equals(artifact.Digest(DigestAlgorithm.Sha256)))
        {
            verification.Failed("artifact-binding", DsseReasons.PayloadMismatch.Because(
                $"the payload is {payload}, the artefact {artifact.Digest(DigestAlgorithm.Sha256)?.ToString() ?? "has no known SHA-256"}"));
            return;
        }

        verification.Passed("artifact-binding", $"the payload is the artefact, {payload}");
        verification.Proved(CoversArtifact.Prove(artifact, payload));
        verification.Proved(new States(PayloadType, predicateType: ""));
    }

    private static IEnumerable<Claim> StatementClaims(Statement statement) =>
    [
        new("predicate type", statement.PredicateType),
        .. statement.Subjects.Take(16).Select(subject => new Claim("subject", $"{subject.Name} {string.Join(' ', subject.Digests)}")),
    ];
}

using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Formats.Dsse;

/// <summary>An in-toto statement: what somebody says (the predicate) about which artefacts (the subjects).</summary>
/// <remarks>Source: in-toto attestation spec/v1, docs/spec/dsse.md §7. Believe it only after its envelope was verified.</remarks>
internal sealed class Statement
{
    /// <summary>The payload type of statements.</summary>
    public const string PayloadType = "application/vnd.in-toto+json";

    /// <summary>The type of version 1.</summary>
    public const string V1 = "https://in-toto.io/Statement/v1";

    private const string V01 = "https://in-toto.io/Statement/v0.1";

    private Statement(string type, ImmutableArray<Subject> subjects, string predicateType, JsonValue? predicate) =>
        (Type, Subjects, PredicateType, Predicate) = (type, subjects, predicateType, predicate);

    /// <summary>The statement's version, as an address.</summary>
    public string Type { get; }

    /// <summary>What the statement speaks of; at least one.</summary>
    public ImmutableArray<Subject> Subjects { get; }

    /// <summary>What kind of thing it says; never empty.</summary>
    public string PredicateType { get; }

    /// <summary>What it says; null when absent or a JSON null.</summary>
    public JsonValue? Predicate { get; }

    /// <summary>The usable digest algorithms of all subjects: what must be computed from the artefact.</summary>
    public ImmutableArray<DigestAlgorithm> Algorithms =>
        [.. Subjects.SelectMany(subject => subject.Digests).Select(digest => digest.Algorithm).Distinct().Order()];

    /// <summary>The statement in <paramref name="payload"/>.</summary>
    /// <exception cref="MalformedException">Another version, no subjects, a subject without digests, a malformed digest, an empty predicate type.</exception>
    public static Statement Parse(ReadOnlyMemory<byte> payload)
    {
        JsonValue json = StrictJson.ParseObject(payload, "statement");
        string type = json.String("_type");
        if (type is not (V1 or V01))
        {
            throw new MalformedException($"statement._type: \"{type}\", wanted \"{V1}\" or \"{V01}\"");
        }

        ImmutableArray<JsonValue> subjects = json.Array("subject");
        if (subjects.IsEmpty || subjects.Length > Limits.StatementSubjects)
        {
            throw new MalformedException($"statement.subject: {subjects.Length} subjects, wanted 1 to {Limits.StatementSubjects}");
        }

        string predicateType = json.String("predicateType");
        if (predicateType.Length == 0)
        {
            throw new MalformedException("statement.predicateType: empty");
        }

        JsonValue? predicate = json.OptionalNotNull("predicate");
        return predicate is null or { Kind: JsonKind.Object }
            ? new Statement(type, [.. subjects.Select(Subject.FromJson)], predicateType, predicate)
            : throw predicate.Wanted("an object");
    }

    /// <summary>The subject that is <paramref name="artifact"/>, or why there is none.</summary>
    /// <remarks>Every usable digest of the matching subject must agree: a right SHA-256 beside a wrong SHA-512 is refused.</remarks>
    public Subject? SubjectOf(Artifact artifact, out Finding? finding)
    {
        ImmutableArray<Subject> matching = [.. Subjects.Where(subject => subject.Matches(artifact))];
        Subject? agreeing = matching.FirstOrDefault(subject => subject.Contradiction(artifact) is null);
        finding = agreeing is not null ? null : Refusal(artifact, matching);
        return agreeing;
    }

    private Finding Refusal(Artifact artifact, ImmutableArray<Subject> matching)
    {
        if (!matching.IsEmpty)
        {
            Digest wrong = matching[0].Contradiction(artifact)!;
            return DsseReasons.SubjectConflict.Because(
                $"subject \"{matching[0].Name}\" says {wrong}, the artefact has {artifact.Digest(wrong.Algorithm)}");
        }

        string has = string.Join(", ", artifact.Digests);
        string named = string.Join(", ", Subjects.Take(3).Select(subject => $"\"{subject.Name}\" {string.Join(' ', subject.Digests)}"));
        return DsseReasons.ArtifactNotSubject.Because($"the artefact has {has}; {Subjects.Length} subjects: {named}");
    }
}

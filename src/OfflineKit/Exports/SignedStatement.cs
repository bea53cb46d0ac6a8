using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Formats.Dsse;

namespace OfflineKit.Exports;

/// <summary>An in-toto statement whose envelope was verified under the trusted keys.</summary>
/// <param name="Path">Where its envelope lies.</param>
/// <param name="Statement">What it says.</param>
/// <param name="Payload">The verified payload as JSON, for the predicate.</param>
internal sealed record SignedStatement(string Path, Statement Statement, JsonValue Payload)
{
    /// <summary>The statement in the envelope at <paramref name="path"/>; null after findings at <paramref name="step"/>.</summary>
    /// <remarks>Whether it speaks of the export's list is the layout's own step.</remarks>
    public static SignedStatement? Verify(string step, string path, ExportVerification export)
    {
        if (export.Take(path) is not { } content)
        {
            export.Found.Failed(step, ExportReasons.SignatureMissing.Because($"there is no {path}"));
            return null;
        }

        Verdict verdict = export.JudgeDocument(new Signature(path, content, new DsseFormat()));
        export.Include(step, path, verdict);
        return verdict.IsTrusted ? Open(step, path, content, export) : null;
    }

    /// <summary>The predicate, or null when there is none.</summary>
    public JsonValue? Predicate => Payload.OptionalNotNull("predicate");

    /// <summary>Why no subject is the archive of which <paramref name="digest"/> is known, or null.</summary>
    public Finding? RefusalOf(Digest digest)
    {
        using Artifact archive = Artifact.FromDigest(digest);
        _ = Statement.SubjectOf(archive, out Finding? finding);
        return finding;
    }

    /// <summary>Why no subject is <paramref name="file"/>, which the export holds, or null.</summary>
    /// <remarks>Every digest that a subject states is computed and must agree, as for an artefact outside of an export.</remarks>
    public Finding? RefusalOf(string file, Reason missing, ExportVerification export)
    {
        using Artifact artifact = Artifact.FromBytes(file, export.Take(file) ?? throw new ArgumentException($"the export holds no {file}", nameof(file)));
        artifact.Read(ReadingPlan.Of(Statement.Algorithms));
        _ = Statement.SubjectOf(artifact, out Finding? finding);
        return finding is { } refused && refused.Reason == DsseReasons.ArtifactNotSubject
            ? missing.Because($"{file} is {export.Inventory.Find(file)!.Sha256}; the subjects of {Path} are {SubjectsInWords}")
            : finding;
    }

    /// <summary>Requires one of the predicate types; a finding at <paramref name="step"/> otherwise.</summary>
    public void RequirePredicateType(string step, ImmutableArray<string> wanted, ExportVerification export)
    {
        if (wanted.Contains(Statement.PredicateType, StringComparer.Ordinal))
        {
            export.Found.Passed(step, $"the statement's predicate type is {Statement.PredicateType}");
        }
        else
        {
            export.Found.Failed(step, ExportReasons.WrongPredicate.Because($"{Path}: \"{Statement.PredicateType}\", wanted {string.Join(" or ", wanted.Select(type => $"\"{type}\""))}"));
        }
    }

    /// <summary>Requires that a subject is <paramref name="file"/>, which the export holds; a finding at <paramref name="step"/> otherwise, <paramref name="missing"/> where none is about it.</summary>
    public void RequireSubject(string step, string file, Reason missing, ExportVerification export)
    {
        if (RefusalOf(file, missing, export) is { } finding)
        {
            export.Found.Failed(step, finding);
        }
        else
        {
            export.Found.Passed(step, $"{file} is a subject of {Path}, {export.Inventory.Find(file)!.Sha256}");
        }
    }

    private string SubjectsInWords => string.Join(", ", Statement.Subjects.Take(3).Select(subject => $"\"{subject.Name}\" {string.Join(' ', subject.Digests)}"));

    private static SignedStatement? Open(string step, string path, ReadOnlyMemory<byte> content, ExportVerification export)
    {
        // The envelope parses: it was verified a moment ago.
        DsseEnvelope envelope = DsseEnvelope.Parse(content);
        if (envelope.Statement.Value is { } statement)
        {
            return new SignedStatement(path, statement, StrictJson.ParseObject(envelope.Payload, "statement"));
        }

        export.Found.Failed(step, envelope.Statement.Finding ?? DsseReasons.MalformedStatement.Because($"payload type \"{envelope.PayloadType}\""));
        return null;
    }
}

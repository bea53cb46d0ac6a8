using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Formats.Dsse;
using OfflineKit.Formats.Sigstore;

namespace OfflineKit.Formats.Pypi;

/// <summary>One attestation of a Python distribution.</summary>
/// <remarks>
/// (1) the bundle, by certificate; (2) the artefact is called like a distribution; (3) the statement is of version 1, of a type that indexes publish, and names
/// exactly this distribution by name and SHA-256. Source: docs/spec/pypi.md §2.
/// </remarks>
internal sealed class PypiEnvelope(SigstoreBundle bundle) : Envelope
{
    private const string PublishType = "https://docs.pypi.org/attestations/publish/v1", SlsaType = "https://slsa.dev/provenance/v1";

    private readonly SigstoreEnvelope _inner = new(bundle) { FormatName = "pypi" };

    /// <inheritdoc/>
    public override string Format => _inner.Format;

    /// <inheritdoc/>
    public override ImmutableArray<Claim> Claims => _inner.Claims;

    /// <inheritdoc/>
    public override ImmutableArray<Demand> Answers => [];

    /// <inheritdoc/>
    public override ReadingPlan Plan(VerificationContext context) => _inner.Plan(context);

    /// <inheritdoc/>
    public override Proof Verify(Artifact artifact, VerificationContext context)
    {
        // 1 The bundle.
        Proof proof = _inner.Verify(artifact, context);
        if (!proof.Findings.IsEmpty)
        {
            return proof;
        }

        // 2 The file's name. 3 The statement.
        Verification verification = new();
        verification.Include(proof);
        Result<DistributionName> name = Result.Parse(PypiReasons.FileName, () => DistributionName.Parse(Path.GetFileName(artifact.Name)));
        Finding? finding = name.Finding ?? Judge(bundle.Envelope!.Statement.Value!, name.Value!);
        if (finding is not null)
        {
            verification.Failed("distribution", finding);
            return verification.Close() with { Evidence = [] };
        }

        verification.Passed("distribution", $"the statement names {name.Value}");
        verification.Proved(new StatesVersion(name.Value!.Project, name.Value.Version, "subject"));
        return verification.Close();
    }

    private static Finding? Judge(Statement statement, DistributionName file)
    {
        if (statement.Type != Statement.V1)
        {
            return PypiReasons.Subject.Because($"the statement is of type \"{statement.Type}\", wanted \"{Statement.V1}\"");
        }

        bool isPublish = statement.PredicateType == PublishType;
        if ((!isPublish && statement.PredicateType != SlsaType) || (isPublish && statement.Predicate is { Members.IsEmpty: false }))
        {
            return PypiReasons.PredicateType.Because($"\"{statement.PredicateType}\"{(isPublish ? " with a predicate" : "")}");
        }

        ImmutableArray<Subject> subjects = statement.Subjects;
        if (subjects.Length != 1 || !subjects[0].Digests.Any(digest => digest.Algorithm == DigestAlgorithm.Sha256))
        {
            return PypiReasons.Subject.Because($"{subjects.Length} subjects, wanted one with its SHA-256");
        }

        Result<DistributionName> named = Result.Parse(PypiReasons.Subject, () => DistributionName.Parse(subjects[0].Name));
        return named.Value is { } signed && signed.Equals(file)
            ? null
            : PypiReasons.Subject.Because(named.Finding?.Detail ?? $"signed is \"{subjects[0].Name}\", the file is {file}");
    }
}

using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Formats.Dsse;
using OfflineKit.Formats.Sigstore;
using OfflineKit.Trust;

namespace OfflineKit.Formats.Npm;

/// <summary>One attestation of an npm package: who built it (provenance), or that the registry published it.</summary>
/// <remarks>
/// (1) the bundle, by certificate or by a registry key in its window; (2) the outer type is the signed one; (3) the signer is of the kind that the type
/// demands; (4) the statement names one package, and the publication's own words agree. Source: docs/spec/npm.md §2.
/// </remarks>
internal sealed class NpmEnvelope(string predicateType, SigstoreBundle bundle) : Envelope
{
    private const string PublicationType = "https://github.com/npm/attestation/tree/main/specs/publish/v0.1";
    private const string SignaturesMark = "npm:signatures";

    private readonly SigstoreEnvelope _inner = new(bundle) { FormatName = NpmKeysFile.Format };

    /// <summary>The bundle says that it states a publication.</summary>
    public bool IsPublication => Statement?.PredicateType == PublicationType;

    /// <summary>A bare key signed, not a certificate.</summary>
    public bool IsByKey => bundle.Leaf is null;

    /// <inheritdoc/>
    public override string Format => NpmKeysFile.Format;

    /// <inheritdoc/>
    public override ImmutableArray<Claim> Claims => _inner.Claims;

    private Statement? Statement => bundle.Envelope?.Statement.Value;

    /// <inheritdoc/>
    public override ImmutableArray<Demand> Answers => [];

    /// <inheritdoc/>
    public override ReadingPlan Plan(VerificationContext context) => _inner.Plan(Adapted(context));

    /// <inheritdoc/>
    public override Proof Verify(Artifact artifact, VerificationContext context)
    {
        // 1 The bundle.
        Proof proof = _inner.Verify(artifact, Adapted(context));
        if (!proof.Findings.IsEmpty)
        {
            return proof;
        }

        // 2–4 What npm adds.
        Verification verification = new();
        verification.Include(proof);
        Finding? finding = TypeObjection() ?? SignerObjection() ?? PackageObjection();
        if (finding is not null)
        {
            verification.Failed("npm-package", finding);
            return verification.Close() with { Evidence = [] };
        }

        verification.Passed("npm-package", $"the statement names {Statement!.Subjects[0].Name}");
        return verification.Close();
    }

    // The registry's key for package signatures may not sign attestations, and the operator's time cannot stand in for the log's.
    private static VerificationContext Adapted(VerificationContext context) => context with
    {
        Trust = context.Trust with { Keys = [.. context.Trust.Keys.Where(key => !key.Marks.Contains(SignaturesMark, StringComparer.Ordinal))] },
        StatedTime = null,
    };

    private Finding? TypeObjection() => Statement is { } statement && string.Equals(statement.PredicateType, predicateType, StringComparison.Ordinal)
        ? null
        : NpmReasons.PredicateMismatch.Because($"the response says \"{predicateType}\", signed is \"{Statement?.PredicateType ?? "no statement"}\"");

    private Finding? SignerObjection() => (IsPublication, IsByKey) switch
    {
        (true, false) => NpmReasons.Signer.Because("a publication is signed with a certificate, wanted the registry's key"),
        (false, true) => NpmReasons.Signer.Because($"\"{predicateType}\" is signed with a bare key, wanted a certificate"),
        _ => null,
    };

    private Finding? PackageObjection()
    {
        ImmutableArray<Subject> subjects = Statement!.Subjects;
        if (subjects.Length != 1 || PackageUrl.Parse(subjects[0].Name) is not { } package)
        {
            return NpmReasons.Package.Because($"{subjects.Length} subjects, the first \"{subjects[0].Name}\", wanted pkg:npm/NAME@VERSION");
        }

        if (!subjects[0].Digests.Any(digest => digest.Algorithm == DigestAlgorithm.Sha512))
        {
            return NpmReasons.Package.Because($"\"{subjects[0].Name}\" comes without its SHA-512");
        }

        if (!IsPublication)
        {
            return null;
        }

        (string? name, string? version) = (Stated("name"), Stated("version"));
        return name == package.Name && version == package.Version
            ? null
            : NpmReasons.Package.Because($"the registry published \"{name}\" {version}, the subject is \"{package.Name}\" {package.Version}");
    }

    private string? Stated(string name) => Statement!.Predicate?.OptionalNotNull(name) is { Kind: JsonKind.String } value ? value.Text : null;
}

/// <summary>The npm package that a package URL names.</summary>
/// <param name="Name">With its scope, such as <c>@scope/name</c>.</param>
/// <param name="Version">The exact version.</param>
internal sealed record PackageUrl(string Name, string Version)
{
    private const string Prefix = "pkg:npm/", EncodedAt = "%40";

    /// <summary>The package in <c>pkg:npm/NAME@VERSION</c>, or null; the scope's <c>@</c> is written <c>%40</c>.</summary>
    public static PackageUrl? Parse(string url)
    {
        int at = url.LastIndexOf('@');
        if (!url.StartsWith(Prefix, StringComparison.Ordinal) || at <= Prefix.Length || at == url.Length - 1)
        {
            return null;
        }

        string name = url[Prefix.Length..at], version = url[(at + 1)..];
        bool isScoped = name.StartsWith(EncodedAt, StringComparison.Ordinal);
        string plain = isScoped ? "@" + name[EncodedAt.Length..] : name;
        int slashes = plain.Count(c => c == '/');

        // Versions may carry build data, whose plus sign package URLs write as %2B.
        return plain.Contains('%') || plain.Contains('?') || plain.Contains('#') || plain.Contains('@', StringComparison.Ordinal) != isScoped || slashes != (isScoped ? 1 : 0)
            || version.AsSpan().ContainsAny("?#/@")
            ? null
            : new PackageUrl(plain, version.Replace("%2B", "+", StringComparison.Ordinal));
    }
}

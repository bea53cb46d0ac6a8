using System.Collections.Immutable;

namespace OfflineKit.Reporting;

/// <summary>Everything a reader may want of one verification, as plain data: the source of the text and JSON reports.</summary>
/// <param name="ArtifactName">The artefact as the caller named it.</param>
/// <param name="ArtifactSize">Bytes read; −1 when unknown.</param>
/// <param name="ArtifactDigests">Digests that were computed, <c>algorithm:hex</c>.</param>
/// <param name="SignatureName">The signature file; empty when it is the artefact itself.</param>
/// <param name="Verdict">What was decided.</param>
/// <param name="TrustRoots">The trust roots that were in force and their age, for the report's head.</param>
/// <param name="Policies">Every policy whose demands counted; none where none was applied, which the report says as well.</param>
internal sealed record Report(
    string ArtifactName,
    long ArtifactSize,
    ImmutableArray<string> ArtifactDigests,
    string SignatureName,
    Verdict Verdict,
    ImmutableArray<RootInForce> TrustRoots,
    ImmutableArray<PolicyInForce> Policies)
{
    /// <summary>The version of the JSON form; see docs/report.schema.json.</summary>
    public const int Version = 1;

    /// <summary>What is to be said of the trust and not of the file; shown with the verdict's remarks.</summary>
    public ImmutableArray<Remark> Notes { get; init; } = [];

    /// <summary>The format's own words for the verdict (such as <c>OFFICIAL</c>), by field name; shown after the verdict.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Words { get; init; } = Verdict.Words;

    /// <summary>The other signatures of the artefact that were tried, each asked the same by itself.</summary>
    public ImmutableArray<OtherSignature> Others { get; init; } = [];
}

/// <summary>A signature that was tried besides the one that a report is about.</summary>
/// <param name="Name">The signature file.</param>
/// <param name="Verdict">What was decided of it.</param>
internal sealed record OtherSignature(string Name, Verdict Verdict)
{
    /// <summary>The one that <paramref name="report"/> is about; of a document that carries its own, the document.</summary>
    public static OtherSignature Of(Report report) => new(report.SignatureName.Length > 0 ? report.SignatureName : report.ArtifactName, report.Verdict);
}

/// <summary>A trust root that was in force.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Source">Where it came from.</param>
/// <param name="RetrievedOn">The day of retrieval (yyyy-MM-dd); empty when unknown.</param>
internal sealed record RootInForce(string Name, string Source, string RetrievedOn);

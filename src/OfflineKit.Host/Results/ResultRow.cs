using System.Collections.Immutable;
using OfflineKit.Host.Batches;
using OfflineKit.Host.Requests;
using OfflineKit.Encoding;
using OfflineKit.Reporting;

namespace OfflineKit.Host.Results;

/// <summary>One result as reports show it. All text may be untrusted.</summary>
internal sealed record ResultRow(BatchResult Result)
{
    /// <summary>What the reason means; empty when nothing was refused.</summary>
    public string Meaning { get; private init; } = "";

    /// <summary>What to do about it.</summary>
    public string NextStep { get; private init; } = "";

    /// <summary>The format that was verified.</summary>
    public string Format { get; private init; } = "";

    /// <summary>The signature file; empty when it is the artefact itself.</summary>
    public string Signature { get; private init; } = "";

    /// <summary>Bytes; −1 when unknown.</summary>
    public long Size { get; private init; } = -1;

    /// <summary>The artefact's first digest.</summary>
    public string Digest { get; private init; } = "";

    /// <summary>What the signatures cover besides the artefact itself, such as the list in an export: name and digest.</summary>
    public ImmutableArray<(string Name, string Digest)> Covers { get; private init; } = [];

    /// <summary>What remains to be known, in sentences.</summary>
    public ImmutableArray<string> Notes { get; private init; } = [];

    /// <summary>Who signed, proved; empty unless the verdict is trusted.</summary>
    public ImmutableArray<RowSigner> Signers { get; private init; } = [];

    /// <summary>The names of the signers.</summary>
    public string SignerNames => string.Join(", ", Signers.Select(signer => signer.Name));

    /// <summary>The folder of the artefact.</summary>
    public string Folder => Result.Path.LastIndexOf('/') is > 0 and int end ? Result.Path[..end] : ".";

    /// <summary>The earliest proved time of the signature.</summary>
    public DateTimeOffset? SignedAt { get; private init; }

    /// <summary>The trust roots that were in force: name, source, day of retrieval.</summary>
    public ImmutableArray<(string Name, string Source, string RetrievedOn)> Roots { get; private init; } = [];

    /// <summary>Every policy whose demands counted, in words; null where the line does not say.</summary>
    public ImmutableArray<string>? Policies { get; private init; }

    /// <summary>The row of a line.</summary>
    public static ResultRow Parse(byte[] line, JsonValue value)
    {
        ResultRow row = new(BatchResult.Parse(line, value));
        return value.Optional("report") is { } report ? row.With(report) : row.Undecided();
    }

    // Another version may have reasons of its own.
    private ResultRow Undecided() => UndecidedReasons.Find(Result.Reason) is { } reason
        ? this with { Meaning = reason.Meaning, NextStep = reason.Advice.In(SurfaceWording.CommandLine) }
        : this with { Meaning = "nothing could be decided", NextStep = "mend what the detail names, and run again with --resume" };

    private static string InWords(JsonValue policy) => new PolicyInForce(
        policy.String("name"), policy.String("digest"), policy.String("source"), policy.String("reach") == "machine" ? PolicyReach.Machine : PolicyReach.Question)
    {
        PassesOver = [.. policy.Array("passesOver").Select(name => name.Text)],
    }.InWords;

    private ResultRow With(JsonValue report)
    {
        JsonValue artifact = report.Object("artifact");
        JsonValue? finding = report.Array("findings").FirstOrDefault();
        ImmutableArray<JsonValue> evidence = Result.Status == BatchResult.Valid ? report.Array("evidence") : [];
        List<DateTimeOffset> times = [.. evidence.Where(proof => proof.String("kind") == "signed-at").Select(proof => Rfc3339.Parse(proof.String("time"), "signed-at"))];
        return this with
        {
            Meaning = finding?.String("meaning") ?? "",
            NextStep = finding?.String("nextStep") ?? "",
            Format = report.String("format"),
            Signature = report.String("signature"),
            Size = artifact.Optional("size")?.Integer ?? -1,
            Digest = artifact.Array("digests").FirstOrDefault()?.Text ?? "",
            Covers = [.. evidence.Where(proof => proof.String("kind") == "covers-artifact").Select(proof => (proof.String("name"), $"{proof.String("algorithm")}:{proof.String("digest")}"))],
            Notes = report.Optional("remarks") is { } remarks ? [.. remarks.Elements.Select(remark => remark.String("text"))] : [],
            Signers = [.. evidence.Select(RowSigner.Of).OfType<RowSigner>()],
            SignedAt = times.Count == 0 ? null : times.Min(),
            Roots = [.. report.Array("trustRoots").Select(root => (root.String("name"), root.String("source"), root.String("retrievedOn")))],
            Policies = report.Optional("policies") is { } policies ? [.. policies.Elements.Select(InWords)] : null,
        };
    }
}

/// <summary>A proved signer.</summary>
/// <param name="Name">The key's name in the trust store, or the certificate's identity.</param>
/// <param name="By">The key's fingerprint, or the issuer that vouched.</param>
/// <param name="Root">Through what it is trusted.</param>
internal sealed record RowSigner(string Name, string By, string Root)
{
    /// <summary>The signer in a piece of evidence, or null when it is about something else.</summary>
    public static RowSigner? Of(JsonValue evidence) => evidence.String("kind") switch
    {
        "signed-by-key" => new RowSigner(evidence.String("signer"), $"sha256:{evidence.String("fingerprint")}", evidence.String("root")),
        "signed-by-identity" => new RowSigner(evidence.String("identity"), evidence.String("issuer"), evidence.String("root")),
        _ => null,
    };
}

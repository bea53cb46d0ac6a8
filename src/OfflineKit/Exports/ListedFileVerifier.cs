using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Formats.Checksums;
using OfflineKit.Policy;

namespace OfflineKit.Exports;

/// <summary>One question: is this file one that a signed list names?</summary>
/// <param name="Artifact">The file.</param>
/// <param name="Place">Where it lies, seen from the list.</param>
/// <param name="List">The list, or the signed document that holds it; its name without folders.</param>
/// <param name="Signatures">The signatures beside the list.</param>
/// <param name="Context">Trust, expectations and time.</param>
/// <param name="Policy">What is demanded of every signature.</param>
internal sealed record ListedFileRequest(Artifact Artifact, FilePlace Place, NamedContent List, ImmutableArray<NamedContent> Signatures, VerificationContext Context, SignaturePolicy Policy)
{
    /// <summary>What is demanded of the evidence as a whole; null: the same as of every signature.</summary>
    public SignaturePolicy? Demands { get; init; }

    /// <inheritdoc cref="ExportRequest.StatementTypes"/>
    public ImmutableArray<string> StatementTypes { get; init; } = [];
}

/// <summary>A file that was read.</summary>
/// <param name="Name">Its name without folders.</param>
/// <param name="Content">Its bytes.</param>
internal sealed record NamedContent(string Name, ReadOnlyMemory<byte> Content);

/// <summary>Verifies one file of a signed list, as an export of which the other files were not asked about.</summary>
/// <remarks>Source: docs/spec/checksums.md.</remarks>
internal static class ListedFileVerifier
{
    private const string Format = "checksums";

    /// <summary>A file called <paramref name="name"/> is a list of checksums, alone or in its signature (<c>SHA256SUMS.asc</c>), if its content is one.</summary>
    public static bool IsListName(string name) => MetadataFileNames.MayHoldList(name);

    /// <summary>The content is a list of checksums, or a signed document that holds one.</summary>
    public static bool IsList(ReadOnlyMemory<byte> content) => ListDocument.ListIn(content) is not null;

    /// <summary>The content is a signed document that holds a list.</summary>
    public static bool CarriesSignature(ReadOnlyMemory<byte> content) => ListDocument.ListIn(content) is { Holder: not null };

    /// <summary>The list in <paramref name="content"/> names the file at <paramref name="place"/>.</summary>
    public static bool Names(ReadOnlyMemory<byte> content, FilePlace place) =>
        ListDocument.ListIn(content) is { } list && Parse("list", list.List).Value is { } read && place.In(read.Files.Values) is not null;

    /// <summary>The verdict on <paramref name="request"/>.</summary>
    /// <exception cref="IOException">The artefact cannot be read: nothing can be decided.</exception>
    public static Verdict Verify(ListedFileRequest request)
    {
        // 1 The list names the file.
        Artifact artifact = request.Artifact;
        Result<ChecksumList> list = Parse(request.List.Name, ListDocument.ListIn(request.List.Content)?.List ?? request.List.Content);
        ListedFile? listed = list.Value is null ? null : request.Place.In(list.Value.Files.Values);
        if (listed is null)
        {
            return Verdict.Refused(Format, list.Finding ?? ChecksumReasons.NotListed.Because($"none of the {list.Value!.Files.Count} files in {request.List.Name} is {artifact.Name}"));
        }

        // 2 The file is read once, under every hash function of the list.
        artifact.Read(ReadingPlan.Of([DigestAlgorithm.Sha256, .. list.Value!.Algorithms.Where(other => other != DigestAlgorithm.Sha256)]));
        if (artifact.IsDigestOnly)
        {
            return Verdict.Refused(Format, Reasons.DigestOnly.Because("the content of the file is not known"));
        }

        // 3 List, signatures and file are an export, and the question is the export's.
        ImmutableArray<NamedContent> beside = [request.List, .. request.Signatures];
        if (beside.Any(file => file.Name == listed.Path))
        {
            return Verdict.Refused(Format, ChecksumReasons.NotListed.Because($"{listed.Path} is the list itself or its signature"));
        }

        ExportInventory inventory = new(request.List.Name, ExportContainer.ListAndFile, [Read(listed.Path, artifact), .. beside.Select(Kept)]);
        Verdict verdict = ExportVerifier.Verify(new ExportRequest(inventory, request.Context, request.Policy)
        {
            Layout = ExportLayouts.OfLists,
            List = request.List.Name,
            Missing = MissingRule.PassOver,
            Demands = request.Demands,
            StatementTypes = request.StatementTypes,
        }).Verdict;

        // 4 What the list covers of all this is the file.
        return verdict.IsTrusted ? verdict.Covering(CoversArtifact.Prove(artifact, listed.Fitting(artifact.Digest))) : verdict;
    }

    private static InventoryEntry Read(string path, Artifact artifact) => new(
        new ExportFile(path, artifact.Size, artifact.Digest(DigestAlgorithm.Sha256)!) { Others = [.. artifact.Digests.Where(digest => digest.Algorithm != DigestAlgorithm.Sha256)] }, Content: null, Nested: null);

    private static InventoryEntry Kept(NamedContent file) => new(new ExportFile(file.Name, file.Content.Length, Digest.Sha256(file.Content.Span)), file.Content, Nested: null);

    private static Result<ChecksumList> Parse(string name, ReadOnlyMemory<byte> content) => Result.Parse(ExportReasons.ManifestMalformed, () => ChecksumList.Parse(content.Span, name));
}

using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Formats.Sigstore;

namespace OfflineKit.Formats.Npm;

/// <summary>What an npm registry answers under <c>/-/npm/v1/attestations/NAME@VERSION</c>: provenance and publication of a package.</summary>
/// <remarks>Shape: <c>{attestations:[{predicateType, bundle}]}</c>; other members are ignored. Source: docs/spec/npm.md.</remarks>
internal sealed class NpmFormat : Format
{
    /// <inheritdoc/>
    public override string Name => Trust.NpmKeysFile.Format;

    /// <inheritdoc/>
    public override string Title => "npm attestations (provenance and publication)";

    /// <inheritdoc/>
    public override ImmutableArray<string> SignatureSuffixes => [".attestations.json"];

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> content, Expectations expectations) =>
        content.IndexOf("\"attestations\""u8) >= 0 && !Encoding.JsonLines.LooksLike(content) && IsResponse(JsonOutline.OfElements(content));

    /// <inheritdoc/>
    public override Envelope Parse(ReadOnlyMemory<byte> content, Expectations expectations)
    {
        ImmutableArray<JsonValue> attestations = StrictJson.ParseObject(content, "npm attestations").Array("attestations");
        return attestations.Length <= Limits.CollectionLines
            ? new EnvelopeCollection(Name, [.. attestations.Select(attestation => Member(attestation, expectations))])
            : throw new MalformedException(Reasons.InputTooLarge, $"{attestations.Length} attestations, limit {Limits.CollectionLines}");
    }

    private static bool IsResponse(HashSet<string> names) => names.Contains("attestations") && !names.Contains("verificationMaterial") && !names.Contains("version")
        && (names.Contains("attestations.predicateType") || !names.Contains("attestations.bundle"));

    // Publication is signed by the registry itself, so it cannot answer a demand for somebody's identity; it is judged by the registry's keys beside it.
    private static CollectionMember Member(JsonValue json, Expectations expectations)
    {
        string predicateType = json.String("predicateType");
        Result<Envelope> parsed = Result.Parse<Envelope>(
            Reasons.MalformedSignature, () => new NpmEnvelope(predicateType, SigstoreBundle.Parse(json.Object("bundle").Raw)));
        bool isPublication = parsed.Value is NpmEnvelope { IsPublication: true, IsByKey: true };
        return new CollectionMember(predicateType, parsed)
        {
            IsBesideDemand = isPublication && expectations.DemandedSigner == DemandedSigner.Identity,
        };
    }
}

using System.Collections.Immutable;
using System.Globalization;
using OfflineKit.Encoding;
using OfflineKit.Formats.Sigstore;

namespace OfflineKit.Formats.GitHub;

/// <summary>What GitHub's interface answers under <c>/repos/OWNER/REPO/attestations/DIGEST</c>: bundles in a list.</summary>
/// <remarks>Shape: <c>{attestations:[{bundle, repository_id, …}]}</c>; other members are passed over. Source: docs/spec/github.md.</remarks>
internal sealed class GitHubFormat : Format
{
    private const string List = "attestations";

    /// <inheritdoc/>
    public override string Name => "github";

    /// <inheritdoc/>
    public override string Title => "attestations as GitHub's interface answers them";

    /// <inheritdoc/>
    public override ImmutableArray<string> SignatureSuffixes => [];

    // An npm registry answers with a list of the same name, whose elements state a predicate type.
    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> content, Expectations expectations) =>
        content.IndexOf("\"attestations\""u8) >= 0 && !JsonLines.LooksLike(content)
        && JsonOutline.OfElements(content) is { } names && names.Contains($"{List}.bundle") && !names.Contains($"{List}.predicateType");

    /// <inheritdoc/>
    public override Envelope Parse(ReadOnlyMemory<byte> content, Expectations expectations)
    {
        ImmutableArray<JsonValue> attestations = StrictJson.ParseObject(content, "GitHub's answer").Array(List);
        return attestations.Length <= Limits.CollectionLines
            ? new EnvelopeCollection(Name, [.. attestations.Select(Member)])
            : throw new MalformedException(Reasons.InputTooLarge, $"{attestations.Length} attestations, limit {Limits.CollectionLines}");
    }

    private static CollectionMember Member(JsonValue json, int index) => new(
        string.Create(CultureInfo.InvariantCulture, $"attestation {index + 1}"),
        Result.Parse<Envelope>(Reasons.MalformedSignature, () => new SigstoreEnvelope(SigstoreBundle.Parse(Bundle(json)))));

    // Bundles that are too large for the answer are stored elsewhere, and only their address stands here.
    private static ReadOnlyMemory<byte> Bundle(JsonValue json) => json.OptionalNotNull("bundle") is { } bundle
        ? bundle.Raw
        : throw new MalformedException($"{json.Path}.bundle is null: the answer holds only its address; `gh attestation download` fetches it");
}

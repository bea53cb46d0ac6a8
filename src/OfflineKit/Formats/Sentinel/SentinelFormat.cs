using System.Collections.Immutable;
using OfflineKit.Encoding;

namespace OfflineKit.Formats.Sentinel;

/// <summary>Sentinel's policy signatures: the JSON of <c>policy sign</c>, and the parameter that holds it.</summary>
internal sealed class SentinelFormat : Format
{
    /// <inheritdoc/>
    public override string Name => "sentinel";

    /// <inheritdoc/>
    public override string Title => "Sentinel policy signature (JSON, RSA-PSS by a key service)";

    /// <inheritdoc/>
    public override ImmutableArray<string> SignatureSuffixes => [".sig.json"];

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> content, Expectations expectations)
    {
        HashSet<string> names = JsonOutline.Of(content);
        bool isSignature = names.Contains("metadata.policy_hash") || names.Contains("metadata.signed_at") || names.Contains("metadata.key_id");
        return names.Contains("Parameter.Value") || (isSignature && !names.Contains("signature.provider"));
    }

    /// <inheritdoc/>
    public override Envelope Parse(ReadOnlyMemory<byte> content, Expectations expectations) => SentinelEnvelope.Parse(content);
}

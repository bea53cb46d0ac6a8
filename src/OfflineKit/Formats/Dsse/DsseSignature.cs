using OfflineKit.Encoding;

namespace OfflineKit.Formats.Dsse;

/// <summary>One signature of an envelope.</summary>
/// <param name="Bytes">The decoded signature.</param>
/// <param name="KeyId">The signer's hint for lookup; empty when absent. Covered by nothing.</param>
internal sealed record DsseSignature(ReadOnlyMemory<byte> Bytes, string KeyId)
{
    /// <summary>The signature in an element of <c>signatures</c>.</summary>
    public static DsseSignature FromJson(JsonValue json) => new(
        StrictBase64.DecodeEitherAlphabet(json.String("sig"), $"{json.Path}.sig"),
        json.OptionalNotNull("keyid")?.Text ?? "");
}

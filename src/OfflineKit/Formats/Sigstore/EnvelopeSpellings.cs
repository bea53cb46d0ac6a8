using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Formats.Dsse;

namespace OfflineKit.Formats.Sigstore;

/// <summary>The files as which clients hand an envelope to a log.</summary>
/// <remarks>
/// They differ in the order of members, in whether an empty key id is written, and in a line end. Each holds the whole envelope, so one whose hash was logged is what was logged.
/// Source: encoding/json of Go over the structures of cosign and slsa-github-generator; protobuf JSON.
/// </remarks>
internal static class EnvelopeSpellings
{
    /// <summary>Every spelling of <paramref name="envelope"/>, the usual one first.</summary>
    public static ImmutableArray<ReadOnlyMemory<byte>> Of(DsseEnvelope envelope)
    {
        string type = $"\"payloadType\":{GoText(envelope.PayloadType)}", payload = $"\"payload\":\"{Convert.ToBase64String(envelope.Payload.Span)}\"";
        string[] signatures = [Signatures(envelope, static id => $"\"keyid\":{GoText(id)},"), Signatures(envelope, static id => id.Length == 0 ? "" : $"\"keyid\":{GoText(id)},")];
        return
        [
            .. from tail in (string[])["", "\n"]
               from members in (string[])[$"{type},{payload}", $"{payload},{type}"]
               from signed in signatures.Distinct(StringComparer.Ordinal)
               select (ReadOnlyMemory<byte>)Utf8Text.Encode($"{{{members},\"signatures\":[{signed}]}}{tail}"),
        ];
    }

    private static string Signatures(DsseEnvelope envelope, Func<string, string> keyId) =>
        string.Join(',', envelope.Signatures.Select(signature => $"{{{keyId(signature.KeyId)}\"sig\":\"{Convert.ToBase64String(signature.Bytes.Span)}\"}}"));

    private static string GoText(string text) => System.Text.Encoding.UTF8.GetString(GoJson.String(text));
}

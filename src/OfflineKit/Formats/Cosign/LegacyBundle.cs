using OfflineKit.Encoding;
using OfflineKit.Formats.Sigstore;
using OfflineKit.Transparency;
using OfflineKit.X509;

namespace OfflineKit.Formats.Cosign;

/// <summary>The bundle of <c>cosign sign-blob --bundle</c> before version 3: a signature, a certificate, and the log's promise.</summary>
/// <remarks>
/// Shape: <c>{base64Signature, cert?, rekorBundle?{SignedEntryTimestamp, Payload{body, integratedTime, logIndex, logID}}, RFC3161Timestamp?{SignedRFC3161Timestamp}}</c>; the log
/// id is hex, numbers are numbers, and members that nobody reads (<c>Payload</c>, <c>chain</c>) are passed over.
/// Source: docs/spec/cosign.md §1.
/// </remarks>
internal static class LegacyBundle
{
    /// <summary>The bundle in <paramref name="content"/>, in the terms of a Sigstore bundle v0.1 with a promise alone.</summary>
    public static SigstoreBundle Parse(ReadOnlyMemory<byte> content)
    {
        JsonValue json = StrictJson.ParseObject(content, "cosign bundle");
        byte[] signature = json.Base64("base64Signature");
        return new SigstoreBundle
        {
            Version = BundleVersion.V01,
            Leaf = json.OptionalNotNull("cert") is { } certificate && certificate.Text.Length > 0 ? Leaf(certificate) : null,
            Entries = json.OptionalNotNull("rekorBundle") is { } promise ? [Promised(promise)] : [],
            Timestamps = json.OptionalNotNull("RFC3161Timestamp") is { } stamp ? [Timestamp(stamp)] : [],
            Signature = signature.Length > 0 ? signature : throw new MalformedException("cosign bundle.base64Signature: empty"),
        };
    }

    /// <summary>The RFC 3161 response in <c>{SignedRFC3161Timestamp}</c>.</summary>
    public static ReadOnlyMemory<byte> Timestamp(JsonValue json) => json.Base64("SignedRFC3161Timestamp");

    /// <summary>The log entry in a <c>rekorBundle</c>, as legacy bundles and image annotations carry it.</summary>
    public static LogEntry Promised(JsonValue json)
    {
        JsonValue payload = json.Object("Payload");
        byte[] body = payload.Base64("body"), promise = json.Base64("SignedEntryTimestamp");
        if (body.Length > Limits.LogEntryBody)
        {
            throw new MalformedException(Reasons.InputTooLarge, $"{payload.Path}.body: {body.Length} bytes, limit {Limits.LogEntryBody}");
        }

        (long time, long index) = (payload["integratedTime"].Integer, payload["logIndex"].Integer);
        if (index < 0 || promise.Length == 0)
        {
            throw new MalformedException($"{payload.Path}: logIndex {index}, promise of {promise.Length} bytes");
        }

        byte[] logId = StrictHex.Decode(payload.String("logID"), 32, $"{payload.Path}.logID");
        return new LogEntry(
            index, logId, LogEntryBody.ParseUndeclared(body), body, time, new SignedEntryTimestamp(body, time, logId, index, promise), Proof: null);
    }

    // When a bare key signed, cosign puts that public key here: a claim, which decides nothing.
    private static Certificate? Leaf(JsonValue json)
    {
        byte[] pem = StrictBase64.Decode(json.Text, json.Path);
        return Pem.ParseOne(pem, json.Path).Label == "PUBLIC KEY" ? null : Certificate.ParsePem(pem, json.Path);
    }
}

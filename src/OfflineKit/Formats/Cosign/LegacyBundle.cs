using OfflineKit.Encoding;
using OfflineKit.Formats.Sigstore;
using OfflineKit.Transparency;
using OfflineKit.X509;

namespace OfflineKit.Formats.Cosign;

/// <summary>The bundle of <c>cosign sign-blob --bundle</c> before version 3: a signature, a certificate, and the log's promise.</summary>
/// <remarks>
/// Shape: <c>{base64Signature, cert?, rekorBundle?{SignedEntryTimestamp, Payload{body, integratedTime, logIndex, logID}}}</c>; the log id is hex, numbers are numbers.
/// Source: docs/spec/cosign.md §1.
/// </remarks>
internal static class LegacyBundle
{
    /// <summary>The bundle in <paramref name="content"/>, in the terms of a Sigstore bundle v0.1 with a promise alone.</summary>
    public static SigstoreBundle Parse(ReadOnlyMemory<byte> content)
    {
        JsonValue json = StrictJson.ParseObject(content, "cosign bundle");
        json.RefuseOtherMembers("base64Signature", "cert", "rekorBundle");
        byte[] signature = json.Base64("base64Signature");
        return new SigstoreBundle
        {
            Version = BundleVersion.V01,
            Leaf = json.OptionalNotNull("cert") is { } certificate ? Leaf(certificate) : null,
            Entries = json.OptionalNotNull("rekorBundle") is { } promise ? [Promised(promise)] : [],
            Signature = signature.Length > 0 ? signature : throw new MalformedException("cosign bundle.base64Signature: empty"),
        };
    }

    /// <summary>The log entry in a <c>rekorBundle</c>, as legacy bundles and image annotations carry it.</summary>
    public static LogEntry Promised(JsonValue json)
    {
        json.RefuseOtherMembers("SignedEntryTimestamp", "Payload");
        JsonValue payload = json.Object("Payload");
        payload.RefuseOtherMembers("body", "integratedTime", "logIndex", "logID");
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

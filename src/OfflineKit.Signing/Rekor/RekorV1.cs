using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text.Json;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Signing.Services;

namespace OfflineKit.Signing.Rekor;

/// <summary>Rekor v1: <c>hashedrekord</c> 0.0.1 for files, <c>dsse</c> 0.0.1 for envelopes. Logging twice is no fault: the log names the first entry.</summary>
internal sealed class RekorV1 : RekorLog
{
    private const string Entries = "/api/v1/log/entries";
    private readonly RestClient _client;

    public RekorV1(Uri address, KeyOpening opening) : base(address) => _client = new RestClient(Service, opening, patience: Timeout);

    public override void Check(PublicKey key, bool isEnvelope)
    {
        if (key.Scheme.IsRsaPss || key.Scheme == SignatureScheme.MlDsa || (key.Scheme.Digest is null && !isEnvelope))
        {
            throw RekorReasons.UnsuitableSignature.Refusal($"Rekor v1 takes no {key.Scheme.Label} over {(isEnvelope ? "an envelope" : "a file's digest")}");
        }
    }

    public override void Dispose() => _client.Dispose();

    protected override async Task<byte[]> AskAsync(SignedContent signed, CancellationToken cancellation)
    {
        byte[] body = signed.Envelope.IsEmpty ? HashedRekord(signed) : Dsse(signed);
        Uri target = ServiceAddress.Below(Address, Entries);
        RestAnswer answer = await _client.SendAsync(Operation, Address.Authority, () => JsonText.Post(target, body), cancellation).ConfigureAwait(false);
        if (answer.Status == HttpStatusCode.Conflict)
        {
            Uri first = FirstEntry(answer);
            answer = await _client.SendAsync("existing entry", Address.Authority, () => new HttpRequestMessage(HttpMethod.Get, first), cancellation).ConfigureAwait(false);
        }

        return answer.IsSuccess
            ? RestAnswer.Read($"{Service} at {Address.Authority}", () => InBundleForm(answer.Json(Service)))
            : throw Refusal(answer);
    }

    // Only the entry's id is taken from the header, so that it leads nowhere else.
    private Uri FirstEntry(RestAnswer answer)
    {
        string id = answer.Headers.Location?.OriginalString.Split('/')[^1] ?? "";
        return id.Length is 64 or 80 && id.All(char.IsAsciiHexDigitLower)
            ? ServiceAddress.Below(Address, $"{Entries}/{id}")
            : throw ServiceReasons.MalformedAnswer.Refusal($"{Service} at {Address.Authority}: the entry exists already (409), and the answer does not say where");
    }

    private static byte[] HashedRekord(SignedContent signed) => Proposed("hashedrekord", spec =>
    {
        spec.Object("data", data => data.Object("hash", hash =>
        {
            hash.WriteString("algorithm", signed.Digest.Algorithm.Name().Replace("-", "", StringComparison.Ordinal));
            hash.WriteString("value", signed.Digest.Hex);
        }));
        spec.Object("signature", signature =>
        {
            signature.WriteBase64String("content", signed.Signature.Span);
            signature.Object("publicKey", key => key.WriteBase64String("content", signed.VerifierPem));
        });
    });

    private static byte[] Dsse(SignedContent signed) => Proposed("dsse", spec => spec.Object("proposedContent", content =>
    {
        content.WriteString("envelope", signed.Envelope.Span);
        content.WriteStartArray("verifiers");
        content.WriteBase64StringValue(signed.VerifierPem);
        content.WriteEndArray();
    }));

    private static byte[] Proposed(string kind, Action<Utf8JsonWriter> spec) => JsonText.Object(json =>
    {
        json.WriteString("apiVersion", "0.0.1");
        json.WriteString("kind", kind);
        json.Object("spec", spec);
    });

    // {uuid: {body, integratedTime, logID, logIndex, verification}}: hexadecimal and numbers here, base64 and decimal strings in bundles.
    private static byte[] InBundleForm(JsonValue answer)
    {
        ImmutableArray<KeyValuePair<string, JsonValue>> members = answer.Members;
        JsonValue entry = members.Length == 1 ? members[0].Value : throw new MalformedException($"{members.Length} entries, wanted 1");
        JsonValue verification = entry.Object("verification"), proof = verification.Object("inclusionProof");
        byte[] body = entry.Base64("body");
        JsonValue logged = StrictJson.ParseObject(body, "body");
        return JsonText.Object(json =>
        {
            json.WriteString("logIndex", Number(entry, "logIndex"));
            json.Object("logId", id => id.WriteBase64String("keyId", Hex(entry["logID"])));
            json.Object("kindVersion", kind =>
            {
                kind.WriteString("kind", logged.String("kind"));
                kind.WriteString("version", logged.String("apiVersion"));
            });
            json.WriteString("integratedTime", Number(entry, "integratedTime"));
            json.Object("inclusionPromise", promise => promise.WriteString("signedEntryTimestamp", verification.String("signedEntryTimestamp")));
            json.Object("inclusionProof", inclusion =>
            {
                inclusion.WriteString("logIndex", Number(proof, "logIndex"));
                inclusion.WriteBase64String("rootHash", Hex(proof["rootHash"]));
                inclusion.WriteString("treeSize", Number(proof, "treeSize"));
                inclusion.WriteStartArray("hashes");
                foreach (JsonValue hash in proof.Array("hashes"))
                {
                    inclusion.WriteBase64StringValue(Hex(hash));
                }

                inclusion.WriteEndArray();
                inclusion.Object("checkpoint", checkpoint => checkpoint.WriteString("envelope", proof.String("checkpoint")));
            });
            json.WriteBase64String("canonicalizedBody", body);
        });
    }

    private static byte[] Hex(JsonValue value) => StrictHex.Decode(value.Text, value.Path);

    private static string Number(JsonValue json, string name) => json[name].Integer.ToString(CultureInfo.InvariantCulture);
}

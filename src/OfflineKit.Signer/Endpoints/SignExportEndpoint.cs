using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Signer.Audit;
using OfflineKit.Signer.Http;
using OfflineKit.Signer.Signing;
using OfflineKit.Signing;
using OfflineKit.Signing.Audit;
using OfflineKit.Signing.Services;

namespace OfflineKit.Signer.Endpoints;

/// <summary><c>POST /api/v1/signer/sign/export</c>: signs the provenance of an export.</summary>
internal static class SignExportEndpoint
{
    /// <summary>The answer.</summary>
    public static async Task<ReadOnlyMemory<byte>> AnswerAsync(RequestTrace trace)
    {
        (JsonValue json, ReadOnlyMemory<byte> body) = await RequestReader.ReadAsync(trace.Context.Request, trace.Parts.Configuration.Limits.BodyBytes, trace.Cancellation).ConfigureAwait(false);
        ExportRequest export = ExportRequest.Parse(json);
        SigningOrder order = new(export.Request, CanonicalStatement.Of(export.Request), Digest.Sha256(body.Span).Hex);
        return await new SigningPipeline(trace).SignAsync(order, (asked, signed, facts, receipt) => TextAsync(export, asked, signed, facts, receipt)).ConfigureAwait(false);
    }

    private static async Task<ReadOnlyMemory<byte>> TextAsync(ExportRequest export, SigningOrder order, SignedAnswer signed, RequestFacts facts, AuditReceipt receipt)
    {
        // A statement's text begins with a brace and an envelope's signed bytes never do: the one signature cannot be taken for the other.
        VerifiedSignature manifest = await signed.Signatures[0].Key.SignAsync(facts.Token!.Tenant, order.Statement.Payload, CancellationToken.None).ConfigureAwait(false);
        return JsonText.Object(json =>
        {
            json.WritePropertyName("provenance");
            json.WriteRawValue(order.Statement.Payload.Span);
            json.WriteBase64String("manifestSignature", SignatureEncoding.Stored(manifest));
            json.WriteStartObject("headers");
            json.WriteString("Digest", "sha-256=" + Convert.ToBase64String(StrictHex.Decode(export.ArchiveSha256, "archive")));
            json.WriteString("X-Stella-Signature", "dsse-b64=" + Convert.ToBase64String(signed.Envelope.Span));
            json.WriteEndObject();
            SignedAnswerText.WriteCommon(json, order, signed, facts, receipt);
        });
    }
}

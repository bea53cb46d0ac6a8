using System.Text.Json;
using OfflineKit.Encoding;
using OfflineKit.Signer.Audit;
using OfflineKit.Signer.Http;
using OfflineKit.Signer.Signing;
using OfflineKit.Signing.Audit;
using OfflineKit.Signing.Services;
using OfflineKit.X509;

namespace OfflineKit.Signer.Endpoints;

/// <summary>Writes the bodies of signed answers.</summary>
/// <remarks>Source: docs/signer/api.md.</remarks>
internal static class SignedAnswerText
{
    /// <summary>The answer of <c>sign/dsse</c>.</summary>
    public static Task<ReadOnlyMemory<byte>> Dsse(SigningOrder order, SignedAnswer signed, RequestFacts facts, AuditReceipt receipt) =>
        Task.FromResult<ReadOnlyMemory<byte>>(JsonText.Object(json => WriteCommon(json, order, signed, facts, receipt)));

    /// <summary>What every signed answer has.</summary>
    public static void WriteCommon(Utf8JsonWriter json, SigningOrder order, SignedAnswer signed, RequestFacts facts, AuditReceipt receipt)
    {
        json.WriteString("requestId", facts.RequestId);
        WriteBundle(json, signed);
        json.WriteString("payloadSha256", signed.Statement.Sha256);
        json.WriteString("bundleSha256", signed.BundleSha256);
        json.WriteStartArray("signingIdentities");
        foreach (MadeSignature signature in signed.Signatures)
        {
            WriteIdentity(json, signature, order.Request.Options, facts.Mode);
        }

        json.WriteEndArray();
        WritePolicy(json, facts);
        json.WriteStartObject("audit");
        json.WriteNumber("sequence", receipt.Sequence);
        json.WriteString("hash", receipt.Hash);
        json.WriteEndObject();
    }

    private static void WriteBundle(Utf8JsonWriter json, SignedAnswer signed)
    {
        json.WriteStartObject("bundle");
        json.WritePropertyName("dsse");
        json.WriteRawValue(signed.Envelope.Span);
        if (!signed.Bundles.IsEmpty)
        {
            json.WriteStartArray("sigstore");
            foreach (ReadOnlyMemory<byte> bundle in signed.Bundles)
            {
                json.WriteRawValue(bundle.Span);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteIdentity(Utf8JsonWriter json, MadeSignature signature, SignOptions options, string mode)
    {
        json.WriteStartObject();
        json.WriteString("signer", signature.Key.Configuration.Name);
        json.WriteString("mode", mode);
        json.WriteString("keyid", signature.Key.Id);
        json.WriteString("algorithm", signature.Key.PublicKey.Scheme.Label);
        json.WriteString("keySource", signature.Key.Source);
        json.WriteStartArray("certificateChain");
        foreach (Certificate certificate in options.WantsChain ? signature.Key.Configuration.Chain : [])
        {
            json.WriteStringValue(System.Security.Cryptography.PemEncoding.WriteString("CERTIFICATE", certificate.Der.Span) + "\n");
        }

        json.WriteEndArray();
        json.Time("notAfter", signature.Key.Configuration.NotAfter);
        json.WriteEndObject();
    }

    private static void WritePolicy(Utf8JsonWriter json, RequestFacts facts)
    {
        json.WriteStartObject("policy");
        json.WriteString("tenant", facts.Token!.Tenant);
        json.WriteString("plan", facts.Entitlement!.Entitlement.Plan);
        json.WriteString("entitlement", facts.Entitlement.State.ToString().ToLowerInvariant());
        json.WriteString("scannerRelease", facts.Scanner.Verdict.Length > 0 ? facts.Scanner.Verdict : "not-required");
        json.WriteStartObject("quota");
        json.WriteNumber("limit", facts.Quota!.Limits.Daily);
        json.WriteNumber("remaining", facts.Quota.Remaining);
        json.WriteString("resetsAt", UtcText.Seconds(facts.Quota.ResetsAt));
        json.WriteEndObject();
        json.WriteEndObject();
    }
}

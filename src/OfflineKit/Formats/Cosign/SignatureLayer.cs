using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Formats.Dsse;
using OfflineKit.Formats.Sigstore;
using OfflineKit.X509;

namespace OfflineKit.Formats.Cosign;

/// <summary>Reads one layer of a signature manifest, with what cosign annotates beside it.</summary>
/// <remarks>
/// Annotations: signature (base64), certificate (PEM), chain (never trust), bundle (the log's promise), rfc3161timestamp.
/// Source: docs/spec/oci-image.md §2.
/// </remarks>
internal static class SignatureLayer
{
    private const string SignatureName = "dev.cosignproject.cosign/signature", Prefix = "dev.sigstore.cosign/", DsseType = "application/vnd.dsse.envelope.v1+json";

    /// <summary>A simple-signing payload with its signature beside it.</summary>
    public static Envelope Signature(OciDescriptor layer, byte[] content)
    {
        RequireType(layer, SimpleSigning.MediaType);
        string base64 = layer.Annotation(SignatureName) ?? throw new MalformedException($"the layer {layer.Digest} has no annotation {SignatureName}");
        byte[] signature = StrictBase64.DecodeWrapped(base64, SignatureName);
        SigstoreBundle bundle = Beside(layer) with { Signature = signature };
        return new ImageSignature(bundle, SimpleSigning.Parse(content), content, layer.Annotation(Prefix + "chain") is { Length: > 0 });
    }

    /// <summary>A DSSE envelope; its statement must name the image.</summary>
    public static Envelope Attestation(OciDescriptor layer, byte[] content)
    {
        RequireType(layer, DsseType);
        DsseEnvelope envelope = DsseEnvelope.Parse(content);
        return envelope.Signatures.Length == 1
            ? new UnnamedImageSignature(new SigstoreEnvelope(Beside(layer) with { Envelope = envelope, Signature = envelope.Signatures[0].Bytes }) { FormatName = ImageSignatures.FormatName })
            : throw new MalformedException($"{envelope.Signatures.Length} signatures, wanted 1");
    }

    /// <summary>A Sigstore bundle; its statement must name the image.</summary>
    public static Envelope Bundle(OciDescriptor layer, byte[] content) =>
        new UnnamedImageSignature(new SigstoreEnvelope(SigstoreBundle.Parse(content)) { FormatName = ImageSignatures.FormatName });

    private static SigstoreBundle Beside(OciDescriptor layer) => new()
    {
        Version = BundleVersion.V01,
        Leaf = layer.Annotation(Prefix + "certificate") is { Length: > 0 } pem ? Certificate.ParsePem(Utf8Text.Encode(pem), "certificate annotation") : null,
        Entries = Json(layer, "bundle") is { } promise ? [LegacyBundle.Promised(promise)] : [],
        Timestamps = Json(layer, "rfc3161timestamp") is { } stamp ? [LegacyBundle.Timestamp(stamp)] : [],
    };

    private static JsonValue? Json(OciDescriptor layer, string name) =>
        layer.Annotation(Prefix + name) is { Length: > 0 } text ? StrictJson.ParseObject(Utf8Text.Encode(text), $"annotation {name}") : null;

    private static void RequireType(OciDescriptor layer, string wanted)
    {
        if (!string.Equals(layer.MediaType, wanted, StringComparison.Ordinal))
        {
            throw new MalformedException($"the layer {layer.Digest} is \"{layer.MediaType}\", wanted \"{wanted}\"");
        }
    }
}

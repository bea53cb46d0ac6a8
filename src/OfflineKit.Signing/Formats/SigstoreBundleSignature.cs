using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Trust;

namespace OfflineKit.Signing.Formats;

/// <summary>Writes Sigstore bundles v0.3 signed by a managed key, without a log entry: they verify offline by the key alone.</summary>
/// <param name="statement">The in-toto statement or payload to carry; null signs the file itself.</param>
/// <remarks>
/// Members are those of the media type's first version, since readers refuse unknown ones. The hint is base64 of SHA-256 of the SPKI, as cosign writes it.
/// Source: docs/spec/sigstore.md.
/// </remarks>
public sealed class SigstoreBundleSignature(DssePayload? statement) : SignatureFormat
{
    private const string MediaType = "application/vnd.dev.sigstore.bundle.v0.3+json";
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly DsseEnvelopeSignature? _envelope = statement is null ? null : new DsseEnvelopeSignature(statement) { WritesKeyId = false };

    /// <inheritdoc/>
    public override string Name => "sigstore";

    /// <inheritdoc/>
    public override string Suffix => ".sigstore.json";

    /// <inheritdoc/>
    public override SignatureScheme? SchemeForRsa => SignatureScheme.RsaPkcs1Sha256;

    /// <inheritdoc/>
    public override ReadingPlan Plan(PublicKey key)
    {
        DigestAlgorithm own = key.Scheme.Digest ?? DigestAlgorithm.Sha256;
        ImmutableArray<DigestAlgorithm> digests = [.. new[] { own, DigestAlgorithm.Sha256 }.Concat(_envelope?.Plan(key).Digests ?? []).Distinct()];
        return new ReadingPlan(digests, Content: _envelope?.Plan(key).Content ?? key.Scheme.Digest is null);
    }

    /// <inheritdoc/>
    public override void Check(SigningKey key, Artifact subject)
    {
        bool isOfBundles = key.PublicKey.Material.Kind != KeyKind.Secp256k1
            && key.PublicKey.Scheme.Label is not ("RSASSA_PKCS1_V1_5_SHA_384" or "RSASSA_PKCS1_V1_5_SHA_512" or "RSASSA_PSS_SHA_384" or "RSASSA_PSS_SHA_512");
        if (!isOfBundles)
        {
            throw SigningReasons.SchemeMismatch.Refusal($"bundles are not signed by {key.PublicKey.Scheme.Label} with a {key.PublicKey.Material.Kind} key");
        }

        _envelope?.Check(key, subject);
    }

    /// <inheritdoc/>
    public override string Describe(SigningKey key, Artifact subject, DateTimeOffset signedAt) =>
        _envelope?.Describe(key, subject, signedAt) ?? $"{key.PublicKey.Scheme.Label} by {key.Reference} over {subject.Digests.First()}";

    /// <inheritdoc/>
    public override async Task<SignedOutput> SignAsync(SigningKey key, Artifact subject, DateTimeOffset signedAt, CancellationToken cancellation)
    {
        if (_envelope is not null)
        {
            SignedOutput envelope = await _envelope.SignAsync(key, subject, signedAt, cancellation).ConfigureAwait(false);
            return new SignedOutput(Bundle(key.PublicKey.Material, "dsseEnvelope", json => json.WriteRawValue(envelope.Content.Span)), envelope.RequestId);
        }

        VerifiedSignature signature = await key.SignSubjectAsync(subject, cancellation).ConfigureAwait(false);
        Digest digest = subject.Digest(key.PublicKey.Scheme.Digest ?? DigestAlgorithm.Sha256)!;
        return new SignedOutput(
            Bundle(key.PublicKey.Material, "messageSignature", json =>
            {
                json.WriteStartObject();
                json.WriteStartObject("messageDigest");
                json.WriteString("algorithm", digest.Algorithm switch { DigestAlgorithm.Sha384 => "SHA2_384", DigestAlgorithm.Sha512 => "SHA2_512", _ => "SHA2_256" });
                json.WriteBase64String("digest", digest.Bytes);
                json.WriteEndObject();
                json.WriteBase64String("signature", SignatureEncoding.Stored(signature));
                json.WriteEndObject();
            }),
            signature.RequestId);
    }

    /// <inheritdoc/>
    public override Expectations Expectations(SigningKey key) => (_envelope?.Expectations(key) ?? OfflineKit.Expectations.None) with { DemandedSigner = DemandedSigner.Key };

    /// <inheritdoc/>
    public override TrustedKey Trusted(SigningKey key, KeyMaterial pinned) => base.Trusted(key, pinned) with { Hints = [] };

    private static byte[] Bundle(KeyMaterial key, string contentName, Action<Utf8JsonWriter> content)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter json = new(text, Plain))
        {
            json.WriteStartObject();
            json.WriteString("mediaType", MediaType);
            json.WriteStartObject("verificationMaterial");
            json.WriteStartObject("publicKey");
            json.WriteString("hint", System.Text.Encoding.ASCII.GetString(StrictBase64.Encode(Digest.Sha256(key.Spki.Span).Bytes)));
            json.WriteEndObject();
            json.WriteEndObject();
            json.WritePropertyName(contentName);
            content(json);
            json.WriteEndObject();
        }

        return text.ToArray();
    }
}

using System.Collections.Immutable;
using System.Text.Json;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Policy;
using OfflineKit.Signing.Instances;
using OfflineKit.Signing.Keyless;
using OfflineKit.Signing.Rekor;
using OfflineKit.Signing.Services;
using OfflineKit.Trust;
using OfflineKit.X509;

namespace OfflineKit.Signing.Formats;

/// <summary>Writes Sigstore bundles v0.3: by a managed key, or by a key that a certificate ties to an identity; with log entries and timestamps where asked.</summary>
/// <param name="statement">The in-toto statement or payload to carry; null signs the file itself.</param>
/// <remarks>
/// Members are those of the media type's first version, since readers refuse unknown ones: one certificate, no chain, no root. The hint of a managed key
/// is base64 of SHA-256 of the SPKI, as cosign writes it. Without witnesses a bundle verifies by the key alone. Source: docs/spec/sigstore.md.
/// </remarks>
internal sealed class SigstoreBundleSignature(DssePayload? statement) : SignatureFormat
{
    private const string MediaType = "application/vnd.dev.sigstore.bundle.v0.3+json";

    private readonly DsseEnvelopeSignature? _envelope = statement is null ? null : new DsseEnvelopeSignature(statement) { WritesKeyId = false };

    /// <summary>Logs and time-stamping authorities that hear of every signature; null asks nobody.</summary>
    public LogAndTimestampServices? LogAndTimestampServices { get; init; }

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
            && key.PublicKey.Scheme.Label is not ("RSASSA_PKCS1_V1_5_SHA_384" or "RSASSA_PKCS1_V1_5_SHA_512" or "RSASSA_PSS_SHA_384" or "RSASSA_PSS_SHA_512" or "ML_DSA_SHAKE_256");
        if (!isOfBundles)
        {
            throw SigningReasons.SchemeMismatch.Refusal($"bundles are not signed by {key.PublicKey.Scheme.Label} with a {key.PublicKey.Material.Kind} key");
        }

        if (key is KeylessKey && LogAndTimestampServices is not { SufficeForCertificates: true })
        {
            throw KeylessReasons.NotVerifiable.Refusal("a certificate lives for minutes: a log entry and, with Rekor v2 or without a log, a timestamp must prove that it signed in time");
        }

        LogAndTimestampServices?.Check(key.PublicKey, _envelope is not null);
        _envelope?.Check(key, subject);
    }

    /// <inheritdoc/>
    public override string Describe(SigningKey key, Artifact subject, DateTimeOffset signedAt) =>
        _envelope?.Describe(key, subject, signedAt) ?? $"{key.PublicKey.Scheme.Label} by {key.Reference} over {subject.Digests.First()}";

    /// <inheritdoc/>
    public override async Task<SignedOutput> SignAsync(SigningKey key, Artifact subject, DateTimeOffset signedAt, CancellationToken cancellation)
    {
        // 1 Whose key is it? 2 Sign. 3 Have it stamped and recorded. 4 Put it together.
        Certificate? certificate = key is KeylessKey keyless ? await keyless.CertificateAsync(cancellation).ConfigureAwait(false) : null;
        (SignedContent signed, string requestId, Action<Utf8JsonWriter> content) = _envelope is null
            ? await MessageAsync(key, subject, cancellation).ConfigureAwait(false)
            : await EnvelopeAsync(_envelope, key, subject, signedAt, cancellation).ConfigureAwait(false);
        signed = signed with { Certificate = certificate };
        Testimony testimony = LogAndTimestampServices is null ? Testimony.None : await LogAndTimestampServices.TestifyAsync(signed, cancellation).ConfigureAwait(false);
        return new SignedOutput(Bundle(signed, testimony, content), requestId);
    }

    /// <inheritdoc/>
    public override Expectations Expectations(SigningKey key) =>
        (_envelope?.Expectations(key) ?? OfflineKit.Expectations.None) with { DemandedSigner = key is KeylessKey ? DemandedSigner.Identity : DemandedSigner.Key };

    /// <inheritdoc/>
    public override TrustStore Trust(SigningKey key, KeyMaterial pinned) => new()
    {
        Keys = key is KeylessKey ? [] : [new TrustedKey("signing key", pinned, "the pinned public key") { Schemes = [key.PublicKey.Scheme] }],
        SigstoreRoots = LogAndTimestampServices is null ? [] : [LogAndTimestampServices.Root],
    };

    /// <inheritdoc/>
    public override SignaturePolicy Policy(SigningKey key)
    {
        Requirement signer = key is KeylessKey
            ? new SignedByDemandedIdentity(TextMatch.Exactly(key.Identity!.Name), TextMatch.Exactly(key.Identity.Issuer))
            : new AnyTrustedKeySigned();
        return new SignaturePolicy(LogAndTimestampServices is null ? [signer] : [signer, LogAndTimestampServices.Requirement]);
    }

    /// <summary>The bundle of an envelope that a managed key has signed already; no log and no authority hears of it.</summary>
    /// <param name="envelope">The envelope, with this one signature.</param>
    /// <param name="signature">The signature as the envelope stores it.</param>
    /// <param name="key">The key that made it.</param>
    internal static ReadOnlyMemory<byte> OfEnvelope(ReadOnlyMemory<byte> envelope, ReadOnlyMemory<byte> signature, PublicKey key) => Bundle(Signed(envelope, signature, key), Testimony.None, envelope);

    /// <summary>The bundle of an envelope that a certified key has signed already, with what <paramref name="services"/> say of it.</summary>
    internal static async Task<ReadOnlyMemory<byte>> OfEnvelopeAsync(
        ReadOnlyMemory<byte> envelope, ReadOnlyMemory<byte> signature, PublicKey key, Certificate certificate, LogAndTimestampServices services, CancellationToken cancellation)
    {
        SignedContent signed = Signed(envelope, signature, key) with { Certificate = certificate };
        return Bundle(signed, await services.TestifyAsync(signed, cancellation).ConfigureAwait(false), envelope);
    }

    private static SignedContent Signed(ReadOnlyMemory<byte> envelope, ReadOnlyMemory<byte> signature, PublicKey key) =>
        new(signature, key, Digest.Of(key.Scheme.Digest ?? DigestAlgorithm.Sha256, OfflineKit.Formats.Dsse.DsseEnvelope.Parse(envelope).SignedBytes)) { Envelope = envelope };

    private static byte[] Bundle(SignedContent signed, Testimony testimony, ReadOnlyMemory<byte> envelope) => Bundle(signed, testimony, json =>
    {
        json.WritePropertyName("dsseEnvelope");
        json.WriteRawValue(envelope.Span);
    });

    private static async Task<(SignedContent, string, Action<Utf8JsonWriter>)> MessageAsync(SigningKey key, Artifact subject, CancellationToken cancellation)
    {
        VerifiedSignature signature = await key.SignSubjectAsync(subject, cancellation).ConfigureAwait(false);
        Digest digest = subject.Digest(key.PublicKey.Scheme.Digest ?? DigestAlgorithm.Sha256)!;
        byte[] stored = SignatureEncoding.Stored(signature);
        return (new SignedContent(stored, key.PublicKey, digest), signature.RequestId, json => json.Object("messageSignature", message =>
        {
            message.Object("messageDigest", hash =>
            {
                hash.WriteString("algorithm", digest.Algorithm switch { DigestAlgorithm.Sha384 => "SHA2_384", DigestAlgorithm.Sha512 => "SHA2_512", _ => "SHA2_256" });
                hash.WriteBase64String("digest", digest.Bytes);
            });
            message.WriteBase64String("signature", stored);
        }));
    }

    private static async Task<(SignedContent, string, Action<Utf8JsonWriter>)> EnvelopeAsync(
        DsseEnvelopeSignature format, SigningKey key, Artifact subject, DateTimeOffset signedAt, CancellationToken cancellation)
    {
        SignedOutput output = await format.SignAsync(key, subject, signedAt, cancellation).ConfigureAwait(false);
        OfflineKit.Formats.Dsse.DsseEnvelope envelope = OfflineKit.Formats.Dsse.DsseEnvelope.Parse(output.Content);
        Digest digest = Digest.Of(key.PublicKey.Scheme.Digest ?? DigestAlgorithm.Sha256, envelope.SignedBytes);
        return (
            new SignedContent(envelope.Signatures[^1].Bytes, key.PublicKey, digest) { Envelope = output.Content },
            output.RequestId,
            json =>
            {
                json.WritePropertyName("dsseEnvelope");
                json.WriteRawValue(output.Content.Span);
            });
    }

    private static byte[] Bundle(SignedContent signed, Testimony testimony, Action<Utf8JsonWriter> content) => JsonText.Object(json =>
    {
        json.WriteString("mediaType", MediaType);
        json.Object("verificationMaterial", material =>
        {
            WriteSigner(material, signed);
            WriteTestimony(material, testimony);
        });
        content(json);
    });

    private static void WriteSigner(Utf8JsonWriter material, SignedContent signed)
    {
        if (signed.Certificate is { } certificate)
        {
            material.Object("certificate", leaf => leaf.WriteBase64String("rawBytes", certificate.Der.Span));
        }
        else
        {
            material.Object("publicKey", key => key.WriteString(
                "hint", System.Text.Encoding.ASCII.GetString(StrictBase64.Encode(Digest.Sha256(signed.Key.Material.Spki.Span).Bytes))));
        }
    }

    private static void WriteTestimony(Utf8JsonWriter material, Testimony testimony)
    {
        if (!testimony.Entries.IsEmpty)
        {
            material.WriteStartArray("tlogEntries");
            foreach (ReadOnlyMemory<byte> entry in testimony.Entries)
            {
                material.WriteRawValue(entry.Span);
            }

            material.WriteEndArray();
        }

        if (!testimony.Timestamps.IsEmpty)
        {
            material.Object("timestampVerificationData", stamps =>
            {
                stamps.WriteStartArray("rfc3161Timestamps");
                foreach (ReadOnlyMemory<byte> stamp in testimony.Timestamps)
                {
                    stamps.WriteStartObject();
                    stamps.WriteBase64String("signedTimestamp", stamp.Span);
                    stamps.WriteEndObject();
                }

                stamps.WriteEndArray();
            });
        }
    }
}

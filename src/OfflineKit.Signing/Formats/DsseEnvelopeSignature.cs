using System.Text.Encodings.Web;
using System.Text.Json;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Formats.Dsse;
using OfflineKit.Trust;

namespace OfflineKit.Signing.Formats;

/// <summary>What a DSSE envelope shall carry.</summary>
internal abstract record DssePayload
{
    private DssePayload()
    {
    }

    /// <summary>An in-toto statement about the subject: its name and digests, and a predicate.</summary>
    /// <param name="PredicateType">What kind of thing is said.</param>
    /// <param name="Predicate">A JSON object; null leaves the member out.</param>
    public sealed record About(string PredicateType, JsonValue? Predicate) : DssePayload;

    /// <summary>An in-toto statement about the subject, spelled by the caller.</summary>
    public sealed record Spelled(ReadOnlyMemory<byte> Statement) : DssePayload;

    /// <summary>The subject's bytes themselves under a payload type.</summary>
    public sealed record Content(string PayloadType) : DssePayload;

    /// <summary>The payload of an envelope that others have signed already; their signatures stay.</summary>
    public sealed record Signed(DsseEnvelope Envelope) : DssePayload;
}

/// <summary>Writes DSSE envelopes: PAE is signed, one signature is added, those of others are kept.</summary>
/// <remarks>Source: docs/spec/dsse.md §2, §3, §10. <c>keyid</c> is the SHA-256 fingerprint of the key in hex, a hint.</remarks>
internal sealed class DsseEnvelopeSignature(DssePayload payload) : SignatureFormat
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The fingerprint is written as <c>keyid</c>; not inside bundles, which have a hint of their own.</summary>
    public bool WritesKeyId { get; init; } = true;

    /// <inheritdoc/>
    public override string Name => "dsse";

    /// <inheritdoc/>
    public override string Suffix => payload is DssePayload.About ? ".intoto.json" : ".dsse.json";

    /// <summary>A statement that is signed as it stands names subjects of its own, and is none of them.</summary>
    public override bool IsDocumentItself => payload is DssePayload.Content { PayloadType: Statement.PayloadType };

    /// <inheritdoc/>
    public override SignatureScheme? SchemeForRsa => SignatureScheme.RsaPkcs1Sha256;

    /// <inheritdoc/>
    public override ReadingPlan Plan(PublicKey key) => payload switch
    {
        DssePayload.Content => ReadingPlan.Whole,
        DssePayload.Signed { Envelope.Statement.Value: { } statement } => ReadingPlan.Of([.. statement.Algorithms.Append(DigestAlgorithm.Sha256).Distinct()]),
        _ => ReadingPlan.Of(DigestAlgorithm.Sha256),
    };

    /// <inheritdoc/>
    public override void Check(SigningKey key, Artifact subject)
    {
        if (key.PublicKey.Material.Kind == KeyKind.Secp256k1)
        {
            throw SigningReasons.SchemeMismatch.Refusal("a secp256k1 key does not sign DSSE envelopes: verifiers refuse it");
        }

        if (key.PublicKey.Material.Kind == KeyKind.Rsa && key.PublicKey.Scheme.Digest != DigestAlgorithm.Sha256)
        {
            throw SigningReasons.SchemeMismatch.Refusal($"{key.PublicKey.Scheme.Label} in a DSSE envelope: verifiers take RSA with SHA-256 only");
        }

        if (payload is DssePayload.Signed { Envelope: { } envelope } && envelope.Signatures.Any(signature => IsBy(key.PublicKey, envelope, signature)))
        {
            throw SigningReasons.UnsuitableSubject.Refusal($"the envelope is signed by sha256:{key.PublicKey.Material.Fingerprint} already");
        }
    }

    /// <inheritdoc/>
    public override string Describe(SigningKey key, Artifact subject, DateTimeOffset signedAt)
    {
        (string type, byte[] body) = Payload(subject);
        return $"{key.PublicKey.Scheme.Label} by {key.Reference} over PAE of {body.Length} bytes of {type}: {System.Text.Encoding.UTF8.GetString(body[..Math.Min(body.Length, 2000)])}";
    }

    /// <inheritdoc/>
    public override async Task<SignedOutput> SignAsync(SigningKey key, Artifact subject, DateTimeOffset signedAt, CancellationToken cancellation)
    {
        (string type, byte[] body) = Payload(subject);
        VerifiedSignature signature = await key.SignMessageAsync(PreAuthenticationEncoding.Of(type, body), cancellation).ConfigureAwait(false);
        return new SignedOutput(Envelope(type, body, WritesKeyId ? key.PublicKey.Material.Fingerprint : "", SignatureEncoding.Stored(signature)), signature.RequestId);
    }

    /// <inheritdoc/>
    public override Expectations Expectations(SigningKey key) => new()
    {
        PayloadType = payload switch
        {
            DssePayload.Content content => content.PayloadType,
            DssePayload.Signed signed => signed.Envelope.PayloadType,
            _ => Statement.PayloadType,
        },
    };

    /// <inheritdoc/>
    public override TrustedKey Trusted(SigningKey key, KeyMaterial pinned) => base.Trusted(key, pinned) with { Hints = [pinned.Fingerprint] };

    private (string Type, byte[] Body) Payload(Artifact subject) => payload switch
    {
        DssePayload.Content content => (content.PayloadType, subject.Content!.Value.ToArray()),
        DssePayload.Signed signed => (signed.Envelope.PayloadType, signed.Envelope.Payload.ToArray()),
        DssePayload.About about => (Statement.PayloadType, StatementOf(subject, about)),
        DssePayload.Spelled spelled => (Statement.PayloadType, spelled.Statement.ToArray()),
        _ => throw new InvalidOperationException("the family of payloads is closed"),
    };

    private static byte[] StatementOf(Artifact subject, DssePayload.About about) => Json(json =>
    {
        json.WriteStartObject();
        json.WriteString("_type", "https://in-toto.io/Statement/v1");
        json.WriteStartArray("subject");
        json.WriteStartObject();
        json.WriteString("name", Path.GetFileName(subject.Name));
        json.WriteStartObject("digest");
        json.WriteString("sha256", subject.Digest(DigestAlgorithm.Sha256)!.Hex);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteString("predicateType", about.PredicateType);
        if (about.Predicate is { } predicate)
        {
            json.WritePropertyName("predicate");
            json.WriteRawValue(predicate.Raw.Span);
        }

        json.WriteEndObject();
    });

    private byte[] Envelope(string type, byte[] body, string keyId, byte[] signature) => Json(json =>
    {
        json.WriteStartObject();
        json.WriteBase64String("payload", body);
        json.WriteString("payloadType", type);
        json.WriteStartArray("signatures");
        foreach (DsseSignature other in payload is DssePayload.Signed signed ? signed.Envelope.Signatures : [])
        {
            WriteSignature(json, other.KeyId, other.Bytes.Span);
        }

        WriteSignature(json, keyId, signature);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void WriteSignature(Utf8JsonWriter json, string keyId, ReadOnlySpan<byte> signature)
    {
        json.WriteStartObject();
        if (keyId.Length > 0)
        {
            json.WriteString("keyid", keyId);
        }

        json.WriteBase64String("sig", signature);
        json.WriteEndObject();
    }

    private static bool IsBy(PublicKey key, DsseEnvelope envelope, DsseSignature signature)
    {
        Result<byte[]> plain = Result.Parse(Reasons.MalformedSignature, () => EcdsaSignature.Plain(key.Material, signature.Bytes.Span, EcdsaEncoding.Der));
        return plain.Value is { } value && key.Verifies(envelope.SignedBytes, value);
    }

    private static byte[] Json(Action<Utf8JsonWriter> write)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter json = new(text, Plain))
        {
            write(json);
        }

        return text.ToArray();
    }
}

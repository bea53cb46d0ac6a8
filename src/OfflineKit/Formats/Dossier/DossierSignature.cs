using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Formats.Minisign;
using OfflineKit.Trust;

namespace OfflineKit.Formats.Dossier;

/// <summary>The signature object of a dossier: three algorithms, all over one payload (<see cref="DossierCoverage"/>).</summary>
/// <remarks>Source: docs/spec/dossier.md §3. Every other member is a claim; <c>public_key</c> and <c>key_id</c> are hints.</remarks>
internal abstract class DossierSignature
{
    /// <summary>The object's algorithm word.</summary>
    public required string Algorithm { get; init; }

    /// <summary>The scheme that a key needs.</summary>
    public abstract SignatureScheme Scheme { get; }

    /// <summary>The key that the document carries; trusted by nobody.</summary>
    public KeyMaterial? EmbeddedKey { get; private init; }

    /// <summary>What the document calls its key: an ARN, free text, or a minisign id.</summary>
    public string? KeyId { get; private init; }

    /// <summary>The claimed signer.</summary>
    public string? SignedBy { get; private init; }

    /// <summary>The claimed time.</summary>
    public string? SignedAt { get; private init; }

    /// <summary>The signature object <paramref name="value"/>.</summary>
    public static DossierSignature Parse(JsonValue value)
    {
        string algorithm = value.String("algorithm"), signature = value.String("signature");
        return algorithm switch
        {
            "ECDSA-SHA-256" => new Kms(StrictBase64.Decode(signature, "signature.signature"))
            {
                Algorithm = algorithm, EmbeddedKey = DossierKey.In(value, SignatureScheme.EcdsaSha256), KeyId = value.OptionalString("key_id"),
                SignedBy = value.OptionalString("signed_by"), SignedAt = value.OptionalString("signed_at"),
            },
            "ed25519" => new Ed25519(StrictBase64.Decode(System.Text.Encoding.UTF8.GetBytes(signature), 64, "signature.signature"))
            {
                Algorithm = algorithm, EmbeddedKey = DossierKey.In(value, SignatureScheme.Ed25519), KeyId = value.OptionalString("key_id"),
                SignedBy = value.OptionalString("signed_by"), SignedAt = value.OptionalString("signed_at"),
            },
            "minisign" => new Minisign(MinisignEnvelope.Parse(Utf8Text.Encode(signature)))
            {
                Algorithm = algorithm, EmbeddedKey = DossierKey.In(value, SignatureScheme.Ed25519), KeyId = value.OptionalString("key_id"),
                SignedBy = value.OptionalString("signed_by"), SignedAt = value.OptionalString("timestamp"),
            },
            _ => throw new MalformedException(
                Reasons.UnsupportedAlgorithm, $"signature.algorithm is \"{algorithm}\", wanted \"ECDSA-SHA-256\", \"ed25519\" or \"minisign\", in exactly this case"),
        };
    }

    /// <summary>Why this kind of signature is refused without looking at keys, or null.</summary>
    public virtual Finding? Judge(Expectations expectations) => null;

    /// <summary>What to know about an accepted legacy mode, or null.</summary>
    public virtual string? LegacyNote => null;

    /// <summary>How the signed bytes are made.</summary>
    public virtual SignatureForm Form => SignatureForm.Separated;

    /// <summary>That the signature is by <paramref name="key"/>, one of <paramref name="candidates"/>, over <paramref name="payload"/>; null when it is not.</summary>
    public abstract KeySignature? By(TrustedKey key, ImmutableArray<TrustedKey> candidates, ReadOnlyMemory<byte> payload);

    /// <summary>The signature is by <paramref name="key"/>, bound to <see cref="Scheme"/>, over <paramref name="payload"/>.</summary>
    public abstract bool Verifies(PublicKey key, ReadOnlySpan<byte> payload);

    private sealed class Kms : DossierSignature
    {
        private readonly byte[] _der;

        public Kms(byte[] der)
        {
            _ = EcdsaSignature.FromDer(der, EllipticCurve.P256);
            _der = der;
        }

        public override SignatureScheme Scheme => SignatureScheme.EcdsaSha256;

        public override KeySignature? By(TrustedKey key, ImmutableArray<TrustedKey> candidates, ReadOnlyMemory<byte> payload) =>
            KeySignature.By(key, candidates, Scheme, SigningInput.Of(payload), EcdsaSignature.FromDer(_der, EllipticCurve.P256));

        // Both curves of this scheme have coordinates of 32 bytes.
        public override bool Verifies(PublicKey key, ReadOnlySpan<byte> payload) => key.Verifies(payload, EcdsaSignature.FromDer(_der, EllipticCurve.P256));
    }

    private sealed class Ed25519(byte[] signature) : DossierSignature
    {
        public override SignatureScheme Scheme => SignatureScheme.Ed25519;

        public override KeySignature? By(TrustedKey key, ImmutableArray<TrustedKey> candidates, ReadOnlyMemory<byte> payload) =>
            KeySignature.By(key, candidates, Scheme, SigningInput.Of(payload), signature);

        public override bool Verifies(PublicKey key, ReadOnlySpan<byte> payload) => key.Verifies(payload, signature);
    }

    private sealed class Minisign(MinisignEnvelope envelope) : DossierSignature
    {
        public override SignatureScheme Scheme => SignatureScheme.Ed25519;

        public override Finding? Judge(Expectations expectations) => envelope.LegacyObjection(expectations);

        public override string? LegacyNote => Judge(Expectations.None) is null ? null : "legacy mode: the signature could also be one over a hash";

        public override SignatureForm Form => SignatureForm.Minisign;

        public override KeySignature? By(TrustedKey key, ImmutableArray<TrustedKey> candidates, ReadOnlyMemory<byte> payload) => envelope.By(key, candidates, payload.Span);

        public override bool Verifies(PublicKey key, ReadOnlySpan<byte> payload) => envelope.IsBy(key, payload);
    }
}

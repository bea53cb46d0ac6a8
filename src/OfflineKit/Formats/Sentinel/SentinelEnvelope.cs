using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Trust;

namespace OfflineKit.Formats.Sentinel;

/// <summary>A policy signature: a key service's signature over the policy's bytes, and metadata that nothing covers.</summary>
/// <remarks>Source: docs/spec/sentinel.md §1–3.</remarks>
internal sealed class SentinelEnvelope : Envelope
{
    private readonly LabelledSignature _signature;
    private readonly string? _keyId, _labelText, _signedAt, _policyHash, _parameter;

    private SentinelEnvelope(JsonValue document, string? parameter)
    {
        JsonValue? metadata = document.Optional("metadata") is null ? null : document.Object("metadata");
        _parameter = parameter;
        _keyId = metadata?.OptionalString("key_id");
        _labelText = metadata?.OptionalString("algorithm");
        _signedAt = metadata?.OptionalString("signed_at");
        _policyHash = metadata?.OptionalString("policy_hash");
        byte[] value = document.Base64("signature");

        // An absent label means the only one that the original writes.
        AlgorithmLabel label = AlgorithmLabel.Parse(_labelText ?? SignatureScheme.RsaPssSha256.Label, "metadata.algorithm");
        _signature = new LabelledSignature(label, label.Encoding, value);
        if (_signedAt is not null)
        {
            Rfc3339.Parse(_signedAt, "metadata.signed_at");
        }
    }

    /// <inheritdoc/>
    public override string Format => "sentinel";

    /// <inheritdoc/>
    public override ImmutableArray<Claim> Claims
    {
        get
        {
            ImmutableArray<Claim> all =
            [
                new("key id", _keyId ?? ""),
                new("algorithm", _labelText ?? ""),
                new("signed at", _signedAt ?? ""),
                new("policy hash", _policyHash ?? ""),
                new("signature parameter", _parameter ?? ""),
                new("policy parameter", _parameter is null ? "" : ParameterName.OfPolicy(_parameter)),
            ];
            return all.RemoveAll(claim => claim.Value.Length == 0);
        }
    }

    /// <summary>The signature in <paramref name="content"/>: the JSON itself in either layout, or the answer of a parameter store that holds it.</summary>
    public static SentinelEnvelope Parse(ReadOnlyMemory<byte> content)
    {
        JsonValue document = StrictJson.ParseObject(content, "policy signature");
        if (document.Optional("Parameter") is null)
        {
            return new SentinelEnvelope(document, parameter: null);
        }

        JsonValue parameter = document.Object("Parameter");
        byte[] value = Utf8Text.Encode(parameter.String("Value"));
        return new SentinelEnvelope(StrictJson.ParseObject(value, "policy signature in Parameter.Value"), parameter.OptionalString("Name") ?? "");
    }

    /// <inheritdoc/>
    public override ImmutableArray<Demand> Answers => [];

    /// <inheritdoc/>
    public override ReadingPlan Plan(VerificationContext context) => _signature.Label.Scheme.Digest switch
    {
        null => ReadingPlan.Whole,
        DigestAlgorithm.Sha256 => ReadingPlan.Of(DigestAlgorithm.Sha256),
        { } other => ReadingPlan.Of(DigestAlgorithm.Sha256, other),
    };

    /// <inheritdoc/>
    public override Proof Verify(Artifact artifact, VerificationContext context)
    {
        // 1 The recorded hash names the accident most exactly, so it comes before the signature; both are always looked at.
        Verification verification = new();
        CheckPolicyHash(artifact, verification);

        // 2 The signature, under a pinned key that the label allows. 3 The key's standing.
        KeySignature? signature = CheckSignature(artifact, context.Trust, verification);
        bool counts = signature is not null && verification.Prove(signature, new SignatureFacts(Format) { ArtifactName = artifact.Name }, context);

        // 4 What follows, if nothing was refused.
        if (counts && verification.IsClean)
        {
            verification.Proved(CoversArtifact.Prove(artifact, artifact.Digest(_signature.Label.Scheme.Digest ?? DigestAlgorithm.Sha256)!));
        }

        Note(signature?.Key, verification);
        return verification.Close();
    }

    private void CheckPolicyHash(Artifact artifact, Verification verification)
    {
        if (_policyHash is not { Length: > 0 } expected)
        {
            verification.NotEvaluated("policy-hash", "the signature file records no policy_hash; the signature covers the same bytes");
            return;
        }

        if (artifact.Digest(DigestAlgorithm.Sha256) is not { } computed)
        {
            verification.NotEvaluated("policy-hash", "the SHA-256 of the policy is not known");
            return;
        }

        // Compared as text: upper case or a "sha256:" prefix is not what the original writes.
        if (string.Equals(expected, computed.Hex, StringComparison.Ordinal))
        {
            verification.Passed("policy-hash", $"SHA-256 {computed.Hex}");
        }
        else
        {
            verification.Failed("policy-hash", SentinelReasons.PolicyHashMismatch.Because($"expected hash {expected}, computed hash {computed.Hex}"));
        }
    }

    private KeySignature? CheckSignature(Artifact artifact, TrustStore trust, Verification verification)
    {
        DigestAlgorithm? wanted = _signature.Label.Scheme.Digest;
        Digest? digest = wanted is { } algorithm ? artifact.Digest(algorithm) : null;
        if (wanted is null ? artifact.Content is null : digest is null)
        {
            verification.Failed("signature", Reasons.DigestOnly.Because($"{_signature.Label.Text} needs the policy itself"));
            return null;
        }

        Result<KeySignature> signer = _signature.Signer(trust, _keyId, digest is null ? SigningInput.Of(artifact.Content!.Value) : SigningInput.Of(digest));
        if (signer.Value is not { } found)
        {
            verification.Failed("signature", signer.Finding!);
            return null;
        }

        verification.Passed("signature", $"{_signature.Label.Text} by key \"{found.Key.Name}\" (sha256:{found.Key.Material.Fingerprint})", found.Key.Root);
        return found;
    }

    private void Note(TrustedKey? key, Verification verification)
    {
        if (key is not null && _keyId is { Length: > 0 } id && !key.Hints.IsEmpty && !key.IsCalled(id))
        {
            verification.Noted("note.key-id", $"the file names key id \"{id}\"; key \"{key.Name}\" is known as {string.Join(", ", key.Hints)}");
        }

        if (key is null && !(_policyHash?.Length > 0))
        {
            verification.Noted("note.sentinel-bytes", "a policy from `policy pull` or through $(cat FILE) does not have the bytes that were signed");
        }

        verification.Noted(
            "note.unsigned-metadata",
            "key_id, algorithm, signed_at and the names are claims: the signature covers the policy's bytes alone, whatever profile or version they are used for");
    }
}

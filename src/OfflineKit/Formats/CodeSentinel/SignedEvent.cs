using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Trust;

namespace OfflineKit.Formats.CodeSentinel;

/// <summary>One signed event: a JSON object that carries its signature, which covers everything but its own value.</summary>
/// <remarks>Source: docs/spec/codesentinel.md §2–4.</remarks>
internal sealed class SignedEvent : Envelope
{
    private readonly JsonValue _signature;
    private readonly SigningProvider _provider;
    private readonly AlgorithmLabel? _label;
    private readonly byte[] _value, _signedBytes;

    private SignedEvent(JsonValue document)
    {
        // 1 The shape: six texts, and something that they are about.
        _signature = document.Object("signature");
        _signature.RefuseOtherMembers("provider", "algorithm", "key_id", "encoding", "value", "signed_at");
        string algorithm = _signature.String("algorithm"), encoding = _signature.String("encoding"), value = _signature.String("value");
        string signedAt = _signature.String("signed_at"), provider = _signature.String("provider");
        _ = _signature.String("key_id");
        Rfc3339.Parse(signedAt, "signature.signed_at");
        if (!signedAt.EndsWith('Z') || document.Members.Length < 2)
        {
            throw new MalformedException(signedAt.EndsWith('Z') ? "the event has no member besides its signature" : $"signature.signed_at: \"{signedAt}\" is not in UTC (Z)");
        }

        // 2 The provider, and what fits it. A simulated value means nothing, whatever it looks like.
        _provider = SigningProvider.Parse(provider);
        bool isSimulated = _provider.Class == ProviderClass.Simulated;
        _label = isSimulated ? null : _provider.Fitting(algorithm, encoding);

        // 3 The value, and what it covers.
        _value = isSimulated ? [] : Decode(value, encoding);
        _signedBytes = CanonicalJson.WriteWithout(document, _signature["value"]);
    }

    /// <inheritdoc/>
    public override string Format => "codesentinel";

    /// <inheritdoc/>
    public override bool NeedsTrust => _provider.Class == ProviderClass.PublicKey;

    /// <inheritdoc/>
    public override ImmutableArray<Claim> Claims =>
        [.. _signature.Members.Where(member => member.Key != "value").Select(member => new Claim(member.Key.Replace('_', ' '), member.Value.Text))];

    /// <inheritdoc/>
    public override OwnContent? OwnContent => OwnContent.Inseparable(CodeSentinelReasons.SeparateArtifact);

    /// <summary>The event in <paramref name="content"/>.</summary>
    public static SignedEvent Parse(ReadOnlyMemory<byte> content) => new(StrictJson.ParseObject(content, "event"));

    /// <inheritdoc/>
    public override ImmutableArray<Demand> Answers => _provider.Class == ProviderClass.Symmetric ? [Demand.Secret] : [];

    /// <inheritdoc/>
    public override ReadingPlan Plan(VerificationContext context) => ReadingPlan.Of(DigestAlgorithm.Sha256);

    /// <inheritdoc/>
    public override Proof Verify(Artifact artifact, VerificationContext context)
    {
        Verification verification = new();
        Examine(artifact, context, verification);
        verification.Noted("note.profile", CodeSentinelFormat.Profile);
        return verification.Close();
    }

    private void Examine(Artifact artifact, VerificationContext context, Verification verification)
    {
        switch (_provider.Class)
        {
            case ProviderClass.PublicKey:
                ExamineSignature(artifact, context, verification);
                break;
            case ProviderClass.Symmetric:
                ExamineMac(context.Expectations.Secrets, verification);
                break;
            case ProviderClass.IntegrityOnly:
                ExamineDigest(verification);
                break;
            default:
                verification.Failed("signature", CodeSentinelReasons.Simulated.Because("provider \"kms\" is a simulation; wanted aws_kms, aws_kms_sdk or azure_kv"));
                break;
        }
    }

    private void ExamineSignature(Artifact artifact, VerificationContext context, Verification verification)
    {
        string keyId = _signature.String("key_id");
        Result<KeySignature> signer = new LabelledSignature(_label!, _label!.Encoding, _value).Signer(context.Trust, keyId, SigningInput.Of(_signedBytes));
        if (signer.Value is not { } signature)
        {
            verification.Failed("signature", signer.Finding!);
            return;
        }

        TrustedKey found = signature.Key;
        verification.Passed("signature", $"{_label.Text} by key \"{found.Name}\" (sha256:{found.Material.Fingerprint}) over the canonical event", found.Root);
        if (!verification.Prove(signature, new SignatureFacts(Format) { ArtifactName = artifact.Name }, context))
        {
            return;
        }

        if (!found.Hints.IsEmpty && !found.IsCalled(keyId))
        {
            verification.Noted("note.key-id", $"the event names key id \"{keyId}\"; key \"{found.Name}\" is known as {string.Join(", ", found.Hints)}");
        }

        verification.Proved(CoversArtifact.Prove(artifact, Digest.Sha256(_signedBytes), "canonical event"));
    }

    private void ExamineMac(ImmutableArray<SharedSecret> secrets, Verification verification)
    {
        if (secrets.IsEmpty)
        {
            verification.Failed("mac", Reasons.MissingSecret.Because($"HMAC under key \"{_signature.String("key_id")}\": not verifiable here"));
        }
        else if (secrets.Any(secret => secret.Authenticates(_signedBytes, _value)))
        {
            verification.Passed("mac", "HMAC-SHA-256 over the canonical event");
            verification.Noted("note.symmetric", "an HMAC is symmetric evidence: whoever can verify it can forge it");
        }
        else
        {
            verification.Failed("mac", Reasons.SignatureMismatch.Because("the HMAC does not fit the event under the given secret"));
        }
    }

    private void ExamineDigest(Verification verification)
    {
        Digest computed = Digest.Sha256(_signedBytes);
        if (computed.Bytes.SequenceEqual(_value))
        {
            verification.Passed("digest", $"SHA-256 {computed.Hex} of the canonical event");
            verification.Noted("note.integrity-only", "a digest proves no signer: whoever changes the event can change the digest too");
        }
        else
        {
            verification.Failed("digest", CodeSentinelReasons.DigestMismatch.Because($"the event carries {StrictHex.Encode(_value)} and has {computed.Hex}"));
        }
    }

    private byte[] Decode(string text, string encoding)
    {
        const string What = "signature.value";
        byte[] value = encoding switch
        {
            "hex" => StrictHex.Decode(text, What),
            "base64url" => StrictBase64.DecodeUrl(text, What),
            _ => StrictBase64.Decode(text, What),
        };
        return _label is not null || value.Length == DigestAlgorithm.Sha256.Size()
            ? value
            : throw new MalformedException($"{What}: {value.Length} bytes, wanted {DigestAlgorithm.Sha256.Size()}");
    }
}

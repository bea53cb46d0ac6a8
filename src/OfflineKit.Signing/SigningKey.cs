using OfflineKit.Crypto;
using OfflineKit.Signing.Keyless;

namespace OfflineKit.Signing;

/// <summary>What a key answered, before anybody believed it.</summary>
/// <param name="Value">The signature: r‖s of fixed width for ECDSA, big-endian of modulus length for RSA, 64 bytes for Ed25519, as they are for ML-DSA.</param>
/// <param name="Scheme">The algorithm that the service says it used; null where services name none (Azure, files).</param>
/// <param name="Reference">The key, with version, that the service says it used; null where it names none.</param>
/// <param name="RequestId">The service's id of this request, for its operators; empty for local keys.</param>
internal sealed record KeyAnswer(ReadOnlyMemory<byte> Value, SignatureScheme? Scheme = null, string? Reference = null, string RequestId = "");

/// <summary>A signature that verified under the key that was asked for.</summary>
/// <param name="Value">In the form of <see cref="KeyAnswer.Value"/>.</param>
/// <param name="Key">The public half that verified it.</param>
/// <param name="RequestId">The service's id of the request; empty for local keys.</param>
internal sealed record VerifiedSignature(ReadOnlyMemory<byte> Value, PublicKey Key, string RequestId);

/// <summary>A key that can be asked to sign, wherever its private half is. It never hands out a signature that does not verify.</summary>
/// <remarks>
/// A new kind of key derives from this, answers the two protected calls, and gets one <see cref="KeySource"/> with one line in <see cref="KnownKeySources"/>.
/// Errors: <see cref="SigningException"/>. No other key, version or algorithm is ever tried after a failure.
/// </remarks>
internal abstract class SigningKey : IAsyncDisposable
{
    /// <summary>A key called <paramref name="uri"/> with the public half that its source reported.</summary>
    /// <param name="uri">What the user wrote.</param>
    /// <param name="publicKey">The public half, bound to the one scheme that will be used.</param>
    /// <param name="reference">The key's full name with alias resolved and version, as it is written into documents.</param>
    protected SigningKey(KeyUri uri, PublicKey publicKey, string reference) => (Uri, PublicKey, Reference) = (uri, publicKey, reference);

    /// <summary>What the user wrote.</summary>
    public KeyUri Uri { get; }

    /// <summary>The public half with its scheme. Reported by the source: <see cref="PinTo"/> compares it with what the user trusts.</summary>
    public PublicKey PublicKey { get; }

    /// <summary>The key's full name with alias resolved and version.</summary>
    public string Reference { get; }

    /// <summary>The public half was derived from a private half that this process holds, so it needs no pin.</summary>
    public virtual bool IsLocal => false;

    /// <summary>The random id of a minisign key; null for other keys.</summary>
    public virtual ulong? MinisignId => null;

    /// <summary>Whom a certificate names as this key's holder, as far as it is known yet; null for keys that stand for themselves.</summary>
    public virtual SignerIdentity? Identity => null;

    /// <summary>Refuses the key unless its public half is <paramref name="pinned"/>; null is enough for local keys only.</summary>
    /// <remarks>Rule S1: what the source returns is compared with the pinned key, SPKI bytes with SPKI bytes, and never replaces it.</remarks>
    public void PinTo(KeyMaterial? pinned)
    {
        if (pinned is null && !IsLocal)
        {
            throw SigningReasons.PinRequired.Refusal($"{Uri} has the public key sha256:{PublicKey.Material.Fingerprint}, which nobody has pinned");
        }

        if (pinned is not null && !pinned.Equals(PublicKey.Material))
        {
            throw SigningReasons.PinMismatch.Refusal(
                $"{Uri} has the public key sha256:{PublicKey.Material.Fingerprint}, pinned is sha256:{pinned.Fingerprint}");
        }
    }

    /// <summary>The key's signature over a message with <paramref name="digest"/>.</summary>
    public async Task<VerifiedSignature> SignDigestAsync(Digest digest, CancellationToken cancellation)
    {
        // Services sign a short "SHA-256" without complaint, so the hash is checked before the call (rule S4).
        if (PublicKey.Scheme.Digest != digest.Algorithm)
        {
            throw SigningReasons.WrongDigest.Refusal($"{PublicKey.Scheme.Label} does not sign a {digest.Algorithm.Name()} digest");
        }

        KeyAnswer answer = await AskAboutDigestAsync(digest, cancellation).ConfigureAwait(false);
        RefuseOtherAnswers(answer);
        return Released(answer, PublicKey.Verifies(digest, answer.Value.Span));
    }

    /// <summary>The key's signature over <paramref name="message"/>: hashed here, unless the scheme takes the message itself.</summary>
    public async Task<VerifiedSignature> SignMessageAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation)
    {
        if (PublicKey.Scheme.Digest is { } algorithm)
        {
            return await SignDigestAsync(Digest.Of(algorithm, message.Span), cancellation).ConfigureAwait(false);
        }

        KeyAnswer answer = await AskAboutMessageAsync(message, cancellation).ConfigureAwait(false);
        RefuseOtherAnswers(answer);
        return Released(answer, PublicKey.Verifies(message.Span, answer.Value.Span));
    }

    /// <summary>The key's signature over <paramref name="subject"/>, which was read with the digest of the scheme, or whole for a scheme that takes the message itself.</summary>
    public Task<VerifiedSignature> SignSubjectAsync(Artifact subject, CancellationToken cancellation) => PublicKey.Scheme.Digest is { } algorithm
        ? SignDigestAsync(subject.Digest(algorithm)!, cancellation)
        : SignMessageAsync(subject.Content!.Value, cancellation);

    /// <summary>Forgets the private half, closes sessions.</summary>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>Asks the key to sign <paramref name="digest"/>, which is of the scheme's hash; ECDSA comes back as r‖s of fixed width.</summary>
    protected abstract Task<KeyAnswer> AskAboutDigestAsync(Digest digest, CancellationToken cancellation);

    /// <summary>Asks the key to sign <paramref name="message"/> itself (Ed25519 and ML-DSA).</summary>
    protected abstract Task<KeyAnswer> AskAboutMessageAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation);

    // Rule S3: the algorithm, key and version that answered are those that were asked.
    private void RefuseOtherAnswers(KeyAnswer answer)
    {
        if (answer.Scheme is { } scheme && scheme != PublicKey.Scheme)
        {
            throw SigningReasons.WrongAnswer.Refusal($"{Uri} answered with {scheme.Label}, wanted {PublicKey.Scheme.Label}");
        }

        if (answer.Reference is { } reference && !string.Equals(reference, Reference, StringComparison.Ordinal))
        {
            throw SigningReasons.WrongAnswer.Refusal($"{Uri}: key \"{reference}\" answered, wanted \"{Reference}\"");
        }
    }

    // Rule S2: the core's mathematics decides, not the service.
    private VerifiedSignature Released(KeyAnswer answer, bool verifies) => verifies
        ? new VerifiedSignature(answer.Value, PublicKey, answer.RequestId)
        : throw SigningReasons.DoesNotVerify.Refusal(
            $"{Uri}: the {answer.Value.Length}-byte signature does not verify under sha256:{PublicKey.Material.Fingerprint} with {PublicKey.Scheme.Label}");
}

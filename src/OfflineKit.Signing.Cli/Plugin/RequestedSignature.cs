using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Signing.Formats;

namespace OfflineKit.Signing.Cli.Plugin;

/// <summary>A bare signature with the hash function that a caller asked for, over the message whose digest it named.</summary>
/// <param name="hash">The hash function that was asked for; pure Ed25519 signs without one.</param>
/// <param name="wanted">The digest that the caller names beside the message; null when it names none.</param>
internal sealed class RequestedSignature(DigestAlgorithm hash, ReadOnlyMemory<byte>? wanted) : SignatureFormat
{
    private readonly KmsSignature _bare = new(KmsForm.Raw);

    /// <summary>The digest that the caller names, to be signed as it is when no message comes with it; null when it names none, or that of the empty message.</summary>
    /// <exception cref="MalformedException">It has not the length of the hash function.</exception>
    public Digest? Alone => wanted is { } bytes && Digest.FromBytes(hash, bytes.Span) is { } digest && !digest.Equals(Digest.Of(hash, [])) ? digest : null;

    /// <inheritdoc/>
    public override string Name => _bare.Name;

    /// <inheritdoc/>
    public override string Suffix => _bare.Suffix;

    /// <inheritdoc/>
    public override SignatureScheme? SchemeForRsa => SignatureScheme.ByLabel($"RSASSA_PKCS1_V1_5_SHA_{hash.Size() * 8}");

    /// <inheritdoc/>
    public override ReadingPlan Plan(PublicKey key) => new([hash], Content: key.Scheme.Digest is null);

    /// <inheritdoc/>
    public override void Check(SigningKey key, Artifact subject)
    {
        if (key.PublicKey.Scheme.Digest is { } own && own != hash)
        {
            throw SigningReasons.SchemeMismatch.Refusal(
                $"{hash.Name()} is asked for, and a {key.PublicKey.Material.Kind} key signs by {key.PublicKey.Scheme.Label} only; cosign always asks for SHA-256: use P-256, Ed25519 or RSA");
        }

        if (key.PublicKey.Scheme.Digest is null && subject.IsDigestOnly)
        {
            throw SigningReasons.SchemeMismatch.Refusal($"a digest came without its message, and {key.PublicKey.Scheme.Label} signs the message itself");
        }

        if (wanted is { } digest && !subject.Digest(hash)!.Bytes.SequenceEqual(digest.Span))
        {
            throw SigningReasons.WrongAnswer.Refusal($"the digest in the request, {StrictHex.Encode(digest.Span)}, is not that of the message, {subject.Digest(hash)!.Hex}");
        }
    }

    /// <inheritdoc/>
    public override string Describe(SigningKey key, Artifact subject, DateTimeOffset signedAt) => _bare.Describe(key, subject, signedAt);

    /// <inheritdoc/>
    public override Task<SignedOutput> SignAsync(SigningKey key, Artifact subject, DateTimeOffset signedAt, CancellationToken cancellation) =>
        _bare.SignAsync(key, subject, signedAt, cancellation);

    /// <inheritdoc/>
    public override Expectations Expectations(SigningKey key) => _bare.Expectations(key);
}

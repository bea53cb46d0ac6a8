using System.Buffers.Binary;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Trust;

namespace OfflineKit.Signing.Formats;

/// <summary>Writes OpenBSD signify's two-line signatures: pure Ed25519 over the file, which is held in memory for it.</summary>
/// <remarks>Source: docs/spec/signify.md.</remarks>
internal sealed class SignifySignature : SignatureFormat
{
    /// <inheritdoc/>
    public override string Name => "signify";

    /// <inheritdoc/>
    public override string Suffix => ".sig";

    /// <inheritdoc/>
    public override ReadingPlan Plan(PublicKey key) => ReadingPlan.Whole;

    /// <inheritdoc/>
    public override void Check(SigningKey key, Artifact subject)
    {
        if (key.PublicKey.Material.Kind != KeyKind.Ed25519)
        {
            throw SigningReasons.SchemeMismatch.Refusal($"signify signatures are Ed25519, the key is {key.PublicKey.Material.Kind}");
        }
    }

    /// <inheritdoc/>
    public override string Describe(SigningKey key, Artifact subject, DateTimeOffset signedAt) =>
        $"Ed25519 by {MinisignPublicKey.Display(MinisignSignature.IdOf(key))} over the file, {subject.Size} bytes";

    /// <inheritdoc/>
    public override async Task<SignedOutput> SignAsync(SigningKey key, Artifact subject, DateTimeOffset signedAt, CancellationToken cancellation)
    {
        VerifiedSignature signature = await key.SignMessageAsync(subject.Content!.Value, cancellation).ConfigureAwait(false);
        byte[] blob = new byte[74];
        "Ed"u8.CopyTo(blob);
        BinaryPrimitives.WriteUInt64LittleEndian(blob.AsSpan(2), MinisignSignature.IdOf(key));
        signature.Value.Span.CopyTo(blob.AsSpan(10));
        return new SignedOutput(
            (byte[])[.. "untrusted comment: signature from signify secret key\n"u8, .. StrictBase64.Encode(blob), .. "\n"u8], signature.RequestId);
    }

    /// <inheritdoc/>
    public override TrustedKey Trusted(SigningKey key, KeyMaterial pinned) =>
        base.Trusted(key, pinned) with { Hints = [MinisignPublicKey.Display(MinisignSignature.IdOf(key))] };
}

using System.Buffers.Binary;
using System.Globalization;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Reporting;
using OfflineKit.Trust;

namespace OfflineKit.Signing.Formats;

/// <summary>Writes minisign signatures, always prehashed, as <c>minisign -S</c> writes them.</summary>
/// <remarks>Source: docs/spec/minisign.md, defaults when writing.</remarks>
internal sealed class MinisignSignature : SignatureFormat
{
    private const int TrustedCommentLimit = 8173, UntrustedCommentLimit = 1003;

    /// <summary>The untrusted comment.</summary>
    public string UntrustedComment { get; init; } = "signature from minisign secret key";

    /// <summary>The trusted comment; null writes <c>timestamp:…	file:…	hashed</c>.</summary>
    public string? TrustedComment { get; init; }

    /// <inheritdoc/>
    public override string Name => "minisign";

    /// <inheritdoc/>
    public override string Suffix => ".minisig";

    /// <summary>The id under which <paramref name="key"/> signs: its own, or for other Ed25519 keys the first 8 bytes of the fingerprint.</summary>
    public static ulong IdOf(SigningKey key) =>
        key.MinisignId ?? BinaryPrimitives.ReadUInt64LittleEndian(Digest.Sha256(key.PublicKey.Material.Spki.Span).Bytes);

    /// <inheritdoc/>
    public override ReadingPlan Plan(PublicKey key) => ReadingPlan.Of(DigestAlgorithm.Blake2b512);

    /// <inheritdoc/>
    public override void Check(SigningKey key, Artifact subject)
    {
        if (key.PublicKey.Material.Kind != KeyKind.Ed25519)
        {
            throw SigningReasons.SchemeMismatch.Refusal($"minisign signatures are Ed25519, the key is {key.PublicKey.Material.Kind}");
        }

        RefuseUnfit(UntrustedComment, UntrustedCommentLimit, "untrusted comment");
        RefuseUnfit(TrustedComment ?? "", TrustedCommentLimit, "trusted comment");
    }

    /// <inheritdoc/>
    public override string Describe(SigningKey key, Artifact subject, DateTimeOffset signedAt) =>
        $"Ed25519 by {MinisignPublicKey.Display(IdOf(key))} over {subject.Digest(DigestAlgorithm.Blake2b512)}, trusted comment \"{Comment(subject, signedAt)}\"";

    /// <inheritdoc/>
    public override async Task<SignedOutput> SignAsync(SigningKey key, Artifact subject, DateTimeOffset signedAt, CancellationToken cancellation)
    {
        byte[] prehash = subject.Digest(DigestAlgorithm.Blake2b512)!.Bytes.ToArray();
        byte[] comment = Utf8Text.Encode(Comment(subject, signedAt));
        VerifiedSignature signature = await key.SignMessageAsync(prehash, cancellation).ConfigureAwait(false);
        VerifiedSignature global = await key.SignMessageAsync((byte[])[.. signature.Value.Span, .. comment], cancellation).ConfigureAwait(false);
        byte[] blob = new byte[74];
        "ED"u8.CopyTo(blob);
        BinaryPrimitives.WriteUInt64LittleEndian(blob.AsSpan(2), IdOf(key));
        signature.Value.Span.CopyTo(blob.AsSpan(10));
        return new SignedOutput(
            (byte[])
            [
                .. "untrusted comment: "u8, .. Utf8Text.Encode(UntrustedComment), .. "\n"u8, .. StrictBase64.Encode(blob), .. "\ntrusted comment: "u8,
                .. comment, .. "\n"u8, .. StrictBase64.Encode(global.Value.Span), .. "\n"u8,
            ],
            signature.RequestId);
    }

    /// <inheritdoc/>
    public override TrustedKey Trusted(SigningKey key, KeyMaterial pinned) =>
        base.Trusted(key, pinned) with { Hints = [MinisignPublicKey.Display(IdOf(key))] };

    private string Comment(Artifact subject, DateTimeOffset signedAt) =>
        TrustedComment ?? string.Create(CultureInfo.InvariantCulture, $"timestamp:{signedAt.ToUnixTimeSeconds()}\tfile:{NameOf(subject)}\thashed");

    // A line end in a name would end the comment.
    private static string NameOf(Artifact subject) => Path.GetFileName(subject.Name) is var name && name.Any(char.IsControl) ? TerminalText.Spell(name, kept: "") : name;

    private static void RefuseUnfit(string comment, int limit, string what)
    {
        if (Utf8Text.Encode(comment).Length > limit || comment.Any(c => char.IsControl(c) && c != '\t'))
        {
            throw SigningReasons.UnsuitableSubject.Refusal($"{what}: longer than {limit} bytes, or a control character in it");
        }
    }
}

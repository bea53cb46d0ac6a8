using System.Buffers.Binary;
using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Trust;

namespace OfflineKit.Formats.Signify;

/// <summary>A signify signature: an unsigned comment, and Ed25519 over the message itself.</summary>
/// <remarks>Shape: <c>Ed</c> ‖ key number 8 ‖ signature 64, in base64. Source: docs/spec/signify.md.</remarks>
internal sealed class SignifyEnvelope : Envelope
{
    private const int SignatureSize = 74, SignatureText = 100;

    private readonly ReadOnlyMemory<byte>? _message;
    private readonly string _comment;
    private readonly ulong _keyNumber;
    private readonly byte[] _signature;

    private SignifyEnvelope(string comment, ReadOnlySpan<byte> blob, ReadOnlyMemory<byte>? message)
    {
        if (!blob.StartsWith("Ed"u8))
        {
            throw new MalformedException(Reasons.UnsupportedAlgorithm, $"algorithm bytes {StrictHex.Encode(blob[..2])} (hex), wanted \"Ed\"");
        }

        _comment = comment;
        _keyNumber = BinaryPrimitives.ReadUInt64LittleEndian(blob.Slice(2, 8));
        _signature = blob[10..].ToArray();
        _message = message;
    }

    /// <inheritdoc/>
    public override string Format => _message is null ? "signify" : "signify-embedded";

    /// <inheritdoc/>
    public override ImmutableArray<Claim> Claims => [new("key number", MinisignPublicKey.Display(_keyNumber)), new("untrusted comment", _comment)];

    /// <inheritdoc/>
    public override ImmutableArray<string> UnsignedTexts => [_comment];

    /// <inheritdoc/>
    public override OwnContent? OwnContent => _message is { } message ? OwnContent.Embedded(message) : null;

    /// <summary>The signature in <paramref name="content"/>: two lines and nothing else.</summary>
    public static SignifyEnvelope ParseDetached(ReadOnlyMemory<byte> content)
    {
        SignifyEnvelope envelope = ParseLines(content.Span, out int end, message: null);
        return end == content.Length ? envelope : throw new MalformedException("signify signature: bytes after the second line");
    }

    /// <summary>The signature and the message in <paramref name="content"/>: everything after the second line feed is signed.</summary>
    public static SignifyEnvelope ParseEmbedded(ReadOnlyMemory<byte> content)
    {
        _ = ParseLines(content.Span, out int end, message: null);
        return ParseLines(content.Span, out _, content[end..]);
    }

    /// <inheritdoc/>
    public override ImmutableArray<Demand> Answers => [];

    /// <inheritdoc/>
    public override ReadingPlan Plan(VerificationContext context) => _message is null ? ReadingPlan.Whole : ReadingPlan.Of(DigestAlgorithm.Sha256);

    /// <inheritdoc/>
    public override Proof Verify(Artifact artifact, VerificationContext context)
    {
        // 1 The keys with its number, which proves nothing and may be shared.
        Verification verification = new();
        string number = MinisignPublicKey.Display(_keyNumber);
        ImmutableArray<TrustedKey> keys = [.. context.Trust.Candidates(SignatureScheme.Ed25519).Where(key => key.IsCalled(number))];
        if (keys.IsEmpty)
        {
            verification.Failed("signature", Reasons.UnknownKey.Because($"the signature was made by key number {number}, which is not trusted{context.Trust.SameKeyElsewhere(number)}"));
            return verification.Close();
        }

        // 2 The message.
        if ((_message ?? artifact.Content) is not { } message)
        {
            return Proof.Refused(Reasons.DigestOnly.Because("a signify signature is verified over the artefact itself"));
        }

        // 3 The signature.
        SigningInput input = SigningInput.Of(message);
        if (keys.Select(key => KeySignature.By(key, keys, SignatureScheme.Ed25519, input, _signature)).FirstOrDefault(made => made is not null) is not { } signature)
        {
            verification.Failed("signature", Reasons.SignatureMismatch.Because($"the signature does not verify under key \"{keys[0].Name}\" ({number})"));
            return verification.Close();
        }

        verification.Passed("signature", $"Ed25519 by key \"{signature.Key.Name}\" ({number})", signature.Key.Root);

        // 4 The key's standing.
        if (!verification.Prove(signature, new SignatureFacts(Format) { Form = SignatureForm.Minisign, ArtifactName = artifact.Name }, context))
        {
            return verification.Close();
        }

        verification.Proved(CoversArtifact.Prove(artifact, Digest.Sha256(message.Span)));
        verification.Noted("note.signify", _message is null
            ? "signify signs the file itself: a prehashed minisign signature can be relabelled into one over the 64 bytes of a hash"
            : $"the signature covers the {message.Length} bytes after the second line, not the comment");
        return verification.Close();
    }

    private static SignifyEnvelope ParseLines(ReadOnlySpan<byte> content, out int end, ReadOnlyMemory<byte>? message)
    {
        LineCursor lines = new(content);
        ReadOnlySpan<byte> comment = lines.TerminatedLine("untrusted comment");
        if (!comment.StartsWith(MinisignPublicKey.CommentPrefix))
        {
            throw new MalformedException("untrusted comment: the line does not begin with \"untrusted comment: \"");
        }

        string text = Utf8Text.Decode(comment[MinisignPublicKey.CommentPrefix.Length..], "untrusted comment");
        byte[] blob = MinisignSignatureLine.Decode(lines.TerminatedLine("signature line"), SignatureText, SignatureSize);
        end = content.Length - lines.Rest.Length;
        return new SignifyEnvelope(text, blob, message);
    }
}

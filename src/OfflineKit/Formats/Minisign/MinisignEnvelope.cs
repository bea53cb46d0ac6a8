using System.Buffers.Binary;
using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Trust;

namespace OfflineKit.Formats.Minisign;

/// <summary>A minisign signature: four lines, two Ed25519 signatures.</summary>
/// <remarks>Source: docs/spec/minisign.md §3–5. The algorithm, the key id and the untrusted comment are covered by nothing.</remarks>
internal sealed class MinisignEnvelope : Envelope
{
    private const int SignatureSize = 74, GlobalSignatureSize = 64, SignatureText = 100, GlobalSignatureText = 88;
    private const int UntrustedCommentLimit = 1003, TrustedCommentLimit = 8173;

    private readonly bool _prehashed;
    private readonly ulong _keyId;
    private readonly byte[] _signature, _globalSignature, _trustedComment;
    private readonly string _untrustedText, _trustedText;

    private MinisignEnvelope(string untrustedText, ReadOnlySpan<byte> signatureBlob, ReadOnlySpan<byte> trustedComment, byte[] globalSignature)
    {
        _untrustedText = untrustedText;
        _prehashed = Mode(signatureBlob[..2]);
        _keyId = BinaryPrimitives.ReadUInt64LittleEndian(signatureBlob.Slice(2, 8));
        _signature = signatureBlob[10..].ToArray();
        _trustedComment = trustedComment.ToArray();
        _trustedText = Utf8Text.DecodePrintable(trustedComment, "trusted comment");
        _globalSignature = globalSignature;
    }

    /// <inheritdoc/>
    public override string Format => "minisign";

    /// <inheritdoc/>
    public override ImmutableArray<Claim> Claims =>
    [
        new("mode", _prehashed ? "prehashed" : "legacy"),
        new("key id", MinisignPublicKey.Display(_keyId)),
        new("untrusted comment", _untrustedText),
        new("trusted comment", _trustedText),
    ];

    /// <summary>The signature in <paramref name="content"/>: four lines and nothing after them but empty lines.</summary>
    public static MinisignEnvelope Parse(ReadOnlySpan<byte> content)
    {
        if (content.Contains((byte)0))
        {
            throw new MalformedException("minisign signature: a NUL byte");
        }

        LineCursor lines = new(content);
        string untrusted = Utf8Text.Decode(
            Comment(lines.TerminatedLine("untrusted comment"), "untrusted comment: "u8, UntrustedCommentLimit), "untrusted comment");
        byte[] signature = MinisignSignatureLine.Decode(lines.TerminatedLine("signature line"), SignatureText, SignatureSize);
        ReadOnlySpan<byte> trusted = Comment(lines.TerminatedLine("trusted comment"), "trusted comment: "u8, TrustedCommentLimit);
        byte[] global = Base64Line(lines.Line("global signature"), GlobalSignatureText, GlobalSignatureSize, "global signature");
        lines.OnlyEmptyLinesFollow("minisign signature");
        return new MinisignEnvelope(untrusted, signature, trusted, global);
    }

    /// <summary>Why the mode is refused, or null: in legacy mode a prehashed signature of M is also a signature of the 64 bytes BLAKE2b(M).</summary>
    internal Finding? LegacyObjection(Expectations expectations) => _prehashed || expectations.AllowLegacyMinisign
        ? null
        : MinisignReasons.LegacyDenied.Because("the algorithm bytes are \"Ed\" (legacy), wanted \"ED\" (prehashed)");

    /// <summary>That both signatures are by <paramref name="key"/>, over <paramref name="content"/> and over the trusted comment; null when they are not.</summary>
    internal KeySignature? By(TrustedKey key, ImmutableArray<TrustedKey> candidates, ReadOnlySpan<byte> content) => key.Under(SignatureScheme.Ed25519) is { } bound && IsBy(bound, content)
        ? KeySignature.By(key, candidates, SignatureScheme.Ed25519, SigningInput.Of(_prehashed ? Digest.Of(DigestAlgorithm.Blake2b512, content).Bytes.ToArray() : content.ToArray()), _signature)
        : null;

    /// <summary>Both signatures are by <paramref name="key"/>, over <paramref name="content"/> and over the trusted comment.</summary>
    internal bool IsBy(PublicKey key, ReadOnlySpan<byte> content) =>
        key.Verifies(_prehashed ? Digest.Of(DigestAlgorithm.Blake2b512, content).Bytes : content, _signature)
        && key.Verifies([.. _signature, .. _trustedComment], _globalSignature);

    /// <inheritdoc/>
    public override ImmutableArray<Demand> Answers => [];

    /// <inheritdoc/>
    public override ReadingPlan Plan(VerificationContext context)
    {
        if (_prehashed)
        {
            return ReadingPlan.Of(DigestAlgorithm.Blake2b512);
        }

        return context.Expectations.AllowLegacyMinisign ? ReadingPlan.Whole : ReadingPlan.Nothing;
    }

    /// <inheritdoc/>
    public override Proof Verify(Artifact artifact, VerificationContext context)
    {
        // 1 The mode.
        if (LegacyObjection(context.Expectations) is { } legacy)
        {
            return Proof.Refused(legacy);
        }

        // 2 The keys with its id: ids are random and prove nothing, so several keys may share one.
        Verification verification = new();
        ImmutableArray<TrustedKey> keys = KeysById(context.Trust, verification);
        if (keys.IsEmpty)
        {
            return verification.Close();
        }

        // 3 The artefact's bytes, or their hash.
        Digest? digest = _prehashed ? artifact.Digest(DigestAlgorithm.Blake2b512) : artifact.Digest(DigestAlgorithm.Sha256);
        if (digest is null || (!_prehashed && artifact.Content is null))
        {
            return Proof.Refused(Reasons.DigestOnly.Because("a minisign signature is verified over the artefact itself"));
        }

        // 4 Both signatures, before anything is reported as proved.
        SigningInput message = SigningInput.Of(_prehashed ? digest.Bytes.ToArray() : artifact.Content!.Value);
        KeySignature? signature = VerifySignatures(keys, message, verification);

        // 5 The key's standing.
        if (signature is not null)
        {
            Conclude(signature, artifact, digest, context, verification);
        }

        return verification.Close();
    }

    private ImmutableArray<TrustedKey> KeysById(TrustStore trust, Verification verification)
    {
        string id = MinisignPublicKey.Display(_keyId);
        ImmutableArray<TrustedKey> minisignKeys = [.. trust.Candidates(SignatureScheme.Ed25519).Where(key => key.Hints.Length > 0)];
        ImmutableArray<TrustedKey> called = [.. minisignKeys.Where(candidate => candidate.IsCalled(id))];
        if (called.IsEmpty)
        {
            string known = minisignKeys.IsEmpty ? "no minisign key is trusted" : "trusted: " + string.Join(", ", minisignKeys.Select(candidate => candidate.Hints[0]));
            verification.Failed("signature", Reasons.UnknownKey.Because($"the signature was made by key id {id}; {known}{trust.SameKeyElsewhere(id)}"));
        }

        return called;
    }

    private KeySignature? VerifySignatures(ImmutableArray<TrustedKey> keys, SigningInput message, Verification verification)
    {
        if (keys.Select(key => KeySignature.By(key, keys, SignatureScheme.Ed25519, message, _signature)).FirstOrDefault(made => made is not null) is not { } signature)
        {
            verification.Failed("signature", Reasons.SignatureMismatch.Because($"the signature does not verify under key \"{keys[0].Name}\" ({keys[0].Hints[0]})"));
            return null;
        }

        TrustedKey key = signature.Key;
        verification.Passed("signature", $"Ed25519 by key \"{key.Name}\" ({key.Hints[0]}), {(_prehashed ? "prehashed" : "legacy")}", key.Root);
        if (!key.Under(SignatureScheme.Ed25519)!.Verifies([.. _signature, .. _trustedComment], _globalSignature))
        {
            verification.Failed("comment", MinisignReasons.CommentMismatch.Because("the global signature does not verify"));
            return null;
        }

        verification.Passed("comment", "the trusted comment is signed", key.Root);
        return signature;
    }

    private void Conclude(KeySignature signature, Artifact artifact, Digest digest, VerificationContext context, Verification verification)
    {
        if (!verification.Prove(signature, new SignatureFacts(Format) { Form = SignatureForm.Minisign, ArtifactName = artifact.Name }, context))
        {
            return;
        }

        verification.Proved(CoversArtifact.Prove(artifact, digest));
        verification.Proved(new TrustedComment(_trustedText));
        NoteOtherName(artifact, verification);
        if (!_prehashed)
        {
            verification.Noted("note.legacy-minisign", "legacy mode: the signature could also be one over a hash");
        }
    }

    // minisign writes "file:NAME" into the comment and never compares it; a difference is worth a note, not a refusal.
    private void NoteOtherName(Artifact artifact, Verification verification)
    {
        string? stated = _trustedText.Split('\t').FirstOrDefault(field => field.StartsWith("file:", StringComparison.Ordinal))?["file:".Length..];
        string given = Path.GetFileName(artifact.Name);
        if (stated is not null && !string.Equals(stated, given, StringComparison.Ordinal))
        {
            verification.Noted("note.file-name", $"the trusted comment names the file {stated}; the file that was verified is called {given}");
        }
    }

    private static bool Mode(ReadOnlySpan<byte> algorithm)
    {
        if (algorithm.SequenceEqual("ED"u8))
        {
            return true;
        }

        return algorithm.SequenceEqual("Ed"u8)
            ? false
            : throw new MalformedException(Reasons.UnsupportedAlgorithm, $"algorithm bytes {StrictHex.Encode(algorithm)} (hex), wanted \"ED\"");
    }

    private static ReadOnlySpan<byte> Comment(ReadOnlySpan<byte> line, ReadOnlySpan<byte> prefix, int limit)
    {
        string name = System.Text.Encoding.ASCII.GetString(prefix[..^2]);
        if (!line.StartsWith(prefix))
        {
            throw new MalformedException($"{name}: the line does not begin with \"{name}: \"");
        }

        return line.Length - prefix.Length <= limit
            ? line[prefix.Length..]
            : throw new MalformedException($"{name}: {line.Length - prefix.Length} bytes, limit {limit}");
    }

    private static byte[] Base64Line(ReadOnlySpan<byte> line, int characters, int size, string what) =>
        line.Length == characters
            ? StrictBase64.Decode(line, size, what)
            : throw new MalformedException($"{what}: {line.Length} characters, wanted {characters}");
}

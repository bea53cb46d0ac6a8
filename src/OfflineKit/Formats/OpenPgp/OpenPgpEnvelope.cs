using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Trust;
using OfflineKit.Trust.OpenPgp;
using Org.BouncyCastle.Bcpg;

namespace OfflineKit.Formats.OpenPgp;

/// <summary>One or several OpenPGP signatures over a file, or over the text that they stand below.</summary>
/// <remarks>Source: RFC 9580 §5.2, §10.4; docs/spec/openpgp.md. The issuer that a signature names is a hint: trust comes from pinned certificates.</remarks>
internal sealed class OpenPgpEnvelope : Envelope
{
    private const int BinaryDocument = 0x00, TextDocument = 0x01, MostSignatures = 64;
    private const string What = "OpenPGP signature";

    private readonly ImmutableArray<(OpenPgpSignature Signature, FramedHash? Frame)> _signatures;
    private readonly ClearSignedText? _text;

    private OpenPgpEnvelope(ReadOnlyMemory<byte> packets, ClearSignedText? text)
    {
        ImmutableArray<Packet> read = OpenPgpPackets.Read(packets, What);
        if (read.IsEmpty || read.Length > MostSignatures || !read.All(packet => packet is SignaturePacket))
        {
            throw new MalformedException($"{What}: {read.Length} packets, wanted 1 to {MostSignatures} signatures and nothing else");
        }

        _text = text;
        _signatures = [.. read.Cast<SignaturePacket>().Select(OpenPgpSignature.Of).Select(signature => (signature, FrameOf(signature, text)))];
    }

    /// <summary>How an armoured signature begins.</summary>
    public static ReadOnlySpan<byte> Begin => "-----BEGIN PGP SIGNATURE-----"u8;

    /// <inheritdoc/>
    public override string Format => _text is null ? OpenPgpFormat.FormatName : "openpgp-clearsigned";

    /// <inheritdoc/>
    public override ImmutableArray<Demand> Answers => [];

    /// <inheritdoc/>
    public override OwnContent? OwnContent => _text is { } text ? OwnContent.Embedded(text.Plain) : null;

    /// <inheritdoc/>
    public override ImmutableArray<Claim> Claims =>
    [
        .. _signatures.SelectMany(pair => (IEnumerable<Claim>)
        [
            .. pair.Signature.IssuerHints.Take(1).Select(hint => new Claim("issuer", hint)),
            new Claim("made at", UtcText.Seconds(pair.Signature.Says.CreatedAt)),
            new Claim("hash", pair.Signature.HashName),
        ]),
    ];

    /// <summary>A signature packet in binary: the tag of type 2, in the old or the new form, and a version that exists.</summary>
    /// <remarks>Source: RFC 9580 §4.2; a bare signature value begins so once in some ten thousand times and is told apart by --format.</remarks>
    public static bool LooksBinary(ReadOnlySpan<byte> content) => content switch
    {
        [0x88, var length, 4, ..] => content.Length >= length + 2,
        [0x89, var high, var low, 4, ..] => content.Length >= (high << 8) + low + 3,
        [0xC2, < 192 and var length, 4 or 6, ..] => content.Length >= length + 2,
        [0xC2, >= 192 and < 224 and var high, var low, 4 or 6, ..] => content.Length >= ((high - 192) << 8) + low + 192 + 3,
        _ => false,
    };

    /// <summary>The signatures in <paramref name="content"/>, armoured or binary.</summary>
    public static OpenPgpEnvelope Parse(ReadOnlyMemory<byte> content) =>
        new(LooksBinary(content.Span) ? content : OpenPgpArmor.Only(content.Span, "PGP SIGNATURE", What).Content, text: null);

    /// <summary>The signatures below <paramref name="text"/>.</summary>
    public static OpenPgpEnvelope Of(ClearSignedText text) => new(text.Signature, text);

    /// <inheritdoc/>
    public override ReadingPlan Plan(VerificationContext context) => ReadingPlan.Of(DigestAlgorithm.Sha256) with
    {
        Framed = _text is null ? [.. _signatures.Select(pair => pair.Frame).OfType<FramedHash>()] : [],
    };

    /// <inheritdoc/>
    public override Proof Verify(Artifact artifact, VerificationContext context)
    {
        Verification verification = new();
        bool known = false;
        foreach ((OpenPgpSignature signature, FramedHash? frame) in _signatures)
        {
            known |= VerifyOne(signature, frame, artifact, context, verification);
        }

        if (!known)
        {
            string issuers = string.Join(", ", _signatures.Select(pair => pair.Signature.IssuerHints.FirstOrDefault() ?? "nobody"));
            verification.Failed("signature", Reasons.UnknownKey.Because($"the signature names {issuers}, which is in no trusted OpenPGP certificate"));
        }

        return verification.Close();
    }

    // True when a trusted certificate holds the key that the signature names, whatever comes of it.
    private bool VerifyOne(OpenPgpSignature signature, FramedHash? frame, Artifact artifact, VerificationContext context, Verification verification)
    {
        // 1 Which trusted key may have made it?
        ImmutableArray<OpenPgpSigner> signers = [.. context.Trust.OpenPgpSigners(signature)];
        if (signers.IsEmpty)
        {
            string issuer = signature.IssuerHints.FirstOrDefault() ?? "nobody";
            verification.NotEvaluated("signature", $"a signature by {issuer}, who is not trusted here");
            return false;
        }

        // 2 Is its hash accepted, and is there something to hash?
        if (signature.Digest is null)
        {
            verification.Failed("signature", AlgorithmReasons.HashNotAccepted.Because($"the signature hashes with {signature.HashName}"));
            return true;
        }

        if (DigestOf(frame, artifact) is not { } digest)
        {
            verification.Failed("signature", Reasons.DigestOnly.Because("an OpenPGP signature is verified over the file itself"));
            return true;
        }

        // 3 Does it verify?
        (OpenPgpSigner Signer, KeySignature? Made) found = signers.Select(signer => (signer, KeySignature.By(signer, digest))).FirstOrDefault(pair => pair.Item2 is not null);
        if (found.Made is not { } made)
        {
            verification.Failed("signature", Reasons.SignatureMismatch.Because($"the signature does not verify under key {signers[0].Key.Key.Fingerprint} of \"{signers[0].Trusted.Name}\""));
            return true;
        }

        verification.Passed("signature", $"{signature.HashName} by key {found.Signer.Key.Key.Fingerprint} of \"{made.Key.Name}\"", made.Key.Root);

        // 4 Do certificate and signature still hold? 5 Does the key count here?
        if (found.Signer.Judge(context.StatedTime) is { } finding)
        {
            verification.Failed("key", finding);
        }
        else if (verification.Prove(made, found.Signer.Facts(Format, artifact.Name), context))
        {
            Covered(artifact, verification);
        }

        return true;
    }

    // What the signature covers is the file, or the text in it.
    private void Covered(Artifact artifact, Verification verification) => verification.Proved(_text is { } text
        ? CoversArtifact.Prove(artifact, Digest.Sha256(text.Plain.Span), "text")
        : CoversArtifact.Prove(artifact, artifact.Digest(DigestAlgorithm.Sha256)!));

    private Digest? DigestOf(FramedHash? frame, Artifact artifact)
    {
        if (frame is null || _text is not { } text)
        {
            return frame is null ? null : artifact.Digest(frame);
        }

        using FramedHasher hasher = frame.Begin();
        hasher.Append(text.Text.Span);
        return hasher.Finish();
    }

    private static FramedHash? FrameOf(OpenPgpSignature signature, ClearSignedText? text)
    {
        if (signature.Type is not (BinaryDocument or TextDocument))
        {
            throw new MalformedException($"{What}: a signature of type 0x{signature.Type:x2}, wanted 0x00 or 0x01 over a file");
        }

        return signature.Digest is { } algorithm
            ? new FramedHash(algorithm, signature.Prefix, signature.Trailer) { IsText = signature.Type == TextDocument && text is null }
            : null;
    }
}

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
    private const int BinaryDocument = 0x00, TextDocument = 0x01, MostSignatures = 64, MostTold = 5;
    private const string What = "OpenPGP signature";

    private readonly ImmutableArray<(OpenPgpSignature Signature, FramedHash? Frame)> _signatures;
    private readonly ClearSignedText? _text;
    private readonly int _unread;

    private OpenPgpEnvelope(ReadOnlyMemory<byte> packets, ClearSignedText? text)
    {
        ImmutableArray<FramedPacket> read = OpenPgpPackets.In(packets, What);
        if (read.IsEmpty || read.Length > MostSignatures || !read.All(packet => packet.Tag == FramedPacket.Signature))
        {
            throw new MalformedException($"{What}: {read.Length} packets, wanted 1 to {MostSignatures} signatures and nothing else");
        }

        // Beside others, a signature of a version or kind to come is one by somebody unknown (RFC 9580 §5.2.1); alone it is refused.
        ImmutableArray<Result<OpenPgpSignature>> signatures = [.. read.Select(packet => Result.Parse(Reasons.MalformedSignature, () => OpenPgpSignature.Of(packet.Body)))];
        _text = text;
        _signatures = [.. signatures.Select(signature => signature.Value).OfType<OpenPgpSignature>().Select(signature => (signature, FrameOf(signature, text)))];
        _unread = signatures.Length - _signatures.Length;
        if (_signatures.IsEmpty)
        {
            throw new MalformedException(signatures[0].Finding!.Reason, signatures[0].Finding!.Detail);
        }
    }

    /// <summary>How an armoured signature begins.</summary>
    public static ReadOnlySpan<byte> Begin => "-----BEGIN PGP SIGNATURE-----"u8;

    /// <inheritdoc/>
    public override string Format => _text is null ? OpenPgpFormat.FormatName : "openpgp-clearsigned";

    /// <inheritdoc/>
    public override ImmutableArray<Demand> Answers => [];

    /// <inheritdoc/>
    public override ImmutableArray<string> UnsignedTexts => _text?.Headers ?? [];

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
        new(content.Span is [>= 0x80, ..] ? content : OpenPgpArmor.Only(content.Span, "PGP SIGNATURE", What).Content, text: null);

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

        NoteUnused(context.Trust, verification);
        if (!known)
        {
            verification.Failed("signature", Unknown(context.Trust));
        }

        return verification.Close();
    }

    private Finding Unknown(TrustStore trust)
    {
        LeftOutCertificate? meant = trust.LeftOut.FirstOrDefault(certificate => _signatures.Any(pair => certificate.IsMeant(pair.Signature.IssuerHints)));
        string issuers = string.Join(", ", _signatures.Select(pair => pair.Signature.IssuerHints.FirstOrDefault() ?? "nobody"));
        return meant is null
            ? Reasons.UnknownKey.Because($"the signature names {issuers}, which is in no trusted OpenPGP certificate")
            : meant.Why with { Detail = $"{meant.InWords}, which the signature names, is left out: {meant.Why.Detail}" };
    }

    private void NoteUnused(TrustStore trust, Verification verification)
    {
        if (_unread > 0)
        {
            verification.Noted("note.other-signer", $"{_unread} signatures of a version or kind that is not known here");
        }

        if (!trust.LeftOut.IsEmpty)
        {
            string first = string.Join("; ", trust.LeftOut.Take(MostTold).Select(certificate => $"{certificate.InWords}: {certificate.Why.Detail}"));
            verification.Noted("note.certificate-left-out", $"{trust.LeftOut.Length} OpenPGP certificates are left out: {first}");
        }

        ImmutableArray<PlacedRevocation> unused = [.. trust.OpenPgp.Unused];
        if (!unused.IsEmpty)
        {
            string names = string.Join("; ", unused.Take(MostTold).Select(revocation => revocation.Signature.IssuerHints.FirstOrDefault() ?? "nobody"));
            verification.Noted("note.revocation-unused", $"{unused.Length} OpenPGP revocations verify under no certificate here; they name {names}");
        }
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
        ImmutableArray<OpenPgpSigner> makers = [.. signers.Where(signer => KeySignature.By(signer, digest) is not null)];
        if (makers.IsEmpty)
        {
            verification.Failed("signature", Reasons.SignatureMismatch.Because($"the signature does not verify under key {signers[0].Key.Key.Fingerprint} of \"{signers[0].Trusted.Name}\""));
            return true;
        }

        // 4 Do certificate and signature still hold? 5 Does the key count here?
        (OpenPgpSigner maker, Finding? finding) = OpenPgpSigner.Standing(makers, context.StatedTime);
        verification.Passed("signature", $"{signature.HashName} by key {maker.Key.Key.Fingerprint} of \"{maker.Trusted.Name}\"", maker.Trusted.Root);
        if (finding is not null)
        {
            verification.Failed("key", finding);
        }
        else if (verification.Prove(KeySignature.By(maker, digest)!, maker.Facts(Format, artifact.Name), context))
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
        return frame is null ? null : _text is { } text ? frame.Of(text.Text.Span) : artifact.Digest(frame);
    }

    private static FramedHash? FrameOf(OpenPgpSignature signature, ClearSignedText? text)
    {
        if (signature.Type is not (BinaryDocument or TextDocument))
        {
            throw new MalformedException($"{What}: a signature of type 0x{signature.Type:x2}, wanted 0x00 or 0x01 over a file");
        }

        return signature.Digest is { } algorithm
            ? new FramedHash(algorithm, signature.Prefix, signature.Trailer) { Content = signature.Type == TextDocument && text is null ? FramedContent.Lines : FramedContent.AsItIs }
            : null;
    }
}

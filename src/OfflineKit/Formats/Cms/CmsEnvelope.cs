using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Timestamping;
using OfflineKit.Trust;
using OfflineKit.X509;

namespace OfflineKit.Formats.Cms;

/// <summary>One or several CMS signatures over a file, or over the content that stands in the message.</summary>
/// <remarks>Source: RFC 5652 §5.4, §5.6, RFC 8551, docs/spec/cms.md. Certificates that came along are worth nothing but as a way to an authority of the caller.</remarks>
internal sealed class CmsEnvelope(CmsMessage message) : Envelope
{
    /// <inheritdoc/>
    public override string Format => message.Content is null ? CmsFormat.FormatName : CmsSignedFormat.FormatName;

    /// <inheritdoc/>
    public override ImmutableArray<Demand> Answers => [Demand.Authority];

    /// <inheritdoc/>
    public override OwnContent? OwnContent => message.Content is { } content ? OwnContent.Embedded(content) : null;

    /// <inheritdoc/>
    public override ImmutableArray<Claim> Claims => [.. message.Signers.Select(signer => new Claim("signer", InWords(signer)))];

    /// <inheritdoc/>
    public override ReadingPlan Plan(VerificationContext context) =>
        ReadingPlan.Of([.. message.Signers.Select(signer => signer.Digest).Prepend(DigestAlgorithm.Sha256).Distinct()]);

    /// <inheritdoc/>
    public override Proof Verify(Artifact artifact, VerificationContext context)
    {
        Verification verification = new();
        PathBudget budget = new();
        Finding? unknown = null;
        bool isKnown = false;
        foreach (SignerInfo signer in message.Signers)
        {
            if (VerifyOne(signer, artifact, context, budget, verification) is { } stranger)
            {
                unknown = stranger.Reason == Reasons.UnknownKey ? unknown ?? stranger : stranger;
                verification.NotEvaluated("signature", stranger.Detail);
            }
            else
            {
                isKnown = true;
            }
        }

        if (!isKnown)
        {
            verification.Failed("signature", unknown!);
        }

        return verification.Close();
    }

    // Null when somebody trusted here may have made it, whatever comes of it; else why nobody did.
    private Finding? VerifyOne(SignerInfo signer, Artifact artifact, VerificationContext context, PathBudget budget, Verification verification)
    {
        // 1 Whose key may it be: that of a certificate under an authority, or one that is pinned?
        CmsSigners signers = new(message, signer, context, budget);
        if (signers.Find() is { } nobody)
        {
            return nobody;
        }

        // 2 Do the signed attributes speak of this content?
        Digest? content = message.Content is { } held ? Digest.Of(signer.Digest, held.Span) : artifact.Digest(signer.Digest);
        if (content is null)
        {
            verification.Failed("signature", Reasons.DigestOnly.Because($"the {signer.Digest.Name()} of the file is not known"));
            return null;
        }

        // 3 Did one of the keys sign the attributes?
        if (signers.Made is not { } made)
        {
            return signers.Refusal is { } refusal ? Failed(verification, refusal) : signers.Stranger;
        }

        if (!signer.Attributes.MessageDigest.AsSpan().SequenceEqual(content.Bytes) || signer.Attributes.ContentType != CmsMessage.ContentType)
        {
            return Failed(verification, Reasons.SignatureMismatch.Because($"\"{made.Key.Name}\" signed {signer.Digest.Name()}:{StrictHex.Encode(signer.Attributes.MessageDigest)}, this is {content}"));
        }

        verification.Passed("signature", $"{made.Scheme.Label} by \"{made.Key.Name}\"{signers.PathInWords}", made.Key.Root);

        // 4 Does the key count here?
        if (verification.Prove(made, new SignatureFacts(Format) { ArtifactName = artifact.Name }, context))
        {
            verification.Proved(CoversArtifact.Prove(artifact, content));
        }

        return null;
    }

    private static Finding? Failed(Verification verification, Finding finding)
    {
        verification.Failed("signature", finding);
        return null;
    }

    private static string InWords(SignerInfo signer) => signer.Issuer is { } issuer
        ? $"certificate {StrictHex.Encode(signer.SerialOrKeyIdentifier)} of \"{issuer}\""
        : $"key identifier {StrictHex.Encode(signer.SerialOrKeyIdentifier)}";
}

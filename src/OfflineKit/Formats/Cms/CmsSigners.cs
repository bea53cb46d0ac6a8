using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Timestamping;
using OfflineKit.Trust;
using OfflineKit.X509;

namespace OfflineKit.Formats.Cms;

/// <summary>Looks for the trusted key that made one CMS signature.</summary>
/// <remarks>Purposes: code signing and e-mail protection (RFC 5280 §4.2.1.12); a certificate that names neither signs no file here.</remarks>
internal sealed class CmsSigners(CmsMessage message, SignerInfo signer, VerificationContext context, PathBudget budget)
{
    private static readonly ImmutableArray<CertificatePurpose> Purposes = [CertificatePurpose.CodeSigning, CertificatePurpose.EmailProtection];

    /// <summary>The signature by the first trusted key that made it; null: none did.</summary>
    public KeySignature? Made { get; private set; }

    /// <summary>Why the signature is false although it names somebody trusted; null: it is not known to be.</summary>
    public Finding? Refusal { get; private set; }

    /// <summary>Why no trusted key made it.</summary>
    public Finding Stranger { get; private set; } = Reasons.UnknownKey.Because("nobody trusted here made the signature");

    /// <summary>How the signer's certificate leads to an authority; empty for a pinned key.</summary>
    public string PathInWords { get; private set; } = "";

    /// <summary>Tries the certificate that the signature names, where the caller names authorities, and else the pinned keys.</summary>
    /// <returns>Why there is nobody to try, or null.</returns>
    public Finding? Find()
    {
        Result<SignatureScheme> scheme = Result.Parse(Reasons.UnsupportedAlgorithm, () => SignatureAlgorithm.ParseInCms(signer.SignatureAlgorithm, signer.Digest));
        if (scheme.Value is not { } known)
        {
            return scheme.Finding;
        }

        Certificate? certificate = message.Certificates.FirstOrDefault(signer.Means);
        if (certificate is not null && !IsBound(certificate))
        {
            Refusal = CmsReasons.CertificateMismatch.Because($"the signed attributes do not mean \"{certificate.Subject}\"");
            return null;
        }

        return !context.Trust.DemandsAuthority ? ByPinned(known, certificate)
            : certificate is null ? CmsReasons.MissingCertificate.Because("an authority was named, and the signer's certificate did not come along")
            : ByAuthority(known, certificate);
    }

    private static Finding Unknown(Certificate? certificate) =>
        Reasons.UnknownKey.Because($"the signer is {(certificate is null ? "not among the certificates that came along" : $"\"{certificate.Subject}\" (key sha256:{certificate.Key.Value?.Fingerprint ?? "unsupported"})")}, who is not trusted here");

    private Finding? ByPinned(SignatureScheme scheme, Certificate? certificate)
    {
        ImmutableArray<TrustedKey> pinned = context.Trust.Candidates(scheme);
        Made = pinned.Select(key => By(key, pinned, scheme)).FirstOrDefault(made => made is not null);
        TrustedKey? named = pinned.FirstOrDefault(key => certificate?.Key.Value?.Equals(key.Material) == true);
        Refusal = Made is null && named is not null ? Reasons.SignatureMismatch.Because($"the signature is not by key \"{named.Name}\", which it names") : null;
        return Made is null && named is null ? Unknown(certificate) : null;
    }

    private Finding? ByAuthority(SignatureScheme scheme, Certificate certificate)
    {
        Result<VerifiedPath> path = Path(certificate);
        if (path.Value is not { } verified)
        {
            return path.Finding;
        }

        TrustedKey key = TrustedAuthority.KeyOf(verified, context.Trust.Authorities);
        key = IsAmongNames(certificate) ? key with { Name = context.Expectations.Identity!, IsNamedByQuestion = context.Expectations.Identity != key.Name } : key;
        PathInWords = $", which leads to \"{verified.Anchor.Subject}\" for {verified.Purpose.Name}";
        Made = By(key, [key], scheme);
        Refusal = Made is null ? Reasons.SignatureMismatch.Because($"the signature is not by the key of \"{certificate.Subject}\" (sha256:{key.Material.Fingerprint})") : null;
        return null;
    }

    private Result<VerifiedPath> Path(Certificate certificate)
    {
        DateTimeOffset time = context.StatedTime ?? throw new ArgumentException("certificates are judged at a stated time", nameof(certificate));
        ImmutableArray<Certificate> anchors = [.. context.Trust.Authorities.Select(authority => authority.Certificate)];
        ImmutableArray<Certificate> between = [.. message.Certificates.Where(other => other.Extensions.BasicConstraints is { IsCa: true })];
        Result<VerifiedPath> best = default;
        foreach (CertificatePurpose purpose in Purposes)
        {
            Result<VerifiedPath> path = CertificatePath.Validate(certificate, between, anchors, time, purpose, budget);
            if (path.Value is not null)
            {
                return path;
            }

            // Of two refusals the one that is not about the purpose says more.
            best = best.Finding is null || best.Finding.Reason == CertificateReasons.WrongPurpose ? path : best;
        }

        return best;
    }

    private KeySignature? By(TrustedKey key, ImmutableArray<TrustedKey> candidates, SignatureScheme scheme) => Result.Parse(
        Reasons.SignatureMismatch, () => new Tried(KeySignature.By(key, candidates, scheme, SigningInput.Of(signer.Attributes.SignedBytes), EcdsaSignature.Plain(key.Material, signer.Signature, EcdsaEncoding.Der)))).Value?.Made;

    private bool IsBound(Certificate certificate) =>
        (signer.Attributes.SigningCertificate?.Means(certificate) ?? true) && (signer.Attributes.SigningCertificateV2?.Means(certificate) ?? true);

    // The caller may ask for any name that the certificate vouches for.
    private bool IsAmongNames(Certificate certificate) => context.Expectations.Identity is { } wanted
        && certificate.Extensions.SubjectAlternativeNames.Any(name => name.Kind is GeneralNameKind.Email or GeneralNameKind.Uri or GeneralNameKind.Dns && name.Text == wanted);

    private sealed record Tried(KeySignature? Made);
}

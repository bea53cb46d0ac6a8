using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.X509;

namespace OfflineKit.Timestamping;

/// <summary>Proof that some bytes existed at a time, by a trusted authority; only verification makes one.</summary>
internal sealed class VerifiedTime
{
    private VerifiedTime(DateTimeOffset time, TimestampAuthority authority, VerifiedPath path) => (Time, Authority, Path) = (time, authority, path);

    /// <summary>The signed time, UTC.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>Who says so.</summary>
    public TimestampAuthority Authority { get; }

    /// <summary>The path from the token's signer to the authority's anchor, valid at that time.</summary>
    public VerifiedPath Path { get; }

    /// <summary>Tries every authority; of several refusals the one that came furthest is kept.</summary>
    internal static Result<VerifiedTime> From(TstInfo info, SignedData data, ImmutableArray<TimestampAuthority> authorities, PathBudget budget)
    {
        Finding best = TimestampReasons.UnknownAuthority.Because(Claim(data));
        int furthest = 0;
        foreach (TimestampAuthority authority in authorities)
        {
            Attempted attempted = Under(authority, info, data, budget);
            if (attempted.Value is { } verified)
            {
                return new Result<VerifiedTime>(verified, Finding: null);
            }

            if (attempted.Step > furthest)
            {
                (best, furthest) = (attempted.Finding!, attempted.Step);
            }
        }

        return new Result<VerifiedTime>(Value: null, best);
    }

    private static Attempted Under(TimestampAuthority authority, TstInfo info, SignedData data, PathBudget budget)
    {
        // 1 The signer's certificate: of the trust root, or embedded and issued under an authority's name.
        ImmutableArray<Certificate> named = Candidates(authority, data);
        if (named.IsEmpty)
        {
            bool isNamed = data.Signer.Issuer is { } issuer && authority.Names(issuer);
            return isNamed
                ? new Attempted(1, TimestampReasons.MissingSigner.Because($"{Claim(data)}; {authority.Name} is known by that issuer"))
                : new Attempted(0, TimestampReasons.UnknownAuthority.Because(Claim(data)));
        }

        // 2 The one that the signed attributes bind.
        if (named.FirstOrDefault(certificate => IsBound(certificate, data.Signer.Attributes)) is not { } signer)
        {
            return new Attempted(2, TimestampReasons.SigningCertificateMismatch.Because($"the signed attributes do not mean \"{named[0].Subject}\""));
        }

        // 3 The signature over the attributes.
        if (SignatureObjection(signer, data.Signer) is { } forged)
        {
            return new Attempted(3, forged);
        }

        // 4 The path at the signed time; intermediates come from the trust root alone.
        Result<VerifiedPath> path = CertificatePath.Under(
            authority.Chain, authority.Linked, signer, info.Time, CertificatePurpose.TimeStamping, budget);
        if (path.Value is not { } verified)
        {
            return new Attempted(4, path.Finding!.Reason.Because($"timestamp of {authority.Name}: {path.Finding.Detail}"));
        }

        // 5 The authority's window and its name.
        return StandingObjection(authority, signer, info) is { } finding
            ? new Attempted(5, finding)
            : new Attempted(new VerifiedTime(info.Time, authority, verified));
    }

    private static ImmutableArray<Certificate> Candidates(TimestampAuthority authority, SignedData data) =>
    [
        .. authority.Chain.Where(data.Signer.Means),
        .. data.Certificates.Where(certificate => data.Signer.Means(certificate) && authority.Names(certificate.Issuer)),
    ];

    private static bool IsBound(Certificate certificate, SignedAttributes attributes) =>
        (attributes.SigningCertificate?.Means(certificate) ?? true) && (attributes.SigningCertificateV2?.Means(certificate) ?? true);

    private static Finding? SignatureObjection(Certificate certificate, SignerInfo signer)
    {
        Result<SignatureScheme> scheme = Result.Parse(
            Reasons.UnsupportedAlgorithm, () => SignatureAlgorithm.ParseInCms(signer.SignatureAlgorithm, signer.Digest));
        if (scheme.Value is null)
        {
            return scheme.Finding!.Reason.Because($"timestamp: {scheme.Finding.Detail}");
        }

        if (certificate.Under(scheme.Value) is not { } key)
        {
            return CertificateReasons.UnsupportedSignature.Because(
                $"timestamp: the key of \"{certificate.Subject}\" does not carry {scheme.Value}{(certificate.Key.Finding is { } finding ? ": " + finding.Detail : string.Empty)}");
        }

        Result<PublicKey> verified = Result.Parse(
            TimestampReasons.SignatureMismatch,
            () => SignatureAlgorithm.Verifies(key, signer.Attributes.SignedBytes, signer.Signature)
                ? key
                : throw new MalformedException($"the signature is not by the key of \"{certificate.Subject}\" (SHA-256 {certificate.Fingerprint})"));
        return verified.Finding;
    }

    private static Finding? StandingObjection(TimestampAuthority authority, Certificate signer, TstInfo info)
    {
        if (!authority.Validity.Contains(info.Time))
        {
            return TimestampReasons.OutsideWindow.Because(
                $"{authority.Name} is trusted {authority.Validity}, not at {UtcText.Exact(info.Time)}");
        }

        return info.Authority is { } name && !IsNameOf(signer, name)
            ? TimestampReasons.AuthorityNameMismatch.Because($"the timestamp names \"{name.Text}\", its signer is \"{signer.Subject}\"")
            : null;
    }

    private static bool IsNameOf(Certificate signer, GeneralName name) =>
        (name.DirectoryName is { } directory && directory.Equals(signer.Subject))
        || signer.Extensions.SubjectAlternativeNames.Any(own => own.Kind == name.Kind && own.Value.Span.SequenceEqual(name.Value.Span));

    private static string Claim(SignedData data) => data.Signer.Issuer is { } issuer
        ? $"the token's signer is certificate {StrictHex.Encode(data.Signer.SerialOrKeyIdentifier)} (hex) of \"{issuer}\""
        : $"the token's signer has key identifier {StrictHex.Encode(data.Signer.SerialOrKeyIdentifier)} (hex)";

    // How far an attempt came, and what stopped it.
    private sealed record Attempted(int Step, Finding? Finding)
    {
        public Attempted(VerifiedTime value)
            : this(Step: 6, Finding: null) => Value = value;

        public VerifiedTime? Value { get; }
    }
}

using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Transparency;
using OfflineKit.Trust;
using OfflineKit.X509;

namespace OfflineKit.Formats.Sigstore;

/// <summary>Verifies a signing certificate under one trusted root: path, certificate transparency, identity.</summary>
/// <remarks>Source: docs/spec/sigstore.md §8, §9, §12.</remarks>
internal static class CertificateVerification
{
    /// <summary>A path that holds at every one of <paramref name="times"/>, or null.</summary>
    public static VerifiedPath? Path(
        Certificate leaf, SigstoreTrustedRoot root, ImmutableArray<DateTimeOffset> times, PathBudget budget, Verification verification)
    {
        Finding? best = null;
        foreach (CertificateAuthority authority in root.CertificateAuthorities)
        {
            Result<VerifiedPath> path = PathUnder(authority, leaf, times, budget);
            if (path.Value is { } verified)
            {
                verification.Passed("certificate-path", $"issued by \"{verified.Issuer.Subject}\", valid at {times.Length} verified times", root.Name);
                return verified;
            }

            best = CertificateReasons.Better(best, path.Finding!);
        }

        verification.Failed("certificate-path", best ?? CertificateReasons.UntrustedIssuer.Because($"{root.Name} lists no certificate authority"));
        return null;
    }

    /// <summary>No certificate of <paramref name="path"/>, and no key in one, was revoked for one of <paramref name="times"/>.</summary>
    /// <remarks>The times come from logs and authorities that are not revoked themselves.</remarks>
    public static void Standing(VerifiedPath path, ImmutableArray<DateTimeOffset> times, RevocationList revoked, Verification verification)
    {
        foreach (Certificate certificate in path.Certificates)
        {
            KeyStatus status = revoked.Of(certificate);
            string holder = $"certificate {(certificate.Subject.ToString() is { Length: > 0 } subject ? $"\"{subject}\"" : "of the signer")} (sha256:{certificate.Fingerprint})";
            if (times.Select(time => status.Judge(holder, time)).FirstOrDefault(found => found is not null) is { } finding)
            {
                verification.Failed("certificate-status", finding);
            }
            else if (status.Remark(holder, times.Max()) is { } remark)
            {
                verification.Noted(remark.Code, remark.Text);
            }
        }
    }

    /// <summary>A certificate transparency log of the root vouches for the certificate at the head of <paramref name="path"/>.</summary>
    public static void Transparency(VerifiedPath path, SigstoreTrustedRoot root, RevocationList revoked, Verification verification)
    {
        Result<VerifiedPromises> promises = SctList.Verify(path.Leaf, path.Issuer.SubjectPublicKeyInfo, root.CertificateLogs);
        if (promises.Value is not { } verified)
        {
            verification.Failed("sct", promises.Finding!);
            return;
        }

        foreach (VerifiedPromise promise in verified.Promises)
        {
            if (revoked.WitnessObjection(promise.Log.BaseUrl, promise.Log.Key.Material.Fingerprint) is { } finding)
            {
                verification.Failed("sct", finding);
                continue;
            }

            verification.Passed("sct", $"{promise.Log.BaseUrl} saw the certificate at {UtcText.Seconds(promise.Time)}", root.Name);
        }
    }

    /// <summary>Records who signed by <paramref name="algorithm"/>, as the certificate says.</summary>
    public static void Identity(Certificate leaf, string algorithm, SigstoreTrustedRoot root, Verification verification)
    {
        Result<FulcioIdentity> parsed = Result.Parse(SigstoreReasons.NoIdentity, () => FulcioIdentity.Of(leaf));
        if (parsed.Value is not { } identity)
        {
            verification.Failed("identity", SigstoreReasons.NoIdentity.Because(parsed.Finding!.Detail));
            return;
        }

        verification.Passed("identity", $"{identity.Name}, vouched for by {identity.Issuer}", root.Name);
        foreach ((string name, string value) in identity.Extensions)
        {
            verification.Passed("certificate-fact", $"{name} = {value}", root.Name);
        }

        verification.Proved(new SignedByIdentity(identity.Name, identity.Issuer, algorithm, identity.Extensions, root.Name));
    }

    private static Result<VerifiedPath> PathUnder(CertificateAuthority authority, Certificate leaf, ImmutableArray<DateTimeOffset> times, PathBudget budget)
    {
        Result<VerifiedPath> path = default;
        foreach (DateTimeOffset time in times)
        {
            path = CertificatePath.Validate(leaf, authority.Intermediates, [authority.Anchor], time, CertificatePurpose.CodeSigning, budget);
            if (path.Value is not null && !authority.Validity.Contains(time))
            {
                path = new Result<VerifiedPath>(Value: null, SigstoreReasons.AuthorityWindow.Because(
                    $"{authority.Uri} is trusted {authority.Validity}, not at {UtcText.Seconds(time)}"));
            }

            if (path.Value is null)
            {
                return path;
            }
        }

        return path;
    }
}

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
    /// <summary>The path at every one of <paramref name="times"/>, under one authority; empty when none holds at all of them.</summary>
    public static ImmutableArray<VerifiedPath> Paths(
        Certificate leaf, SigstoreTrustedRoot root, ImmutableArray<DateTimeOffset> times, PathBudget budget, Verification verification)
    {
        Finding? best = null;
        foreach (CertificateAuthority authority in root.CertificateAuthorities)
        {
            ImmutableArray<VerifiedPath> paths = PathsUnder(authority, leaf, times, budget, out Finding? refusal);
            if (refusal is null)
            {
                verification.Passed("certificate-path", $"issued by \"{paths[0].Issuer.Subject}\", valid at {times.Length} verified times", root.Name);
                return paths;
            }

            best = CertificateReasons.Better(best, refusal);
        }

        verification.Failed("certificate-path", best ?? CertificateReasons.UntrustedIssuer.Because($"{root.Name} lists no certificate authority"));
        return [];
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
            if (revoked.JudgeWitness(promise.Log.Name, promise.Log.Key.Material) is { } finding)
            {
                verification.Failed("sct", finding);
                continue;
            }

            verification.Passed("sct", $"{promise.Log.Name} saw the certificate at {UtcText.Seconds(promise.Time)}", root.Name);
        }
    }

    /// <summary>Records who signed, as the certificate says, when no certificate of <paramref name="paths"/> was revoked for its time.</summary>
    /// <remarks>The times come from logs and authorities that are not revoked themselves.</remarks>
    public static void Identity(CertificateSignature signature, ImmutableArray<VerifiedPath> paths, SigstoreTrustedRoot root, RevocationList revoked, Verification verification)
    {
        Result<SignedByIdentity> proved = SignedByIdentity.Prove(signature, paths, root.Name, revoked);
        if (proved.Value is not { } identity)
        {
            verification.Failed(proved.Finding!.Reason == SigstoreReasons.NoIdentity ? "identity" : "certificate-status", proved.Finding);
            return;
        }

        foreach (Remark remark in revoked.Remarks(paths.MaxBy(path => path.Time)!))
        {
            verification.Noted(remark.Code, remark.Text);
        }

        verification.Passed("identity", $"{identity.Identity}, vouched for by {identity.Issuer}", root.Name);
        foreach ((string name, string value) in identity.Extensions)
        {
            verification.Passed("certificate-fact", $"{name} = {value}", root.Name);
        }

        verification.Proved(identity);
    }

    private static ImmutableArray<VerifiedPath> PathsUnder(
        CertificateAuthority authority, Certificate leaf, ImmutableArray<DateTimeOffset> times, PathBudget budget, out Finding? refusal)
    {
        var paths = ImmutableArray.CreateBuilder<VerifiedPath>();
        foreach (DateTimeOffset time in times)
        {
            Result<VerifiedPath> path = CertificatePath.Under(authority.Chain, authority.Linked, leaf, time, CertificatePurpose.CodeSigning, budget);
            refusal = path.Finding ?? (authority.Validity.Contains(time)
                ? null
                : SigstoreReasons.AuthorityWindow.Because($"{authority.Uri} is trusted {authority.Validity}, not at {UtcText.Seconds(time)}"));
            if (refusal is not null)
            {
                return [];
            }

            paths.Add(path.Value!);
        }

        refusal = null;
        return paths.ToImmutable();
    }
}

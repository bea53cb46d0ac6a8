using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Formats.Sigstore;
using OfflineKit.Transparency;
using OfflineKit.Trust;
using OfflineKit.X509;

namespace OfflineKit.Signing.Keyless;

/// <summary>Judges a new certificate before anything is signed with its key.</summary>
internal static class IssuedCertificate
{
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    /// <summary>Refuses <paramref name="leaf"/> unless it is for this key and identity, and holds under <paramref name="root"/> now.</summary>
    /// <param name="leaf">What the authority sent.</param>
    /// <param name="key">The key that was made for it.</param>
    /// <param name="wanted">Name and issuer that it must carry.</param>
    /// <param name="root">The instance's authorities and logs.</param>
    /// <param name="now">The clock.</param>
    public static SignerIdentity Check(Certificate leaf, KeyMaterial key, SignerIdentity wanted, SigstoreTrustedRoot root, DateTimeOffset now)
    {
        // 1 It is for our key.
        if (!leaf.SubjectPublicKeyInfo.Span.SequenceEqual(key.Spki.Span))
        {
            throw KeylessReasons.WrongCertificate.Refusal($"it is for the key sha256:{Digest.Sha256(leaf.SubjectPublicKeyInfo.Span).Hex}, wanted sha256:{key.Fingerprint}");
        }

        // 2 It names whoever asked, and who vouched.
        Result<FulcioIdentity> named = Result.Parse(KeylessReasons.WrongCertificate, () => FulcioIdentity.Of(leaf));
        FulcioIdentity identity = named.Value ?? throw new SigningException(named.Finding!);
        if (identity.Name != wanted.Name || identity.Issuer != wanted.Issuer)
        {
            throw KeylessReasons.WrongCertificate.Refusal($"it names \"{identity.Name}\" (issuer \"{identity.Issuer}\"), wanted \"{wanted.Name}\" (issuer \"{wanted.Issuer}\")");
        }

        // 3 An authority of the root issued it, and it is valid now. A clock that is a little behind the authority's is no fault.
        bool isAhead = now < leaf.Validity.From && leaf.Validity.From - now <= ClockSkew;
        VerifiedPath path = PathUnder(root, leaf, isAhead ? leaf.Validity.From!.Value : now);

        // 4 A certificate transparency log of the root saw it.
        if (root.Profile == InstanceProfile.PublicGood)
        {
            Result<VerifiedPromises> seen = SctList.Verify(leaf, path.Issuer.SubjectPublicKeyInfo, root.CertificateLogs);
            if (seen.Finding is { } refusal)
            {
                throw KeylessReasons.UntrustedCertificate.Refusal($"{refusal.Reason.Code}: {refusal.Detail}");
            }
        }

        return wanted with { Certificate = leaf.Fingerprint };
    }

    private static VerifiedPath PathUnder(SigstoreTrustedRoot root, Certificate leaf, DateTimeOffset time)
    {
        Finding? best = null;
        ImmutableArray<CertificateAuthority> valid = [.. root.CertificateAuthorities.Where(authority => authority.Validity.Contains(time))];
        foreach (CertificateAuthority authority in valid)
        {
            Result<VerifiedPath> path = CertificatePath.Under(authority.Chain, authority.Linked, leaf, time, CertificatePurpose.CodeSigning, new PathBudget { Intermediates = 2 });
            if (path.Value is { } verified)
            {
                return verified;
            }

            best ??= path.Finding;
        }

        throw KeylessReasons.UntrustedCertificate.Refusal(best is null ? $"{root.Name} lists no certificate authority that is trusted now" : $"{best.Reason.Code}: {best.Detail}");
    }
}

using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Trust;
using OfflineKit.X509;

namespace OfflineKit.Exports;

/// <summary>The certificates that an export carries: the key of one that leads to an authority of the caller counts for this export.</summary>
/// <remarks>
/// The certificates themselves are worth nothing: they are looked at only when the caller named an authority, and every path must end there.
/// Shape: PEM, at most 32 certificates, in any order; those that are no authority are leaves, the others may stand between. Source: docs/spec/kit.md §6.
/// </remarks>
internal static class EmbeddedCertificates
{
    private const int MostCertificates = 32;

    /// <summary>The keys that the certificates at <paramref name="path"/> bring; a finding at <paramref name="step"/> when authorities were named and none leads to one.</summary>
    public static ImmutableArray<TrustedKey> Keys(string step, string path, ExportVerification export)
    {
        TrustStore trust = export.Request.Context.Trust;
        if (!trust.DemandsAuthority)
        {
            return [];
        }

        if (export.Inventory.Control(path) is not { } content)
        {
            export.Found.Failed(step, CertificateReasons.UntrustedIssuer.Because($"an authority was named, and there is no {path} that could lead to it"));
            return [];
        }

        Result<List<Certificate>> parsed = Result.Parse(CertificateReasons.Malformed, () => Parse(content.Span, path));
        if (parsed.Value is { } certificates)
        {
            return Keys(step, certificates, export);
        }

        export.Found.Failed(step, parsed.Finding!);
        return [];
    }

    private static ImmutableArray<TrustedKey> Keys(string step, List<Certificate> certificates, ExportVerification export)
    {
        TrustStore trust = export.Request.Context.Trust;
        DateTimeOffset time = export.Request.Context.StatedTime ?? throw new ArgumentException("certificates are judged at a stated time", nameof(export));
        ImmutableArray<Certificate> anchors = [.. trust.Authorities.Select(authority => authority.Certificate)];
        ImmutableArray<Certificate> issuers = [.. certificates.Where(IsAuthority)];
        PathBudget budget = new();
        List<TrustedKey> keys = [];
        Finding? best = null;
        foreach (Certificate leaf in certificates.Where(certificate => !IsAuthority(certificate)))
        {
            Result<VerifiedPath> path = CertificatePath.Validate(leaf, issuers, anchors, time, CertificatePurpose.CodeSigning, budget);
            Finding? finding = path.Finding ?? leaf.Key.Finding;
            if (finding is null)
            {
                keys.Add(TrustedAuthority.KeyOf(path.Value!, trust.Authorities));
                export.Found.Passed(step, $"\"{leaf.Subject}\" (sha256:{keys[^1].Material.Fingerprint}) leads to \"{path.Value!.Anchor.Subject}\"", keys[^1].Root);
            }
            else
            {
                best = CertificateReasons.Better(best, finding);
            }
        }

        if (keys.Count == 0)
        {
            export.Found.Failed(step, best ?? CertificateReasons.UntrustedIssuer.Because("the export carries no signer's certificate"));
        }

        return [.. keys];
    }

    private static bool IsAuthority(Certificate certificate) => certificate.Extensions.BasicConstraints is { IsCa: true };

    private static List<Certificate> Parse(ReadOnlySpan<byte> text, string path)
    {
        List<Certificate> certificates = [];
        foreach (Pem block in Pem.ParseAll(text, MostCertificates, path))
        {
            certificates.Add(block.Label == "CERTIFICATE"
                ? Certificate.Parse(block.Content)
                : throw new MalformedException(CertificateReasons.Malformed, $"{path}: PEM block {block.Label}, wanted CERTIFICATE"));
        }

        return certificates;
    }
}

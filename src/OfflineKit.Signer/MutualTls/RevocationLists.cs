using System.Collections.Immutable;
using System.Security.Cryptography.X509Certificates;
using OfflineKit.Signer.Configuration;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.Security.Certificates;
using Org.BouncyCastle.X509;
using BouncyCertificate = Org.BouncyCastle.X509.X509Certificate;

namespace OfflineKit.Signer.MutualTls;

/// <summary>Lists of revoked certificates, from files that somebody keeps current.</summary>
/// <param name="configuration">Where they are, and how old they may be.</param>
/// <remarks>Source: RFC 5280 §5; read and verified by BouncyCastle.</remarks>
internal sealed class RevocationLists(MutualTlsConfiguration configuration)
{
    /// <summary>Why a chain does not count, in one word, or null. Every certificate but the root must be judged by a list of its issuer.</summary>
    /// <param name="chain">Leaf first, root last.</param>
    /// <param name="now">The time.</param>
    public string? Objection(ImmutableArray<X509Certificate2> chain, DateTimeOffset now)
    {
        if (configuration.Revocation == RevocationCheck.NotChecked)
        {
            return null;
        }

        ImmutableArray<X509Crl> lists = [.. configuration.RevocationLists.Select(Read).OfType<X509Crl>()];
        for (int at = 0; at < chain.Length - 1; at++)
        {
            if (Objection(Parsed(chain[at]), Parsed(chain[at + 1]), lists, now) is { } objection)
            {
                return objection;
            }
        }

        return null;
    }

    private string? Objection(BouncyCertificate certificate, BouncyCertificate issuer, ImmutableArray<X509Crl> lists, DateTimeOffset now)
    {
        bool isJudged = false;
        foreach (X509Crl list in lists.Where(list => list.IssuerDN.Equivalent(issuer.SubjectDN, inOrder: true) && IsBy(list, issuer)))
        {
            if (list.IsRevoked(certificate))
            {
                return "certificate_revoked";
            }

            isJudged |= now.UtcDateTime - list.ThisUpdate <= configuration.RevocationListAge && list.ThisUpdate <= now.UtcDateTime;
        }

        return isJudged ? null : "certificate_revocation_unknown";
    }

    private static bool IsBy(X509Crl list, BouncyCertificate issuer)
    {
        try
        {
            list.Verify(issuer.GetPublicKey());
            return true;
        }
        catch (GeneralSecurityException)
        {
            return false;
        }
    }

    // A list that cannot be read judges nothing, and what nothing judges is refused.
    private static X509Crl? Read(string path)
    {
        try
        {
            return new X509CrlParser().ReadCrl(InputFile.ReadAll(path, OfflineKit.Limits.SignatureFile, "list of revoked certificates"));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or UsageException or InputTooLargeException or CrlException)
        {
            return null;
        }
    }

    private static BouncyCertificate Parsed(X509Certificate2 certificate) => new(certificate.RawData);
}

using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.X509;

namespace OfflineKit.Signer.Keys;

/// <summary>Whether certificates that go out beside a signature belong to the key: leaf first, each signed by the next, the root left out.</summary>
/// <remarks>The root itself is the verifiers' business: whoever trusts one has it. Source: RFC 5280 §6.1; docs/signer/configuration.md.</remarks>
internal static class ChainCheck
{
    private const string CodeSigning = "1.3.6.1.5.5.7.3.3";
    private const int Longest = 5;

    /// <summary>Why <paramref name="chain"/> does not vouch for <paramref name="key"/> at <paramref name="now"/>, or null.</summary>
    public static string? Objection(ImmutableArray<Certificate> chain, KeyMaterial key, DateTimeOffset now)
    {
        if (chain.IsEmpty)
        {
            return null;
        }

        if (chain.Length > Longest || chain.Any(certificate => certificate.IsSelfIssued))
        {
            return $"wanted at most {Longest} certificates, leaf first, without the root";
        }

        if (chain.FirstOrDefault(certificate => !certificate.IsValidAt(now)) is { } outside)
        {
            return $"the certificate \"{outside.Subject}\" is not valid at {UtcText.Seconds(now)}";
        }

        return LeafObjection(chain[0], key) ?? LinkObjection(chain);
    }

    private static string? LeafObjection(Certificate leaf, KeyMaterial key) =>
        leaf.Key.Value?.Equals(key) != true ? "the first certificate is of another key"
        : leaf.Extensions.ExtendedKeyUsage is not { } purposes || !purposes.Contains(CodeSigning, StringComparer.Ordinal) ? "the first certificate is not for code signing"
        : leaf.Extensions.BasicConstraints is { IsCa: true } ? "the first certificate is an authority's"
        : null;

    private static string? LinkObjection(ImmutableArray<Certificate> chain)
    {
        PathBudget budget = new();
        for (int at = 0; at + 1 < chain.Length; at++)
        {
            Certificate issuer = chain[at + 1];
            if (!chain[at].Issuer.Equals(issuer.Subject) || issuer.Extensions.BasicConstraints is not { IsCa: true } || chain[at].SignatureObjection(issuer, budget) is not null)
            {
                return $"the certificate \"{issuer.Subject}\" did not issue the one before it";
            }
        }

        return null;
    }
}

using System.Collections.Immutable;
using OfflineKit.Encoding;

namespace OfflineKit.X509;

/// <summary>What a certificate must be for its place in a path.</summary>
/// <remarks>Source: RFC 5280 §4.2 and §6.1, docs/spec/x509.md §3.</remarks>
internal static class PathRules
{
    private const string AnyExtendedKeyUsage = "2.5.29.37.0";

    // Extensions whose meaning is enforced here or by the caller; any other critical one refuses the certificate.
    private static readonly ImmutableHashSet<string> Understood = ImmutableHashSet.Create(
        StringComparer.Ordinal,
        CertificateExtension.KeyUsage,
        CertificateExtension.SubjectAlternativeName,
        CertificateExtension.BasicConstraints,
        CertificateExtension.NameConstraints,
        CertificateExtension.ExtendedKeyUsage);

    // RFC 5280 §4.2.1.10, .11, .14: marked critical, or not what they say they are.
    private static readonly ImmutableArray<string> AlwaysCritical =
        [CertificateExtension.NameConstraints, CertificateExtension.PolicyConstraints, CertificateExtension.InhibitAnyPolicy];

    /// <summary>Why <paramref name="leaf"/> may not stand at the beginning, or null.</summary>
    public static Finding? LeafObjection(Certificate leaf, CertificatePurpose purpose, DateTimeOffset time)
    {
        CertificateExtensions extensions = leaf.Extensions;
        if (extensions.BasicConstraints is { IsCa: true })
        {
            return CertificateReasons.LeafIsCa.Because($"\"{leaf.Subject}\" has basicConstraints CA");
        }

        if (extensions.NameConstraints is not null)
        {
            return CertificateReasons.BadProfile.Because($"\"{leaf.Subject}\" is no authority and has name constraints");
        }

        if (leaf.Subject.IsEmpty && extensions.Find(CertificateExtension.SubjectAlternativeName) is not { IsCritical: true })
        {
            return CertificateReasons.BadProfile.Because("the leaf has an empty subject and no critical subject alternative name");
        }

        if (leaf.Key.Finding is { } refused)
        {
            return CertificateReasons.UnsupportedSignature.Because($"key of \"{leaf.Subject}\": {refused.Detail}");
        }

        return CommonObjection(leaf) ?? KeyIdentifierObjection(leaf, purpose) ?? LeafPurposeObjection(leaf, purpose) ?? ValidityObjection(leaf, time);
    }

    /// <summary>Why <paramref name="issuer"/> may not issue the last certificate of <paramref name="path"/>, its signature and names aside, or null.</summary>
    public static Finding? IssuerObjection(Certificate issuer, List<Certificate> path, CertificatePurpose purpose, DateTimeOffset time, int intermediatesLimit)
    {
        CertificateExtensions extensions = issuer.Extensions;
        if (extensions.Find(CertificateExtension.BasicConstraints) is not { IsCritical: true } || extensions.BasicConstraints is not { IsCa: true })
        {
            return CertificateReasons.NotCa.Because($"\"{issuer.Subject}\" has no critical basicConstraints CA");
        }

        if (extensions.KeyUsage is not { } usage || !usage.HasFlag(KeyUsages.KeyCertSign))
        {
            return CertificateReasons.NotCa.Because($"\"{issuer.Subject}\" has no key usage keyCertSign");
        }

        if (issuer.Subject.IsEmpty || (extensions.SubjectKeyIdentifier is null && !purpose.MayLackKeyIdentifiers))
        {
            return CertificateReasons.BadProfile.Because($"authority \"{issuer.Subject}\" has no {(issuer.Subject.IsEmpty ? "name" : "subject key identifier")}");
        }

        return CommonObjection(issuer)
            ?? LengthObjection(issuer, path, intermediatesLimit)
            ?? IssuerPurposeObjection(issuer, purpose)
            ?? ValidityObjection(issuer, time);
    }

    /// <summary>Why <paramref name="certificate"/>, which is no anchor, lacks the hint to its issuer's key, or null.</summary>
    public static Finding? KeyIdentifierObjection(Certificate certificate, CertificatePurpose purpose) =>
        !purpose.MayLackKeyIdentifiers && !certificate.IsSelfIssued && certificate.Extensions.AuthorityKeyIdentifier is null
            ? CertificateReasons.BadProfile.Because($"\"{certificate.Subject}\" has no authority key identifier")
            : null;

    /// <summary>Why the name constraints of <paramref name="issuer"/> refuse a certificate of <paramref name="path"/>, or null.</summary>
    public static Finding? NameObjection(Certificate issuer, List<Certificate> path, PathBudget budget)
    {
        if (issuer.Extensions.NameConstraints is not { } constraints)
        {
            return null;
        }

        for (int i = 0; i < path.Count; i++)
        {
            // RFC 5280 §6.1.3 (b): self-issued intermediates only renew a key.
            if (i > 0 && path[i].IsSelfIssued)
            {
                continue;
            }

            ImmutableArray<GeneralName> names = Names(path[i]);
            if (!budget.TakeNameComparisons(constraints.Cost(names.Length)))
            {
                return CertificateReasons.BudgetExhausted.Because($"the name constraints of \"{issuer.Subject}\" need too many comparisons");
            }

            foreach (GeneralName name in names)
            {
                if (constraints.Judge(name) is { } finding)
                {
                    return CertificateReasons.NameConstraint.Because($"by \"{issuer.Subject}\": {finding}");
                }
            }
        }

        return null;
    }

    private static Finding? CommonObjection(Certificate certificate)
    {
        foreach (CertificateExtension extension in certificate.Extensions.All)
        {
            if (extension.IsCritical && !Understood.Contains(extension.Oid))
            {
                return extension.Oid is CertificateExtension.AuthorityKeyIdentifier or CertificateExtension.SubjectKeyIdentifier
                    ? CertificateReasons.BadProfile.Because($"\"{certificate.Subject}\": key identifier extension {extension.Oid} is marked critical")
                    : CertificateReasons.UnknownCriticalExtension.Because($"\"{certificate.Subject}\": extension {extension.Oid}");
            }

            if (!extension.IsCritical && AlwaysCritical.Contains(extension.Oid, StringComparer.Ordinal))
            {
                return CertificateReasons.BadProfile.Because($"\"{certificate.Subject}\": extension {extension.Oid} is not marked critical");
            }
        }

        return null;
    }

    private static Finding? LengthObjection(Certificate issuer, List<Certificate> path, int limit)
    {
        // Everything between the leaf and this issuer; self-issued certificates do not count (RFC 5280 §6.1.4 (l)).
        int between = 0;
        for (int i = 1; i < path.Count; i++)
        {
            between += path[i].IsSelfIssued ? 0 : 1;
        }

        if (issuer.Extensions.BasicConstraints!.PathLength is { } allowed && between > allowed)
        {
            return CertificateReasons.PathTooLong.Because($"{between} intermediates below \"{issuer.Subject}\", which allows {allowed}");
        }

        return between > limit ? CertificateReasons.PathTooLong.Because($"{between} intermediates, limit {limit}") : null;
    }

    private static Finding? LeafPurposeObjection(Certificate leaf, CertificatePurpose purpose)
    {
        if (KeyUsageObjection(leaf, purpose) is { } finding)
        {
            return finding;
        }

        if (leaf.Extensions.ExtendedKeyUsage is not { } purposes || !purposes.Contains(purpose.Oid, StringComparer.Ordinal))
        {
            string seen = leaf.Extensions.ExtendedKeyUsage is { } others ? string.Join(", ", others) : "is absent";
            return CertificateReasons.WrongPurpose.Because($"\"{leaf.Subject}\": extended key usage {seen}, wanted {purpose.Oid} ({purpose.Name})");
        }

        bool critical = leaf.Extensions.Find(CertificateExtension.ExtendedKeyUsage)!.IsCritical;
        return purpose.MustStandAlone && (purposes.Length > 1 || !critical)
            ? CertificateReasons.WrongPurpose.Because(
                $"\"{leaf.Subject}\": extended key usage {purpose.Name} must stand alone and be critical, seen {purposes.Length} purposes, {(critical ? "critical" : "not critical")}")
            : null;
    }

    private static Finding? KeyUsageObjection(Certificate leaf, CertificatePurpose purpose)
    {
        bool fits = leaf.Extensions.KeyUsage is { } usage
            ? (usage & purpose.Usages) != KeyUsages.None && !usage.HasFlag(KeyUsages.KeyCertSign)
            : !purpose.MustNameKeyUsage;
        return fits
            ? null
            : CertificateReasons.WrongPurpose.Because(
                $"\"{leaf.Subject}\": key usage {leaf.Extensions.KeyUsage?.ToString() ?? "is absent"}, wanted {purpose.Usages} without KeyCertSign");
    }

    private static Finding? IssuerPurposeObjection(Certificate issuer, CertificatePurpose purpose) =>
        issuer.Extensions.ExtendedKeyUsage is { } purposes
        && !purposes.Contains(purpose.Oid, StringComparer.Ordinal)
        && !purposes.Contains(AnyExtendedKeyUsage, StringComparer.Ordinal)
            ? CertificateReasons.WrongPurpose.Because($"authority \"{issuer.Subject}\" is limited to {string.Join(", ", purposes)}, wanted {purpose.Oid} ({purpose.Name})")
            : null;

    private static Finding? ValidityObjection(Certificate certificate, DateTimeOffset time)
    {
        if (certificate.IsValidAt(time))
        {
            return null;
        }

        Reason reason = time < certificate.Validity.From ? CertificateReasons.NotYetValid : CertificateReasons.Expired;
        return reason.Because($"\"{certificate.Subject}\" is valid {certificate.Validity}, not at {UtcText.Exact(time)}");
    }

    private static ImmutableArray<GeneralName> Names(Certificate certificate)
    {
        ImmutableArray<GeneralName> names = certificate.Extensions.SubjectAlternativeNames;
        if (certificate.Subject.IsEmpty)
        {
            return names;
        }

        names = names.Add(GeneralName.OfDirectory(certificate.Subject));
        foreach (string email in certificate.Subject.Emails)
        {
            names = names.Add(GeneralName.OfEmail(email));
        }

        return names;
    }
}

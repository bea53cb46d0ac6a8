using System.Collections.Immutable;
using OfflineKit.Encoding;

namespace OfflineKit.X509;

/// <summary>All extensions of a certificate; those that path validation needs in typed form.</summary>
/// <remarks>Source: RFC 5280 §4.2. An extension twice, or a known extension with unreadable content, is malformed whether critical or not.</remarks>
internal sealed class CertificateExtensions
{
    private CertificateExtensions(ImmutableArray<CertificateExtension> all)
    {
        All = all;
        BasicConstraints = Find(CertificateExtension.BasicConstraints) is { } basic ? BasicConstraints.Parse(basic.Value.Span) : null;
        KeyUsage = Find(CertificateExtension.KeyUsage) is { } usage ? ParseKeyUsage(usage.Value.Span) : null;
        ExtendedKeyUsage = Find(CertificateExtension.ExtendedKeyUsage) is { } extended ? ParseExtendedKeyUsage(extended.Value.Span) : null;
        SubjectAlternativeNames = Find(CertificateExtension.SubjectAlternativeName) is { } names ? ParseNames(names.Value.Span) : [];
        SubjectKeyIdentifier = Find(CertificateExtension.SubjectKeyIdentifier) is { } subject ? ParseKeyIdentifier(subject.Value.Span) : default(ReadOnlyMemory<byte>?);
        AuthorityKeyIdentifier = Find(CertificateExtension.AuthorityKeyIdentifier) is { } authority ? ParseAuthority(authority.Value.Span) : null;
        NameConstraints = Find(CertificateExtension.NameConstraints) is { } constraints ? NameConstraints.Parse(constraints.Value.Span) : null;
    }

    /// <summary>Every extension in its order.</summary>
    public ImmutableArray<CertificateExtension> All { get; }

    /// <summary>basicConstraints, or null.</summary>
    public BasicConstraints? BasicConstraints { get; }

    /// <summary>keyUsage, or null when the extension is absent.</summary>
    public KeyUsages? KeyUsage { get; }

    /// <summary>The object identifiers of extKeyUsage (at least one), or null when the extension is absent.</summary>
    public ImmutableArray<string>? ExtendedKeyUsage { get; }

    /// <summary>subjectAltName; empty when the extension is absent.</summary>
    public ImmutableArray<GeneralName> SubjectAlternativeNames { get; }

    /// <summary>subjectKeyIdentifier: a hint for search.</summary>
    public ReadOnlyMemory<byte>? SubjectKeyIdentifier { get; }

    /// <summary>The keyIdentifier of authorityKeyIdentifier, a hint for search; null when either is absent.</summary>
    public ReadOnlyMemory<byte>? AuthorityKeyIdentifier { get; }

    /// <summary>nameConstraints, or null.</summary>
    public NameConstraints? NameConstraints { get; }

    /// <summary>The extension called <paramref name="oid"/>, or null.</summary>
    public CertificateExtension? Find(string oid)
    {
        foreach (CertificateExtension extension in All)
        {
            if (string.Equals(extension.Oid, oid, StringComparison.Ordinal))
            {
                return extension;
            }
        }

        return null;
    }

    /// <summary>The extensions of a certificate; <paramref name="extensions"/> stands inside their SEQUENCE.</summary>
    internal static CertificateExtensions Parse(DerCursor extensions)
    {
        ImmutableArray<CertificateExtension>.Builder all = ImmutableArray.CreateBuilder<CertificateExtension>();
        HashSet<string> seen = new(StringComparer.Ordinal);
        do
        {
            CertificateExtension extension = CertificateExtension.Parse(ref extensions);
            all.Add(seen.Add(extension.Oid) ? extension : throw new MalformedException($"certificate: extension {extension.Oid} twice"));
        }
        while (!extensions.AtEnd);

        return new CertificateExtensions(all.ToImmutable());
    }

    private static KeyUsages ParseKeyUsage(ReadOnlySpan<byte> der)
    {
        DerCursor outer = new(der, "key usage");
        int bits = outer.NamedBits();
        outer.End();
        return bits is > 0 and < 1 << 9
            ? (KeyUsages)bits
            : throw new MalformedException("key usage: no bit, or a bit without a meaning");
    }

    private static ImmutableArray<string> ParseExtendedKeyUsage(ReadOnlySpan<byte> der)
    {
        DerCursor outer = new(der, "extended key usage");
        DerCursor purposes = outer.Sequence();
        outer.End();
        ImmutableArray<string>.Builder all = ImmutableArray.CreateBuilder<string>();
        do
        {
            all.Add(purposes.Oid());
        }
        while (!purposes.AtEnd);

        return all.ToImmutable();
    }

    private static ImmutableArray<GeneralName> ParseNames(ReadOnlySpan<byte> der)
    {
        DerCursor outer = new(der, "subject alternative name");
        DerCursor names = outer.Sequence();
        outer.End();
        ImmutableArray<GeneralName> all = GeneralName.ParseAll(names);
        foreach (GeneralName name in all)
        {
            NameForms.RequireName(name);
        }

        return all;
    }

    private static ReadOnlyMemory<byte> ParseKeyIdentifier(ReadOnlySpan<byte> der)
    {
        DerCursor outer = new(der, "subject key identifier");
        byte[] identifier = outer.Content(DerCursor.OctetStringTag).ToArray();
        outer.End();
        return identifier.Length > 0 ? identifier : throw new MalformedException("subject key identifier: empty");
    }

    private static ReadOnlyMemory<byte>? ParseAuthority(ReadOnlySpan<byte> der)
    {
        DerCursor outer = new(der, "authority key identifier");
        DerCursor inside = outer.Sequence();
        outer.End();
        ReadOnlyMemory<byte>? identifier = inside.Next(DerCursor.Primitive(0)) ? inside.Content(DerCursor.Primitive(0)).ToArray().AsMemory() : default(ReadOnlyMemory<byte>?);
        bool hasIssuer = inside.Next(DerCursor.Constructed(1));
        if (hasIssuer)
        {
            _ = GeneralName.ParseAll(inside.Inside(DerCursor.Constructed(1)));
            _ = inside.Content(DerCursor.Primitive(2));
        }

        inside.End();
        return identifier is { IsEmpty: true } ? throw new MalformedException("authority key identifier: empty") : identifier;
    }
}

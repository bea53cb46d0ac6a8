using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;

namespace OfflineKit.Tests.VirtualSigstore;

/// <summary>What a signing certificate shall say.</summary>
internal sealed record LeafRecipe
{
    public string Identity { get; init; } = "https://forge.example/acme/app/.github/workflows/release.yml@refs/heads/main";
    public string Issuer { get; init; } = "https://token.forge.example";
    public DateTimeOffset From { get; init; } = VirtualSigstoreInstance.Noon.AddMinutes(-1);
    public DateTimeOffset Until { get; init; } = VirtualSigstoreInstance.Noon.AddMinutes(9);
    public string Purpose { get; init; } = "1.3.6.1.5.5.7.3.3";
    public X509KeyUsageFlags Usage { get; init; } = X509KeyUsageFlags.DigitalSignature;
    public bool IsAuthority { get; init; }
    public bool IsEmail { get; init; }
    public bool HasUnknownCritical { get; init; }
    public bool HasNoIssuer { get; init; }
    public bool HasTwoNames { get; init; }
    public bool HasPlainName { get; init; }
    public bool IsSignedBySha1 { get; init; }
    public Func<byte[], byte[]> EditSct { get; init; } = sct => sct;
    public VirtualLog? CertificateLog { get; init; }
    public DateTimeOffset LoggedAt { get; init; } = VirtualSigstoreInstance.Noon;
}

/// <summary>What an authority's own certificates shall say.</summary>
internal sealed record AuthorityRecipe
{
    public int RootPathLength { get; init; } = 1;
    public bool IntermediateIsNoAuthority { get; init; }

    /// <summary>The only host that the intermediate may certify addresses of; null: any.</summary>
    public string? PermittedHost { get; init; }
}

/// <summary>A certificate authority with a root and an intermediate.</summary>
internal sealed class VirtualAuthority
{
    private readonly ECDsa _rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP384), _key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
    private readonly string _uri;

    public VirtualAuthority(string uri, AuthorityRecipe? recipe = null)
    {
        (_uri, recipe) = (uri, recipe ?? new AuthorityRecipe());
        (DateTimeOffset from, DateTimeOffset until) = (VirtualSigstoreInstance.Noon.AddYears(-1), VirtualSigstoreInstance.Noon.AddYears(9));
        CertificateRequest root = Ca("CN=virtual root,O=virtual", _rootKey, isAuthority: true, recipe.RootPathLength);
        using X509Certificate2 rootCertificate = root.CreateSelfSigned(from, until);
        CertificateRequest intermediate = Ca("CN=virtual intermediate,O=virtual", _key, !recipe.IntermediateIsNoAuthority, pathLength: 1);
        if (recipe.PermittedHost is { } host) intermediate.CertificateExtensions.Add(Permitting(host));
        intermediate.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(rootCertificate, true, false));
        using X509Certificate2 intermediateCertificate = intermediate.Create(rootCertificate.SubjectName, Generator(_rootKey), from, until, [1, 2, 3, 4]);
        (Root, Intermediate) = (rootCertificate.RawData, intermediateCertificate.RawData);
    }

    public byte[] Root { get; }

    public byte[] Intermediate { get; }

    public byte[] Issue(ECDsa key, LeafRecipe recipe)
    {
        byte[] unlogged = Leaf(key, recipe, scts: null);
        if (recipe.CertificateLog is not { } log) return unlogged;
        byte[] tbs = TbsOf(unlogged);
        return Leaf(key, recipe, log.SctList(tbs, _key.ExportSubjectPublicKeyInfo(), recipe.LoggedAt, recipe.EditSct));
    }

    public JsonObject ForRoot(string? end = null)
    {
        JsonObject window = new() { ["start"] = "2025-01-01T00:00:00Z" };
        if (end is not null) window["end"] = end;
        return ForRoot(_uri, window, Intermediate, Root);
    }

    public static JsonObject ForRoot(string uri, JsonObject window, params byte[][] chain) => new()
    {
        ["subject"] = new JsonObject { ["organization"] = "virtual", ["commonName"] = "virtual" },
        ["uri"] = uri,
        ["certChain"] = new JsonObject
        {
            ["certificates"] = new JsonArray([.. chain.Select(der => new JsonObject { ["rawBytes"] = Convert.ToBase64String(der) })]),
        },
        ["validFor"] = window,
    };

    private byte[] Leaf(ECDsa key, LeafRecipe recipe, byte[]? scts)
    {
        CertificateRequest request = new(new X500DistinguishedName(recipe.IsAuthority ? "CN=leaf" : ""), key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        if (recipe.IsEmail) names.AddEmailAddress(recipe.Identity);
        else names.AddUri(new Uri(recipe.Identity));
        if (recipe.HasTwoNames) names.AddUri(new Uri("https://second.example/"));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(recipe.Usage, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(recipe.Purpose)], critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(
            new X509SubjectKeyIdentifierExtension(new PublicKey(_key), critical: false)));
        request.CertificateExtensions.Add(names.Build(critical: !recipe.HasPlainName));
        if (!recipe.HasNoIssuer) request.CertificateExtensions.Add(new X509Extension("1.3.6.1.4.1.57264.1.8", Der.Utf8(recipe.Issuer), critical: false));
        request.CertificateExtensions.Add(new X509Extension("1.3.6.1.4.1.57264.1.14", Der.Utf8("refs/heads/main"), critical: false));
        if (recipe.IsAuthority) request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: true));
        if (recipe.HasUnknownCritical) request.CertificateExtensions.Add(new X509Extension("1.2.3.4", Der.Null, critical: true));
        if (scts is not null) request.CertificateExtensions.Add(new X509Extension("1.3.6.1.4.1.11129.2.4.2", scts, critical: false));
        X509SignatureGenerator generator = recipe.IsSignedBySha1 ? new Sha1Generator(_key) : Generator(_key);
        using X509Certificate2 certificate = request.Create(
            new X500DistinguishedName("CN=virtual intermediate,O=virtual"), generator, recipe.From, recipe.Until, [9, 8, 7, 6]);
        return certificate.RawData;
    }

    private static CertificateRequest Ca(string name, ECDsa key, bool isAuthority, int pathLength)
    {
        CertificateRequest request = new(name, key, HashAlgorithmName.SHA384);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, hasPathLengthConstraint: isAuthority, isAuthority ? pathLength : 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request;
    }

    // RFC 5280 section 4.2.1.10: permittedSubtrees [0], uniformResourceIdentifier [6].
    private static X509Extension Permitting(string host) =>
        new("2.5.29.30", Der.Sequence(Der.Tlv(0xA0, Der.Sequence(Der.Tlv(0x86, System.Text.Encoding.ASCII.GetBytes(host))))), critical: true);

    private static X509SignatureGenerator Generator(ECDsa key) => X509SignatureGenerator.CreateForECDsa(key);

    private static byte[] TbsOf(byte[] certificate)
    {
        System.Formats.Asn1.AsnReader reader = new(certificate, System.Formats.Asn1.AsnEncodingRules.DER);
        return reader.ReadSequence().ReadEncodedValue().ToArray();
    }
}

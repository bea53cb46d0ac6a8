using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OfflineKit.Tests;

/// <summary>Certificates made by the platform for one test each; their keys are thrown away.</summary>
internal static class TestCertificates
{
    public static readonly DateTimeOffset From = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), Until = new(2040, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A self-signed authority called <paramref name="name"/>.</summary>
    public static byte[] Root(string name) => Authority(name).RawData;

    /// <summary>A self-signed authority with its key.</summary>
    public static X509Certificate2 Authority(string name, params X509Extension[] extensions)
    {
        X500DistinguishedNameBuilder subject = new();
        subject.AddCommonName(name);
        CertificateRequest request = new(subject.Build(), ECDsa.Create(ECCurve.NamedCurves.nistP256), HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        foreach (X509Extension extension in extensions) request.CertificateExtensions.Add(extension);
        return request.CreateSelfSigned(From, Until);
    }

    /// <summary>A code-signing leaf under <paramref name="issuer"/> with <paramref name="extensions"/> beside the usual ones.</summary>
    public static byte[] Leaf(X509Certificate2 issuer, params X509Extension[] extensions) => Leaf(new X500DistinguishedName("CN=signer"), issuer, extensions);

    /// <summary>The same for a signer called <paramref name="subject"/>.</summary>
    public static byte[] Leaf(X500DistinguishedName subject, X509Certificate2 issuer, params X509Extension[] extensions)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.3")], critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(issuer, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        foreach (X509Extension extension in extensions) request.CertificateExtensions.Add(extension);
        using X509Certificate2 made = request.Create(issuer, From, Until, [0x01, 0x02, 0x03]);
        return made.RawData;
    }
}

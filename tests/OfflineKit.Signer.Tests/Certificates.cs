using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OfflineKit.Signer.Tests;

/// <summary>An authority of client certificates, and what it issues.</summary>
internal sealed class CertificateAuthority : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly DateTimeOffset _now;

    public CertificateAuthority(string name, DateTimeOffset now)
    {
        _now = now;
        CertificateRequest request = new($"CN={name}", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        Root = request.CreateSelfSigned(now.AddDays(-30), now.AddYears(5));
    }

    private CertificateAuthority(string name, CertificateAuthority above)
    {
        _now = above._now;
        CertificateRequest request = new($"CN={name}", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        using X509Certificate2 certificate = request.Create(above.Root, _now.AddDays(-30), _now.AddYears(4), [1, 2, 3]);
        Root = certificate.CopyWithPrivateKey(_key);
    }

    /// <summary>An authority that this one vouches for.</summary>
    public CertificateAuthority Under(string name) => new(name, this);

    public X509Certificate2 Root { get; }

    public string RootPem => Root.ExportCertificatePem() + "\n";

    public X509Certificate2 Issue(string? uri, string purpose = "1.3.6.1.5.5.7.3.2", int from = -1, int until = 365)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=client", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        if (purpose.Length > 0)
        {
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], false));
        }

        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName("localhost");
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        if (uri is not null)
        {
            names.AddUri(new Uri(uri));
        }

        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 certificate = request.Create(Root, _now.AddDays(from), _now.AddDays(until), RandomNumberGenerator.GetBytes(8).Prepend((byte)1).ToArray());
        using X509Certificate2 withKey = certificate.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pfx), null);
    }

    /// <summary>A certificate for somebody's own key, as PEM.</summary>
    public string IssueFor(string publicPem, string purpose)
    {
        using ECDsa key = ECDsa.Create();
        key.ImportFromPem(publicPem);
        CertificateRequest request = new(new X500DistinguishedName("CN=signer"), new PublicKey(key), HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], false));
        using X509Certificate2 certificate = request.Create(Root, _now.AddDays(-1), _now.AddDays(365), [1, 2, 3, 4]);
        return certificate.ExportCertificatePem() + "\n";
    }

    public byte[] RevocationList(DateTimeOffset made, params X509Certificate2[] revoked)
    {
        CertificateRevocationListBuilder list = new();
        revoked.ToList().ForEach(certificate => list.AddEntry(certificate, made));
        return list.Build(Root, 1, made.AddDays(7), HashAlgorithmName.SHA256, thisUpdate: made);
    }

    public void Dispose()
    {
        _key.Dispose();
        Root.Dispose();
    }
}

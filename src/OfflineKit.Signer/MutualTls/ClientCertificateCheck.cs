using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography.X509Certificates;
using OfflineKit.Encoding;
using OfflineKit.Signer.Configuration;
using OfflineKit.Signer.Http;
using OfflineKit.Signer.Tokens;
using OfflineKit.X509;

namespace OfflineKit.Signer.MutualTls;

/// <summary>Judges the client certificate of a connection against the token that it proves.</summary>
/// <param name="configuration">Whose certificates are trusted, for which tenant.</param>
/// <param name="clock">The clock.</param>
/// <remarks>Source: RFC 8705 §3; RFC 5280 §6 by the platform's chain builder, which downloads nothing. No header is asked: only the connection.</remarks>
internal sealed class ClientCertificateCheck(MutualTlsConfiguration configuration, TimeProvider clock)
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private readonly RevocationLists _lists = new(configuration);

    /// <summary>The thumbprint by which tokens are bound to a certificate.</summary>
    public static string ThumbprintOf(X509Certificate2 certificate) => Base64Url.EncodeToString(Crypto.Digest.Sha256(certificate.RawData).Bytes);

    /// <summary>The certificate is the token's own, of its tenant and client, valid now and not revoked.</summary>
    /// <exception cref="RefusedException"><c>client_certificate_required</c> or <c>certificate_binding_mismatch</c>.</exception>
    public void Check(X509Certificate2? certificate, OpTok token)
    {
        if (certificate is null)
        {
            throw TokenRefusals.Certificate("certificate_missing", "the connection has no client certificate");
        }

        if (!token.Binding.Is(new SenderBinding(BindingKind.MutualTls, ThumbprintOf(certificate))))
        {
            throw TokenRefusals.CertificateBinding();
        }

        ImmutableArray<X509Certificate2> chain = Chain(certificate, configuration.Roots.GetValueOrDefault(token.Tenant, []));
        if ((chain.IsEmpty ? "certificate_untrusted" : UseObjection(certificate, token) ?? _lists.Objection(chain, clock.GetUtcNow())) is { } objection)
        {
            throw TokenRefusals.Certificate(objection, "the client certificate is not trusted for this tenant and client");
        }
    }

    private static string? UseObjection(X509Certificate2 certificate, OpTok token)
    {
        if (Result.Parse(Reasons.MalformedSignature, () => Certificate.Parse(certificate.RawData)).Value is not { } parsed)
        {
            return "certificate_malformed";
        }

        string wanted = $"urn:stellaops:client:{token.Client}";
        return parsed.Extensions.ExtendedKeyUsage is not { } purposes || !purposes.Contains(ClientAuthentication, StringComparer.Ordinal) ? "certificate_purpose"
            : parsed.Extensions.SubjectAlternativeNames.Any(name => name.Kind == GeneralNameKind.Uri && string.Equals(name.Text, wanted, StringComparison.Ordinal)) ? null
            : "certificate_client";
    }

    // Leaf first; empty when it leads to none of the tenant's roots now.
    private ImmutableArray<X509Certificate2> Chain(X509Certificate2 certificate, ImmutableArray<Certificate> known)
    {
        using X509Chain chain = new();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTimeIgnored = false;
        chain.ChainPolicy.VerificationTime = clock.GetUtcNow().UtcDateTime;
        foreach (Certificate authority in known)
        {
            (authority.IsSelfIssued ? chain.ChainPolicy.CustomTrustStore : chain.ChainPolicy.ExtraStore).Add(X509CertificateLoader.LoadCertificate(authority.Der.Span));
        }

        return chain.ChainPolicy.CustomTrustStore.Count > 0 && chain.Build(certificate)
            ? [.. chain.ChainElements.Select(element => X509CertificateLoader.LoadCertificate(element.Certificate.RawDataMemory.Span))]
            : [];
    }
}

using System.Collections.Frozen;
using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Signer.Tokens;
using OfflineKit.X509;

namespace OfflineKit.Signer.Configuration;

/// <summary>Reads who issues tokens, certificates and proofs of entitlement.</summary>
internal static class TokenReader
{
    private const int Day = 86_400, LeastSealKey = 32;
    private static readonly KeySetSource NoKeys = new KeySetFile("");

    /// <summary>The section <c>authority</c>.</summary>
    public static AuthorityConfiguration Authority(Section section, ConfigurationPlace place)
    {
        AuthorityConfiguration read = new(
            section.Text("issuer"),
            section.Try(() => place.KeySet(section.Text("jwks")), NoKeys),
            section.Seconds("maxAge", 60, 3650 * Day, Day),
            Revoked(section, place))
        {
            DemonstrationKey = section.OptionalText("demonstrationKey") is { } key ? place.File(key) : null,
        };
        section.End();
        return read;
    }

    /// <summary>The section <c>licensing</c>.</summary>
    public static LicensingConfiguration Licensing(Section section, ConfigurationPlace place)
    {
        IntrospectionConfiguration? introspection = section.OptionalText("url") is { } url ? section.Try(() => Introspection(section, url, place), null) : null;
        LicensingConfiguration read = new(
            section.Text("issuer"), section.Try(() => place.KeySet(section.Text("jwks")), NoKeys), introspection, Revoked(section, place));
        bool isOffline = section.Switch("offline", true, false, false);
        if (isOffline == introspection is not null)
        {
            section.Fault("wanted one of url and offline: true");
        }

        section.End();
        return read;
    }

    /// <summary>The section <c>mtls</c>.</summary>
    public static MutualTlsConfiguration MutualTls(Section? section, ConfigurationPlace place)
    {
        if (section is null)
        {
            return MutualTlsConfiguration.None;
        }

        Dictionary<string, ImmutableArray<Certificate>> roots = new(StringComparer.Ordinal);
        foreach ((string tenant, string path) in section.NamedTexts("roots"))
        {
            roots[tenant] = section.Try<ImmutableArray<Certificate>>(() => [.. place.Certificates(path)], []);
            if (!OpTok.TenantForm().IsMatch(tenant) || roots[tenant].IsEmpty)
            {
                section.Fault($"roots: \"{tenant}\" is no tenant, or {path} holds no certificate");
            }
        }

        RevocationCheck check = section.Choice("crl", RevocationCheck.Wanted, ("checked", RevocationCheck.Wanted), ("not-checked", RevocationCheck.NotChecked));
        ImmutableArray<string> lists = [.. section.Texts("crls").Select(place.File)];
        MutualTlsConfiguration read = new(roots.ToFrozenDictionary(StringComparer.Ordinal), check, lists, section.Seconds("crlMaxAge", 60, 3650 * Day, 600));
        section.End();
        return read;
    }

    private static IntrospectionConfiguration Introspection(Section section, string url, ConfigurationPlace place) =>
        Uri.TryCreate(url, UriKind.Absolute, out Uri? address) && (address.Scheme == "https" || (address.Scheme == "http" && address.IsLoopback))
            ? new IntrospectionConfiguration(address, section.Seconds("ttl", 1, Day, 300), section.Seconds("staleTtl", 0, 30 * Day, Day), SealKey(section, place))
            {
                Client = section.OptionalText("clientCertificate") is { } certificate ? new TlsFiles(place.File(certificate), place.File(section.Text("clientKey"))) : null,
            }
            : throw new MalformedException($"{section.Path}: url is \"{url}\", wanted https, or http on loopback");

    private static byte[] SealKey(Section section, ConfigurationPlace place)
    {
        byte[] key = StrictBase64.Decode(Utf8Text.Decode(place.Content(section.Text("cacheKey"), "cacheKey"), "cacheKey").TrimEnd('\r', '\n'), "cacheKey");
        return key.Length >= LeastSealKey ? key : throw new MalformedException($"{section.Path}.cacheKey: {key.Length} bytes, wanted {LeastSealKey} in base64");
    }

    private static RevokedTokens Revoked(Section section, ConfigurationPlace place) => section.OptionalText("revocations") is { } path
        ? section.Try(() => RevokedTokens.Parse(place.Content(path, "revocations"), path), RevokedTokens.None)
        : RevokedTokens.None;
}

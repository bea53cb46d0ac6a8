using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Timestamping;
using OfflineKit.Transparency;
using OfflineKit.X509;

namespace OfflineKit.Trust;

/// <summary>Reads a Sigstore <c>trusted_root.json</c>, or JSON Lines of several.</summary>
/// <remarks>
/// Errors: <see cref="MalformedException"/> with the reason <c>trust.malformed</c> or the one of a certificate or key.
/// Source: docs/spec/trusted-root.md (F8–F15).
/// </remarks>
internal static class SigstoreTrustedRootFile
{
    private static readonly ImmutableArray<string> MediaTypes =
    [
        "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
        "application/vnd.dev.sigstore.trustedroot.v0.1+json",
        "application/vnd.dev.sigstore.trustedroot.v0.2+json",
    ];

    /// <summary>Every root in <paramref name="content"/>; at least one.</summary>
    public static ImmutableArray<SigstoreTrustedRoot> Parse(ReadOnlyMemory<byte> content, string name, string retrievedOn)
    {
        ImmutableArray<ReadOnlyMemory<byte>> lines = JsonLines.Split(content);
        bool isLines = lines.Length > 1 && lines.All(line => line.Span[0] == (byte)'{' && line.Span[^1] == (byte)'}');
        return isLines
            ? [.. lines.Select((line, i) => ParseOne(line, $"{name} line {i + 1}", retrievedOn))]
            : [ParseOne(content, name, retrievedOn)];
    }

    private static SigstoreTrustedRoot ParseOne(ReadOnlyMemory<byte> content, string name, string retrievedOn)
    {
        JsonValue json = StrictJson.ParseObject(content, "trusted root");
        json.RefuseOtherMembers("mediaType", "tlogs", "certificateAuthorities", "ctlogs", "timestampAuthorities");
        string mediaType = json.OptionalNotNull("mediaType")?.Text ?? "";
        if (!MediaTypes.Contains(mediaType, StringComparer.Ordinal))
        {
            throw new MalformedException(Reasons.MalformedTrust, $"trusted root: media type \"{mediaType}\" is not known");
        }

        return new SigstoreTrustedRoot(name, retrievedOn)
        {
            Logs = [.. Elements(json, "tlogs").Select(log => Log(log, name))],
            CertificateLogs = [.. Elements(json, "ctlogs").Select(log => Log(log, name))],
            CertificateAuthorities = [.. Elements(json, "certificateAuthorities").Select(Authority)],
            TimestampAuthorities = [.. Elements(json, "timestampAuthorities").Select(Authority).Select(authority => new TimestampAuthority(authority.Uri, authority.Chain, authority.Validity, name))],
        };
    }

    private static ImmutableArray<JsonValue> Elements(JsonValue json, string name)
    {
        ImmutableArray<JsonValue> elements = json.OptionalNotNull(name)?.Elements ?? [];
        return elements.Length <= Limits.TrustRoots ? elements : throw Malformed($"{json.Path}.{name}: {elements.Length} elements, limit {Limits.TrustRoots}");
    }

    private static TransparencyLog Log(JsonValue json, string root)
    {
        json.RefuseOtherMembers("baseUrl", "hashAlgorithm", "publicKey", "logId", "checkpointKeyId", "operator");
        if (json.String("hashAlgorithm") != "SHA2_256")
        {
            throw Malformed($"{json.Path}.hashAlgorithm: \"{json.String("hashAlgorithm")}\", wanted SHA2_256");
        }

        JsonValue key = json.Object("publicKey");
        key.RefuseOtherMembers("rawBytes", "keyDetails", "validFor");
        Validity window = Window(key.Object("validFor"));
        if (window.From is null)
        {
            throw Malformed($"{key.Path}.validFor: a log's window has no start");
        }

        byte[] id = json.Object("logId").Base64("keyId");
        return id.Length == 32
            ? new TransparencyLog(json.String("baseUrl"), Key(key), id, window, root)
            : throw Malformed($"{json.Path}.logId: {id.Length} bytes, wanted 32");
    }

    private static PublicKey Key(JsonValue json)
    {
        byte[] raw = json.Base64("rawBytes");
        return json.String("keyDetails") switch
        {
            "PKIX_ECDSA_P256_SHA_256" => PublicKey.Bind(SubjectPublicKeyInfo.Parse(raw), SignatureScheme.EcdsaSha256),
            "PKIX_ECDSA_P384_SHA_384" => PublicKey.Bind(SubjectPublicKeyInfo.Parse(raw), SignatureScheme.EcdsaSha384),
            "PKIX_ED25519" => PublicKey.Bind(SubjectPublicKeyInfo.Parse(raw), SignatureScheme.Ed25519),
            "PKCS1_RSA_PKCS1V5" => PublicKey.Bind(SubjectPublicKeyInfo.ParsePkcs1(raw), SignatureScheme.RsaPkcs1Sha256),
            "PKIX_RSA_PKCS1V15_2048_SHA256" or "PKIX_RSA_PKCS1V15_3072_SHA256" or "PKIX_RSA_PKCS1V15_4096_SHA256" =>
                PublicKey.Bind(SubjectPublicKeyInfo.Parse(raw), SignatureScheme.RsaPkcs1Sha256),
            string other => throw Malformed($"{json.Path}.keyDetails: \"{other}\" is not supported"),
        };
    }

    private static CertificateAuthority Authority(JsonValue json)
    {
        json.RefuseOtherMembers("subject", "uri", "certChain", "validFor", "operator");
        ImmutableArray<JsonValue> chain = json.Object("certChain").Array("certificates");
        if (chain.IsEmpty || chain.Length > Limits.BundleCertificates)
        {
            throw Malformed($"{json.Path}.certChain: {chain.Length} certificates, wanted 1 to {Limits.BundleCertificates}");
        }

        return new CertificateAuthority(
            json.OptionalNotNull("uri")?.Text ?? "",
            [.. chain.Select(certificate => Certificate.Parse(certificate.Base64("rawBytes")))],
            json.OptionalNotNull("validFor") is { } window ? Window(window) : Validity.Always);
    }

    private static Validity Window(JsonValue json)
    {
        json.RefuseOtherMembers("start", "end");
        return new Validity(Time(json, "start"), Time(json, "end"));
    }

    private static DateTimeOffset? Time(JsonValue json, string name) =>
        json.OptionalNotNull(name) is { } time ? Rfc3339.Parse(time.Text, time.Path) : null;

    private static MalformedException Malformed(string detail) => new(Reasons.MalformedTrust, detail);
}

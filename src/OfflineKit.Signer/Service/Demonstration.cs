using System.Buffers.Text;
using System.Security.Cryptography;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.FileSystem;
using OfflineKit.Files;
using OfflineKit.Signer.Http;
using OfflineKit.Signing.Services;

namespace OfflineKit.Signer.Service;

/// <summary>Everything for a first signature on one's own machine: keys that are made for it, a configuration, and a proof of entitlement. None of it is of use anywhere else.</summary>
/// <param name="Folder">Where it goes; it must not be there yet.</param>
/// <param name="Now">The time.</param>
internal sealed record Demonstration(string Folder, DateTimeOffset Now)
{
    /// <summary>Who it is all about.</summary>
    public const string Tenant = "demo", Installation = "demo-1", Issuer = "https://demonstration.invalid";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes it: all or nothing.</summary>
    /// <exception cref="OutputException">The folder is taken, or cannot be written.</exception>
    public void Write()
    {
        if (!FileStatus.IsAbsent(Folder))
        {
            throw new OutputException(OutputRefusal.Exists, $"{Folder} exists");
        }

        using ECDsa authority = NewKey(), licensing = NewKey(), client = NewKey(), signing = NewKey();
        using FileTransaction change = new();
        change.MakeFolder(Folder);
        Put(change, "authority.pem", Pem(authority), OwnerOnly);
        Put(change, "authority.jwks.json", KeySet(authority, "authority"), mode: null);
        Put(change, "licensing.jwks.json", KeySet(licensing, "licensing"), mode: null);
        Put(change, "client.pem", Pem(client), OwnerOnly);
        Put(change, "poe.jwt", Entitlement(licensing, ThumbprintOf(client)), OwnerOnly);
        Put(change, "signing.pem", Pem(signing), OwnerOnly);
        Put(change, "signing.pub", signing.ExportSubjectPublicKeyInfoPem() + "\n", mode: null);
        Put(change, "signer.yaml", Configuration, mode: null);
        change.Commit();
    }

    private static string Configuration =>
        $"""
        # A demonstration: it issues its own tokens to whoever asks, on this machine alone.
        listen: http://127.0.0.1:8080
        operations: http://127.0.0.1:9090
        publicOrigin: http://127.0.0.1:8080
        authority:
          issuer: {Issuer}
          jwks: authority.jwks.json
          maxAge: 31536000
          demonstrationKey: authority.pem
        licensing:
          issuer: {Issuer}
          jwks: licensing.jwks.json
          offline: true
        plans:
          demo:
            qps: 100
            burst: 100
            concurrency: 16
            daily: 1000
        profiles:
          - name: demo
            tenant: {Tenant}
            plan: demo
            predicateTypes: ["stella.ops/sbom@v1", "stella.ops/vex@v1", "https://slsa.dev/provenance/v1"]
            scanner: not-required
            signers:
              - name: default
                key: signing.pem
                publicKey: signing.pub
        store:
          kind: sqlite
          path: state/signer.db
        audit:
          path: audit

        """;

    private static ECDsa NewKey() => ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private static string Pem(ECDsa key) => key.ExportPkcs8PrivateKeyPem() + "\n";

    private void Put(FileTransaction change, string name, string content, UnixFileMode? mode) =>
        change.Write(new OutputFile(Path.Combine(Folder, name), OutputKind.SecretKey, Replacing.Nothing), Utf8Text.Encode(content), mode);

    private string Entitlement(ECDsa licensing, string thumbprint)
    {
        string header = Part("""{"alg":"ES256","kid":"licensing","typ":"poe+jwt"}"""u8), claims = Part(JsonText.Object(json =>
        {
            json.WriteString("iss", Issuer);
            json.WriteString("sub", "demonstration");
            json.WriteString("tid", Tenant);
            json.WriteString("inst", Installation);
            json.WriteString("plan", "demo");
            json.WriteNumber("iat", Now.ToUnixTimeSeconds());
            json.WriteNumber("exp", Now.AddDays(365).ToUnixTimeSeconds());
            json.WriteString("jti", RequestIds.Of(given: null));
            json.WriteStartObject("cnf");
            json.WriteString("jkt", thumbprint);
            json.WriteEndObject();
            json.WritePropertyName("entitlements");
            json.WriteRawValue("""{"modes":["keyful"],"predicateTypes":["*"],"qps":100,"burst":100,"concurrency":16,"maxArtifactBytes":1048576,"daily":1000}""");
            json.WriteString("maxRelease", "2999.12");
        }));
        byte[] signature = licensing.SignData(Utf8Text.Encode($"{header}.{claims}"), HashAlgorithmName.SHA256);
        return $"{header}.{claims}.{Part(signature)}\n";
    }

    private static string KeySet(ECDsa key, string id) => $"{{\"keys\":[{{\"alg\":\"ES256\",\"kid\":\"{id}\",{Members(key)}}}]}}\n";

    private static string ThumbprintOf(ECDsa key) => Part(Digest.Sha256(Utf8Text.Encode($"{{{Members(key)}}}")).Bytes);

    // In the order of RFC 7638.
    private static string Members(ECDsa key)
    {
        ECPoint point = key.ExportParameters(includePrivateParameters: false).Q;
        return $"\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"{Part(point.X)}\",\"y\":\"{Part(point.Y)}\"";
    }

    private static string Part(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);
}

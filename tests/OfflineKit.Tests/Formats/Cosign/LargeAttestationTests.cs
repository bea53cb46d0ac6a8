using System.Security.Cryptography;
using System.Text.Json;
using OfflineKit.Crypto;
using OfflineKit.Formats.Cosign;
using OfflineKit.Policy;
using OfflineKit.Trust;

namespace OfflineKit.Tests.Formats.Cosign;

/// <summary>SBOMs are attestations of many megabytes: they are judged, and what is too large for that takes no signature down with it.</summary>
public sealed class LargeAttestationTests
{
    private const string Dsse = "application/vnd.dsse.envelope.v1+json", Simple = "application/vnd.dev.cosign.simplesigning.v1+json", Manifest = "application/vnd.oci.image.manifest.v1+json";

    [Theory]
    [InlineData(5_000_000, true)]
    [InlineData(20_000_000, true)]
    [InlineData(80_000_000, false)]
    public void A_large_attestation_is_judged_beside_the_signature(int size, bool isRead)
    {
        string folder = Directory.CreateTempSubdirectory("offlinekit-layout-").FullName;
        try
        {
            using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            string image = Write(folder, key, size);
            Verdict verdict = Judge(folder, image, key, Expectations.None);
            Assert.True(verdict.IsTrusted);
            Assert.Equal(2, verdict.Members.Length);
            Assert.Equal(isRead, verdict.Members.All(member => member.Verdict.IsTrusted));
            Verdict every = Judge(folder, image, key, new Expectations { DemandsEveryMember = true });
            Assert.Equal(isRead ? "trusted" : "limit.input-too-large", every.IsTrusted ? "trusted" : every.Findings[0].Reason.Code);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Verdict Judge(string folder, string image, ECDsa key, Expectations expectations)
    {
        TrustStore trust = new() { Keys = [KeyFile.Parse(System.Text.Encoding.ASCII.GetBytes(key.ExportSubjectPublicKeyInfoPem()), "key", "--key")] };
        return ImageVerifier.Verify(
            OciLayout.FromFolder(folder), Digest.FromHex(DigestAlgorithm.Sha256, image, "image"), new VerificationContext(trust, expectations, StatedTime: null), SignaturePolicy.AnyPinnedSigner);
    }

    // The image itself is not there: only what was signed about it.
    private static string Write(string folder, ECDsa key, int size)
    {
        string image = new('a', 64);
        byte[] payload = Json(new { critical = new { identity = new Dictionary<string, string>(), image = new Dictionary<string, string> { ["docker-manifest-digest"] = $"sha256:{image}" }, type = "cosign container image signature" } });
        byte[] statement = Json(new Dictionary<string, object>
        {
            ["_type"] = "https://in-toto.io/Statement/v1",
            ["predicateType"] = "https://spdx.dev/Document",
            ["subject"] = new[] { new { name = "demo", digest = new { sha256 = image } } },
            ["predicate"] = new { text = new string('y', size) },
        });
        byte[] encoded = [.. System.Text.Encoding.ASCII.GetBytes($"DSSEv1 28 application/vnd.in-toto+json {statement.Length} "), .. statement];
        byte[] envelope = Json(new { payloadType = "application/vnd.in-toto+json", payload = statement, signatures = new[] { new { sig = Sign(key, encoded) } } });
        object[] named =
        [
            Tagged(folder, image, "sig", Blob(folder, payload, Simple, new() { ["dev.cosignproject.cosign/signature"] = Convert.ToBase64String(Sign(key, payload)) })),
            Tagged(folder, image, "att", Blob(folder, envelope, Dsse, [])),
        ];
        File.WriteAllBytes(Path.Combine(folder, "index.json"), Json(new { schemaVersion = 2, manifests = named }));
        File.WriteAllBytes(Path.Combine(folder, "oci-layout"), Json(new { imageLayoutVersion = "1.0.0" }));
        return image;
    }

    private static byte[] Sign(ECDsa key, byte[] message) => key.SignData(message, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    private static object Tagged(string folder, string image, string suffix, object layer) =>
        Blob(folder, Json(new { schemaVersion = 2, mediaType = Manifest, layers = new[] { layer } }), Manifest, new() { ["org.opencontainers.image.ref.name"] = $"sha256-{image}.{suffix}" });

    private static object Blob(string folder, byte[] content, string mediaType, Dictionary<string, string> annotations)
    {
        string blobs = Path.Combine(folder, "blobs", "sha256"), hex = Convert.ToHexStringLower(SHA256.HashData(content));
        Directory.CreateDirectory(blobs);
        File.WriteAllBytes(Path.Combine(blobs, hex), content);
        return new { mediaType, digest = $"sha256:{hex}", size = content.Length, annotations };
    }

    private static byte[] Json(object value) => JsonSerializer.SerializeToUtf8Bytes(value);
}

namespace OfflineKit.Signing.Tests;

/// <summary>cosign verifies what we sign, and its encrypted keys sign here. Without it (PEERS) these tests are skipped.</summary>
public sealed class CosignPeerTests
{
    [Fact]
    public void Cosigns_encrypted_key_signs_and_cosign_verifies()
    {
        using Folder folder = Subject();
        (int made, string said) = Peer.Run(folder.Path, "cosign", ["generate-key-pair"], "", ("COSIGN_PASSWORD", "word"));
        Assert.True(made == 0, said);
        (int exit, string output) = Peer.Sign(folder.Path, ["sign", "a", "--format", "kms", "--signature-encoding", "base64", "--key", "cosign.key"], "", ("COSIGN_PASSWORD", "word"));
        Assert.True(exit == 0, output);
        Verified(folder, "cosign.pub");
        (exit, output) = Peer.Sign(folder.Path, ["sign", "a", "--format", "kms", "--key", "cosign.key", "--force"], "", ("COSIGN_PASSWORD", "wrong"));
        Assert.True(exit == 1 && output.Contains("sign.wrong-password", StringComparison.Ordinal), output);
    }

    [Theory]
    [InlineData("EC -pkeyopt ec_paramgen_curve:P-256", "ECDSA_SHA_256")]
    [InlineData("RSA -pkeyopt rsa_keygen_bits:3072", "RSASSA_PKCS1_V1_5_SHA_256")]
    [InlineData("ED25519", "ED25519_SHA_512")]
    public void Cosign_verifies_a_detached_signature(string kind, string label)
    {
        using Folder folder = Subject();
        Peer.Must(folder.Path, "openssl", ["genpkey", "-out", "key.pem", "-algorithm", .. kind.Split(' ')]);
        Assert.Equal(0, Peer.Sign(folder.Path, ["public-key", "key.pem", "-o", "pub.pem"]).Exit);
        Assert.Equal(0, Peer.Sign(folder.Path, ["sign", "a", "--format", "kms", "--signature-encoding", "base64", "--key", "key.pem", "--algorithm", label]).Exit);
        Verified(folder, "pub.pem");
    }

    [Theory]
    [InlineData("EC -pkeyopt ec_paramgen_curve:P-256")]
    [InlineData("RSA -pkeyopt rsa_keygen_bits:2048")]
    public void Cosign_verifies_a_bundle_and_an_attestation_by_the_key_alone(string kind)
    {
        using Folder folder = Subject();
        Peer.Must(folder.Path, "openssl", ["genpkey", "-out", "key.pem", "-algorithm", .. kind.Split(' ')]);
        Assert.Equal(0, Peer.Sign(folder.Path, ["public-key", "key.pem", "-o", "pub.pem"]).Exit);
        folder.Write("root.json", "{\"mediaType\":\"application/vnd.dev.sigstore.trustedroot+json;version=0.1\"}");
        string[] offline = ["--key", "pub.pem", "--new-bundle-format", "--trusted-root", "root.json", "--insecure-ignore-tlog=true"];
        Assert.Equal(0, Peer.Sign(folder.Path, ["sign", "a", "--format", "sigstore", "--key", "key.pem"]).Exit);
        Peer.Must(folder.Path, "cosign", ["verify-blob", "--bundle", "a.sigstore.json", .. offline, "a"]);
        Assert.Equal(0, Peer.Sign(folder.Path, ["sign", "a", "--format", "sigstore", "--key", "key.pem", "--predicate-type", "https://example.com/p", "-o", "s.json"]).Exit);
        Peer.Must(folder.Path, "cosign", ["verify-blob-attestation", "--bundle", "s.json", "--type", "https://example.com/p", .. offline, "a"]);
    }

    private static void Verified(Folder folder, string key) => Peer.Must(
        folder.Path, "cosign", ["verify-blob", "--key", key, "--signature", "a.sig", "--insecure-ignore-tlog=true", "a"]);

    private static Folder Subject()
    {
        Folder folder = new();
        folder.Write("a", "hello\n");
        return folder;
    }
}

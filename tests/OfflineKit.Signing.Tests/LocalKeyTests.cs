namespace OfflineKit.Signing.Tests;

/// <summary>Keys and signatures against openssl.</summary>
public sealed class LocalKeyTests
{
    [Theory]
    [InlineData("RSA -pkeyopt rsa_keygen_bits:2048", "RSASSA_PKCS1_V1_5_SHA_256", "-sha256")]
    [InlineData("RSA -pkeyopt rsa_keygen_bits:3072", "RSASSA_PKCS1_V1_5_SHA_384", "-sha384")]
    [InlineData("RSA -pkeyopt rsa_keygen_bits:2048", "RSASSA_PKCS1_V1_5_SHA_512", "-sha512")]
    [InlineData("RSA -pkeyopt rsa_keygen_bits:2048", "RSASSA_PSS_SHA_256", "-sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32")]
    [InlineData("RSA -pkeyopt rsa_keygen_bits:2048", "PS384", "-sha384 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:48")]
    [InlineData("RSA -pkeyopt rsa_keygen_bits:2048", "RSASSA_PSS_SHA_512", "-sha512 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:64")]
    [InlineData("EC -pkeyopt ec_paramgen_curve:P-256", null, "-sha256")]
    [InlineData("EC -pkeyopt ec_paramgen_curve:P-384", null, "-sha384")]
    [InlineData("EC -pkeyopt ec_paramgen_curve:P-521", null, "-sha512")]
    [InlineData("EC -pkeyopt ec_paramgen_curve:secp256k1", null, "-sha256")]
    [InlineData("ED25519", null, null)]
    public void Openssl_verifies_what_is_signed(string kind, string? label, string? verification)
    {
        using Folder folder = Keys(kind);
        string[] algorithm = label is null ? [] : ["--algorithm", label];
        (int exit, string output) = Peer.Sign(folder.Path, ["sign", "a", "--format", "kms", "--key", "key.pem", .. algorithm]);
        Assert.True(exit == 0, output);
        string[] check = verification is null
            ? ["pkeyutl", "-verify", "-pubin", "-inkey", "public.pem", "-rawin", "-in", "a", "-sigfile", "a.sig"]
            : ["dgst", .. verification.Split(' '), "-verify", "public.pem", "-signature", "a.sig", "a"];
        Peer.Must(folder.Path, "openssl", check);
    }

    [Theory]
    [InlineData("RSA -pkeyopt rsa_keygen_bits:2048", "rsa -traditional -in key.pem -out other.pem", "")]
    [InlineData("EC -pkeyopt ec_paramgen_curve:P-384", "ec -in key.pem -out other.pem", "")]
    [InlineData("RSA -pkeyopt rsa_keygen_bits:2048", "pkcs8 -topk8 -in key.pem -out other.pem -v2 aes-256-cbc -passout pass:secret", "secret\n")]
    [InlineData("EC -pkeyopt ec_paramgen_curve:P-256", "pkcs8 -topk8 -in key.pem -out other.pem -v2 aes-128-cbc -v2prf hmacWithSHA512 -passout pass:secret", "secret")]
    [InlineData("EC -pkeyopt ec_paramgen_curve:P-521", "pkcs8 -topk8 -in key.pem -out other.pem -v2 aes-192-cbc -v2prf hmacWithSHA1 -passout pass:secret", "secret")]
    [InlineData("EC -pkeyopt ec_paramgen_curve:secp256k1", "pkcs8 -topk8 -in key.pem -out other.pem -scrypt -passout pass:secret", "secret\r\n")]
    [InlineData("ED25519", "pkcs8 -topk8 -in key.pem -out other.pem -v2 aes-256-cbc -passout pass:secret", "secret\n")]
    public void Every_container_holds_the_same_key(string kind, string conversion, string password)
    {
        using Folder folder = Keys(kind);
        Peer.Must(folder.Path, "openssl", conversion.Split(' '));
        (int exit, string output) = Peer.Sign(folder.Path, ["public-key", "other.pem", "-o", "shown.pem"], password);
        Assert.True(exit == 0, output);
        Assert.Equal(File.ReadAllText(folder["public.pem"]), File.ReadAllText(folder["shown.pem"]));
        if (password.Length > 0)
        {
            (int wrong, string refusal) = Peer.Sign(folder.Path, ["sign", "a", "--format", "kms", "--algorithm", "RSASSA_PSS_SHA_256", "--key", "other.pem"], "wrong\n");
            Assert.Equal(1, wrong);
            Assert.Contains("sign.wrong-password", refusal, StringComparison.Ordinal);
            Assert.False(File.Exists(folder["a.sig"]));
        }
    }

    [Theory]
    [InlineData("dsaparam -genkey -out other.pem 2048", "sign.key-unreadable")]
    [InlineData("genrsa -out other.pem 1024", "key.weak")]
    [InlineData("genpkey -algorithm X25519 -out other.pem", "key.unsupported")]
    [InlineData("ecparam -genkey -name prime192v1 -out other.pem", "key.unsupported")]
    [InlineData("ecparam -genkey -name prime256v1 -param_enc explicit -out other.pem", "key.unsupported")]
    [InlineData("rsa -traditional -aes128 -passout pass:x -in key.pem -out other.pem", "sign.key-unreadable")]
    [InlineData("pkey -in key.pem -pubout -out other.pem", "sign.key-unreadable")]
    public void Keys_that_verifiers_would_refuse_do_not_sign(string made, string reason)
    {
        using Folder folder = Keys("RSA -pkeyopt rsa_keygen_bits:2048");
        Peer.Must(folder.Path, "openssl", made.Split(' '));
        (int exit, string output) = Peer.Sign(folder.Path, ["sign", "a", "--format", "kms", "--algorithm", "RSASSA_PSS_SHA_256", "--key", "other.pem"]);
        Assert.True(exit == 1 && output.Contains(reason, StringComparison.Ordinal), output);
        Assert.False(File.Exists(folder["a.sig"]));
    }

    [Fact]
    public void An_rsa_key_asks_for_the_algorithm_and_nothing_is_guessed()
    {
        using Folder folder = Keys("RSA -pkeyopt rsa_keygen_bits:2048");
        (int exit, string output) = Peer.Sign(folder.Path, ["sign", "a", "--format", "kms", "--key", "key.pem"]);
        Assert.True(exit == 1 && output.Contains("sign.algorithm-required", StringComparison.Ordinal), output);
    }

    [Fact]
    public void The_wrong_public_key_stops_a_local_key_too()
    {
        using Folder folder = Keys("ED25519");
        Peer.Must(folder.Path, "openssl", ["genpkey", "-algorithm", "ed25519", "-out", "other.pem"]);
        Peer.Must(folder.Path, "openssl", ["pkey", "-in", "other.pem", "-pubout", "-out", "pin.pem"]);
        (int exit, string output) = Peer.Sign(folder.Path, ["sign", "a", "--format", "kms", "--key", "key.pem", "--public-key", "pin.pem"]);
        Assert.True(exit == 1 && output.Contains("sign.pin-mismatch", StringComparison.Ordinal), output);
        Assert.False(File.Exists(folder["a.sig"]));
    }

    [Fact]
    public void A_dry_run_writes_nothing()
    {
        using Folder folder = Keys("ED25519");
        (int exit, string output) = Peer.Sign(folder.Path, ["sign", "a", "--format", "minisign", "--key", "key.pem", "--dry-run", "--signed-at", "2026-01-26T10:30:00Z"]);
        Assert.True(exit == 0 && output.Contains("timestamp:1769423400", StringComparison.Ordinal) && output.Contains("(--signed-at)", StringComparison.Ordinal), output);
        Assert.Equal(["a", "key.pem", "public.pem"], folder.Names);
    }

    private static Folder Keys(string kind)
    {
        Folder folder = new();
        folder.Write("a", "hello\n");
        Peer.Must(folder.Path, "openssl", ["genpkey", "-out", "key.pem", "-algorithm", .. kind.Split(' ')]);
        Peer.Must(folder.Path, "openssl", ["pkey", "-in", "key.pem", "-pubout", "-out", "public.pem"]);
        return folder;
    }
}

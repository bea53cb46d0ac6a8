namespace OfflineKit.Signing.Tests.Tokens;

/// <summary>Keys of a SoftHSM token sign in every format, and openssl, cosign and minisign verify.</summary>
public sealed class SoftHsmTests(SoftHsm token) : IClassFixture<SoftHsm>
{
    [Theory]
    [InlineData("rsa", "RS256")]
    [InlineData("rsa", "RS384")]
    [InlineData("rsa", "RS512")]
    [InlineData("rsa", "PS256")]
    [InlineData("rsa", "PS384")]
    [InlineData("rsa", "PS512")]
    [InlineData("p256", "ES256")]
    [InlineData("p384", "ES384")]
    [InlineData("p521", "ES512")]
    [InlineData("k1", "ES256K")]
    [InlineData("ed", "ED25519_SHA_512")]
    public void Every_algorithm_signs_in_every_format(string label, string algorithm)
    {
        using Folder folder = new();
        token.Needed(folder, label);
        TokenSignatures.EveryFormVerifies(folder, $"pkcs11:token=kit;object={label}", algorithm, token.WithPin);
    }

    [Theory]
    [InlineData("rsa", "RS256")]
    [InlineData("p256", "ES256")]
    [InlineData("ed", "ED25519_SHA_512")]
    public void Cosign_verifies_what_a_token_signed(string label, string algorithm)
    {
        using Folder folder = new();
        token.Needed(folder, label);
        TokenSignatures.CosignVerifies(folder, $"pkcs11:token=kit;object={label}", algorithm, token.WithPin);
    }

    [Fact]
    public void The_public_half_is_the_one_that_another_program_reads()
    {
        foreach (string label in (string[])["rsa", "p256", "k1"])
        {
            using Folder folder = new();
            token.Needed(folder, label);
            Assert.Equal(token.PemByOthers(label, folder), File.ReadAllText(folder["pin.pem"]));
        }
    }

    [Fact]
    public void A_policy_an_event_and_minisign_are_signed_too()
    {
        using Folder folder = new();
        folder.Write("a", "hello\n");
        token.Needed(folder, "ed");
        string[] key = ["--key", "pkcs11:token=kit;object=ed", "--public-key", "pin.pem"];
        TokenSignatures.Sign(folder, token.WithPin, ["sign", "a", "--format", "minisign", .. key]);
        TokenSignatures.Sign(folder, token.WithPin, ["sign", "a", "--format", "signify", .. key]);
        TokenSignatures.Sign(folder, token.WithPin, ["public-key", "pkcs11:token=kit;object=ed", "--as", "minisign", "-o", "ed.pub"]);
        Peer.Must(folder.Path, "minisign", ["-V", "-p", "ed.pub", "-m", "a"]);
        token.Needed(folder, "p256");
        key[1] = "pkcs11:token=kit;object=p256";
        folder.Write("e.json", "{\"n\":1}\n");
        TokenSignatures.Sign(folder, token.WithPin, ["event", "sign", "e.json", "--provider", "aws_kms", "-o", "e.signed", .. key]);
        folder.Write("policy.yaml", "version: \"1\"\nrules:\n  - name: all\n    effect: deny\n");
        TokenSignatures.Sign(folder, token.WithPin, ["policy", "sign", "policy.yaml", "--key-id", "pkcs11:token=kit;object=p256", "--public-key", "pin.pem"]);
    }

    [Theory]
    [InlineData("pkcs11:token=kit;id=%02")]
    [InlineData("pkcs11:token=kit;id=%02;object=p256;type=private")]
    [InlineData("pkcs11:model=SoftHSM%20v2;manufacturer=SoftHSM%20project;token=kit;object=p256")]
    public void A_key_is_found_by_every_name_that_fits(string key) => Assert.Equal(0, Sign(key, "p256", token.WithPin).Exit);

    [Fact]
    public void The_pin_comes_from_a_file_or_a_prompt_or_the_uri_with_a_warning()
    {
        using Folder pins = new();
        pins.Write("pin", SoftHsm.Pin + "\n");
        Assert.Equal(0, Sign($"pkcs11:token=kit;object=p256?pin-source={pins["pin"]}", "p256", token.Environment).Exit);
        Assert.Equal(0, Sign($"pkcs11:token=kit;object=p256?pin-source=file://{pins["pin"]}", "p256", token.Environment).Exit);
        Assert.Equal(0, Sign("pkcs11:token=kit;object=p256", "p256", token.Environment, SoftHsm.Pin + "\n").Exit);
        (int exit, string output, _) = Sign($"pkcs11:token=kit;object=p256?module-path={SoftHsm.Module}&pin-value={SoftHsm.Pin}", "p256", token.Environment);
        Assert.True(exit == 0 && output.Contains("pin-value shows the PIN", StringComparison.Ordinal), output);
    }

    [Fact]
    public void A_hundred_files_are_signed_side_by_side_after_one_login()
    {
        using Folder folder = new();
        token.Needed(folder, "p256");
        string[] files = [.. Enumerable.Range(0, 100).Select(i => $"f{i}")];
        foreach (string file in files)
        {
            folder.Write(file, file);
        }

        (int exit, string output) = Peer.Sign(
            folder.Path, ["sign", .. files, "--format", "kms", "--key", "pkcs11:token=kit;object=p256", "--public-key", "pin.pem", "--parallel", "16", "--verbose"], "", token.WithPin);
        Assert.True(exit == 0, output);
        Assert.Equal(100, folder.Names.Count(name => name.EndsWith(".sig", StringComparison.Ordinal)));
        Assert.Equal(2, output.Split(" log in and find key OK ").Length);
        Peer.Must(folder.Path, "openssl", ["dgst", "-sha256", "-verify", "pin.pem", "-signature", "f73.sig", "f73"]);
    }

    [Theory]
    [InlineData("pkcs11:token=other;object=p256", "token.not-found")]
    [InlineData("pkcs11:token=kit;slot-id=99999;object=p256", "token.not-found")]
    [InlineData("pkcs11:token=kit;serial=0;object=p256", "token.not-found")]
    [InlineData("pkcs11:manufacturer=SoftHSM%20project;slot-id=99999;object=p256", "token.not-found")]
    [InlineData("pkcs11:token=kit;object=nothing", "token.key-not-found")]
    [InlineData("pkcs11:token=kit;object=p384;id=%02", "token.key-not-found")]
    [InlineData("pkcs11:token=kit;object=twin", "token.key-ambiguous")]
    [InlineData("pkcs11:token=kit;object=alone", "token.no-public-key")]
    [InlineData("pkcs11:token=kit;object=p384", "sign.pin-mismatch")]
    [InlineData("pkcs11:token=kit;object=p256?module-path=/no/such.so", "token.no-module")]
    [InlineData("pkcs11:token=kit;object=p256?module-path=/etc/passwd", "token.module-failed")]
    [InlineData("pkcs11:token=kit;object=p256?pin-source=/no/such", "token.pin-unreadable")]
    [InlineData("pkcs11:token=kit;object=p256?pin-source=%7Cecho%201234", "token.pin-unreadable")]
    public void A_key_that_does_not_fit_signs_nothing(string key, string reason)
    {
        (int exit, string output, string[] names) = Sign(key, "p256", token.WithPin);
        Assert.True(exit == 1 && output.Contains($"[{reason}]", StringComparison.Ordinal), output);
        Assert.Equal(["a", "pin.pem"], names);
    }

    [Fact]
    public void Without_a_module_or_a_pin_nothing_is_signed()
    {
        (int exit, string output, _) = Sign("pkcs11:token=kit;object=p256", "p256", [.. token.WithPin, ("COSIGN_PKCS11_MODULE_PATH", "")]);
        Assert.True(exit == 1 && output.Contains("[token.no-module]", StringComparison.Ordinal), output);
        (exit, output, string[] names) = Sign("pkcs11:token=kit;object=p256", "p256", token.Environment);
        Assert.True(exit == 1 && output.Contains("[sign.no-password]", StringComparison.Ordinal), output);
        Assert.Equal(["a", "pin.pem"], names);
    }

    [Fact]
    public void A_wrong_pin_is_tried_once_and_never_shown()
    {
        (int exit, string output, string[] names) = Sign("pkcs11:token=kit;object=p256?pin-value=87654", "p256", token.Environment, "", "--verbose", "--audit-log", "log");
        Assert.True(exit == 1 && output.Contains("[token.pin-incorrect]", StringComparison.Ordinal), output);
        Assert.DoesNotContain("87654", output, StringComparison.Ordinal);
        Assert.Equal(["a", "log", "pin.pem"], names);
        Assert.Equal(0, Sign("pkcs11:token=kit;object=p256", "p256", token.WithPin).Exit);
    }

    [Fact]
    public void A_token_that_was_taken_away_signs_nothing()
    {
        using SoftHsm own = new();
        using Folder folder = new();
        own.Needed(folder, "p256");
        own.Remove();
        folder.Write("a", "hello\n");
        (int exit, string output) = Peer.Sign(folder.Path, ["sign", "a", "--format", "kms", "--key", "pkcs11:token=kit;object=p256", "--public-key", "pin.pem"], "", own.WithPin);
        Assert.True(exit == 1 && output.Contains("[token.", StringComparison.Ordinal), output);
        Assert.Equal(["a", "pin.pem"], folder.Names);
    }

    private (int Exit, string Output, string[] Names) Sign(string key, string pinned, (string Name, string Value)[] environment, string input = "", params string[] more)
    {
        using Folder folder = new();
        folder.Write("a", "hello\n");
        token.Needed(folder, pinned);
        (int exit, string output) = Peer.Sign(folder.Path, ["sign", "a", "--format", "kms", "--key", key, "--public-key", "pin.pem", .. more], input, environment);
        return (exit, output, folder.Names);
    }
}

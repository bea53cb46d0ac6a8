namespace OfflineKit.Signing.Tests.Tokens;

/// <summary>Keys of a TPM sign through tpm2-pkcs11 in every format, and openssl and cosign verify.</summary>
public sealed class TpmTests
{
    [Fact]
    public void Keys_of_a_tpm_sign_in_every_format()
    {
        using Tpm tpm = new();
        foreach ((string label, string algorithms) in ((string, string)[])[("ecc256", "ES256"), ("ecc384", "ES384"), ("rsa2048", "RS256 RS384 RS512 PS256 PS384 PS512")])
        {
            using Folder pinned = new();
            TokenSignatures.Sign(pinned, tpm.Environment, ["public-key", $"pkcs11:token=tpm;object={label}", "-o", "pin.pem"]);
            foreach (string algorithm in algorithms.Split(' '))
            {
                using Folder folder = new();
                File.Copy(pinned["pin.pem"], folder["pin.pem"]);
                TokenSignatures.EveryFormVerifies(folder, $"pkcs11:token=tpm;object={label}", algorithm, tpm.Environment);
            }
        }

        WrongPin(tpm);
        Parallel(tpm);
    }

    private static void WrongPin(Tpm tpm)
    {
        using Folder folder = new();
        folder.Write("a", "hello\n");
        TokenSignatures.Sign(folder, tpm.Environment, ["public-key", "pkcs11:token=tpm;object=ecc256", "-o", "pin.pem"]);
        (int exit, string output) = Peer.Sign(
            folder.Path, ["sign", "a", "--format", "kms", "--key", "pkcs11:token=tpm;object=ecc256", "--public-key", "pin.pem"], "", [.. tpm.Environment, ("COSIGN_PKCS11_PIN", "4321")]);
        Assert.True(exit == 1 && output.Contains("[token.pin-incorrect]", StringComparison.Ordinal), output);
        Assert.Equal(["a", "pin.pem"], folder.Names);
    }

    private static void Parallel(Tpm tpm)
    {
        using Folder folder = new();
        string[] files = [.. Enumerable.Range(0, 20).Select(i => $"f{i}")];
        foreach (string file in files)
        {
            folder.Write(file, file);
        }

        TokenSignatures.Sign(folder, tpm.Environment, ["public-key", "pkcs11:token=tpm;object=ecc256", "-o", "pin.pem"]);
        TokenSignatures.Sign(folder, tpm.Environment, ["sign", .. files, "--format", "kms", "--key", "pkcs11:token=tpm;object=ecc256", "--public-key", "pin.pem", "--parallel", "8"]);
        Peer.Must(folder.Path, "openssl", ["dgst", "-sha256", "-verify", "pin.pem", "-signature", "f7.sig", "f7"]);
    }
}

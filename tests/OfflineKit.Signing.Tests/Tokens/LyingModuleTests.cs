using System.Security.Cryptography;

namespace OfflineKit.Signing.Tests.Tokens;

/// <summary>A module that fails or lies in every way that we could think of: nothing is written, and the exit status and the reason say so.</summary>
public sealed class LyingModuleTests
{
    private const string Key = "pkcs11:token=liar;object=key";

    [Theory]
    [InlineData("honest")]
    [InlineData("bare-point")]
    [InlineData("asks-again")]
    [InlineData("logged-in-before")]
    [InlineData("started-before")]
    [InlineData("pin-pad")]
    [InlineData("one-session")]
    [InlineData("cannot-lock")]
    [InlineData("short-r")]
    [InlineData("short-s")]
    public void An_odd_but_honest_module_signs(string behaviour)
    {
        using Folder folder = Liar();
        folder.Write("b", "hello\n");
        folder.Write("c", "hello\n");
        (int exit, string output) = Sign(folder, behaviour, "b", "c", "--parallel", "3");
        Assert.True(exit == 0, output);
        Peer.Must(folder.Path, "openssl", ["dgst", "-sha256", "-verify", "pin.pem", "-signature", "c.sig", "a"]);
    }

    [Theory]
    [InlineData("wrong-key", "sign.does-not-verify")]
    [InlineData("wrong-point", "sign.pin-mismatch")]
    [InlineData("off-curve", "token.malformed-answer")]
    [InlineData("no-signature", "sign.does-not-verify")]
    [InlineData("der-signature", "sign.does-not-verify")]
    [InlineData("long-signature", "token.malformed-answer")]
    [InlineData("long-attribute", "token.malformed-answer")]
    [InlineData("find-lies", "token.malformed-answer")]
    [InlineData("device-error", "token.failed")]
    [InlineData("vendor-error", "token.failed")]
    [InlineData("removed", "token.removed")]
    [InlineData("logged-out", "token.not-logged-in")]
    [InlineData("no-mechanism", "token.mechanism")]
    [InlineData("not-permitted", "token.wrong-usage")]
    [InlineData("cannot-sign", "token.wrong-usage")]
    [InlineData("other-kind", "token.wrong-usage")]
    [InlineData("pin-locked", "token.pin-locked")]
    [InlineData("pin-expired", "token.pin-unusable")]
    [InlineData("pin-never-set", "token.pin-unusable")]
    [InlineData("final-try", "token.pin-final-try")]
    [InlineData("no-token", "token.not-found")]
    [InlineData("two-tokens", "token.ambiguous")]
    [InlineData("start-fails", "token.module-failed")]
    [InlineData("no-list", "token.module-failed")]
    [InlineData("sign-hangs", "token.timed-out")]
    [InlineData("login-hangs", "token.timed-out")]
    public void A_module_that_fails_or_lies_makes_no_file(string behaviour, string reason)
    {
        using Folder folder = Liar();
        string[] before = folder.Names;
        (int exit, string output) = Sign(folder, behaviour, "--timeout", behaviour.EndsWith("hangs", StringComparison.Ordinal) ? "2" : "60");
        Assert.True(exit == 1 && output.Contains($"[{reason}]", StringComparison.Ordinal) && output.Contains("offlinekit-sign: hint: ", StringComparison.Ordinal), output);
        Assert.DoesNotContain("1234", output.Replace("0x1234", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', output);
        Assert.Equal(before, folder.Names);
    }

    private static (int Exit, string Output) Sign(Folder folder, string behaviour, params string[] more) => Peer.Sign(
        folder.Path,
        ["sign", "a", "--format", "kms", "--key", Key, "--public-key", "pin.pem", .. more],
        "",
        ("COSIGN_PKCS11_MODULE_PATH", folder["lying-module.so"]),
        ("COSIGN_PKCS11_PIN", behaviour == "pin-pad" ? "" : "1234"),
        ("LYING_MODULE", behaviour),
        ("LYING_POINT", folder[behaviour switch { "bare-point" => "bare", "wrong-point" => "other-point", "off-curve" => "off-curve", _ => "point" }]),
        ("LYING_SIGNATURE", folder[behaviour switch { "wrong-key" => "other-signature", "no-signature" => "none", "der-signature" => "der", "short-r" => "short-r", "short-s" => "short-s", _ => "signature" }]));

    // The module, a key's point in its two spellings, and that key's signature over the file.
    private static Folder Liar()
    {
        Folder folder = new();
        string compiler = new[] { "cc", "clang", "gcc" }.FirstOrDefault(name => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(place => File.Exists(Path.Combine(place, name)))) ?? "cc";
        Peer.Must(folder.Path, compiler, ["-shared", "-fPIC", "-O1", "-o", "lying-module.so", OfflineKit.Testing.Repository.Path("tests", "OfflineKit.Signing.Tests", "Tokens", "lying-module.c")]);
        folder.Write("a", "hello\n");
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256), other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        folder.Write("pin.pem", key.ExportSubjectPublicKeyInfoPem() + "\n");
        byte[] point = Point(key), damaged = Point(key);
        damaged[^1] ^= 1;
        byte[] message = "hello\n"u8.ToArray();
        File.WriteAllBytes(folder["bare"], point);
        File.WriteAllBytes(folder["point"], [0x04, 0x41, .. point]);
        File.WriteAllBytes(folder["other-point"], [0x04, 0x41, .. Point(other)]);
        File.WriteAllBytes(folder["off-curve"], [0x04, 0x41, .. damaged]);
        File.WriteAllBytes(folder["signature"], key.SignData(message, HashAlgorithmName.SHA256));
        File.WriteAllBytes(folder["other-signature"], other.SignData(message, HashAlgorithmName.SHA256));
        File.WriteAllBytes(folder["der"], key.SignData(message, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
        File.WriteAllBytes(folder["none"], []);
        File.WriteAllBytes(folder["short-r"], Until(signature => signature[0] == 0));
        File.WriteAllBytes(folder["short-s"], Until(signature => signature[32] == 0));
        return folder;

        byte[] Until(Predicate<byte[]> holds)
        {
            byte[] signature;
            do
            {
                signature = key.SignData(message, HashAlgorithmName.SHA256);
            }
            while (!holds(signature));
            return signature;
        }
    }

    private static byte[] Point(ECDsa key)
    {
        ECParameters parameters = key.ExportParameters(false);
        return [0x04, .. parameters.Q.X!, .. parameters.Q.Y!];
    }
}

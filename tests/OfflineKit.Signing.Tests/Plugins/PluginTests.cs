using OfflineKit.Testing;

namespace OfflineKit.Signing.Tests.Plugins;

/// <summary>Keys behind sigstore's plugin protocol: an honest plugin signs, every other one makes no file.</summary>
public sealed class PluginTests
{
    [Theory]
    [InlineData("EC -pkeyopt ec_paramgen_curve:P-256", "double://honest:")]
    [InlineData("EC -pkeyopt ec_paramgen_curve:P-384", "double://honest:")]
    [InlineData("EC -pkeyopt ec_paramgen_curve:P-521", "plugin://double/honest:")]
    [InlineData("ED25519", "double://honest:")]
    [InlineData("RSA -pkeyopt rsa_keygen_bits:2048", "double://honest:", "--algorithm", "RS256")]
    [InlineData("RSA -pkeyopt rsa_keygen_bits:2048", "double://honest:", "--algorithm", "RS512")]
    [InlineData("EC -pkeyopt ec_paramgen_curve:P-256", "double://noise:")]
    public void An_honest_plugin_signs(string kind, string key, params string[] algorithm)
    {
        using Folder folder = Keys(kind);
        (int exit, string output) = Sign(folder, key + folder.Path, algorithm);
        Assert.True(exit == 0, output);
        Assert.DoesNotContain('\u001b', output);
        Assert.True(output.Length < 10_000, $"{output.Length} characters");
        string[] how = kind == "ED25519" ? ["pkeyutl", "-verify", "-pubin", "-inkey", "pin.pem", "-rawin", "-in", "a", "-sigfile", "a.sig"]
            : ["dgst", kind.Contains("384", StringComparison.Ordinal) ? "-sha384" : kind.Contains("521", StringComparison.Ordinal) || algorithm is [_, "RS512"] ? "-sha512" : "-sha256", "-verify", "pin.pem", "-signature", "a.sig", "a"];
        Peer.Must(folder.Path, "openssl", how);
        (exit, output) = Peer.Sign(folder.Path, ["public-key", key + folder.Path, "-o", "again.pem"], "", Path(folder));
        Assert.True(exit == 0 && File.ReadAllText(folder["again.pem"]) == File.ReadAllText(folder["pin.pem"]), output);
    }

    [Theory]
    [InlineData("wrong-key", "sign.does-not-verify")]
    [InlineData("other-public-key", "sign.pin-mismatch")]
    [InlineData("empty", "plugin.malformed-answer")]
    [InlineData("garbage", "plugin.malformed-answer")]
    [InlineData("text", "plugin.malformed-answer")]
    [InlineData("brace", "plugin.malformed-answer")]
    [InlineData("array", "plugin.malformed-answer")]
    [InlineData("null", "plugin.malformed-answer")]
    [InlineData("twice", "plugin.malformed-answer")]
    [InlineData("two-answers", "plugin.malformed-answer")]
    [InlineData("no-base64", "plugin.malformed-answer")]
    [InlineData("empty-signature", "plugin.malformed-answer")]
    [InlineData("huge", "plugin.malformed-answer")]
    [InlineData("early-brace", "plugin.malformed-answer")]
    [InlineData("early-huge", "plugin.malformed-answer")]
    [InlineData("fails", "plugin.failed")]
    [InlineData("error", "plugin.refused")]
    [InlineData("error-beside", "plugin.refused")]
    [InlineData("hang", "plugin.timed-out")]
    [InlineData("grandchild", "plugin.timed-out")]
    [InlineData("early-hang", "plugin.timed-out")]
    public void A_plugin_that_fails_or_lies_makes_no_file(string behaviour, string reason)
    {
        using Folder folder = Keys("EC -pkeyopt ec_paramgen_curve:P-256");
        string[] before = folder.Names;
        (int exit, string output) = Sign(folder, $"double://{behaviour}:{folder.Path}", "--timeout", reason == "plugin.timed-out" ? "3" : "60");
        Assert.True(exit == 1 && output.Contains($"[{reason}]", StringComparison.Ordinal) && output.Contains("offlinekit-sign: hint: ", StringComparison.Ordinal), output);
        Assert.DoesNotContain('\u001b', output);
        Assert.Equal(before, folder.Names);
    }

    [Fact]
    public void A_plugin_that_is_not_there_signs_nothing()
    {
        using Folder folder = Keys("EC -pkeyopt ec_paramgen_curve:P-256");
        (int exit, string output) = Sign(folder, "nothing://key");
        Assert.True(exit == 1 && output.Contains("[plugin.not-found]", StringComparison.Ordinal), output);
    }

    [Theory]
    [InlineData("EC -pkeyopt ec_paramgen_curve:P-256")]
    [InlineData("EC -pkeyopt ec_paramgen_curve:P-384")]
    [InlineData("ED25519")]
    [InlineData("RSA -pkeyopt rsa_keygen_bits:2048", "--algorithm", "RS512")]
    public void Our_own_plugin_signs_for_us_and_not_with_another_key(string kind, params string[] algorithm)
    {
        using Folder folder = Keys(kind), programs = CosignDrivesUsTests.Programs();
        (string, string) path = ("PATH", $"{programs.Path}:{Environment.GetEnvironmentVariable("PATH")}");
        (int exit, string output) = Sign(folder, $"offlinekit://{folder["other.pem"]}", algorithm, path);
        Assert.True(exit == 1 && output.Contains("[sign.pin-mismatch]", StringComparison.Ordinal) && !File.Exists(folder["a.sig"]), output);
        (exit, output) = Sign(folder, $"offlinekit://{folder["key.pem"]}", algorithm, path);
        Assert.True(exit == 0 && File.Exists(folder["a.sig"]), output);
        folder.Write("empty", "");
        (exit, output) = Peer.Sign(folder.Path, ["sign", "empty", "--format", "kms", "--key", $"offlinekit://{folder["key.pem"]}", "--public-key", "pin.pem", .. algorithm], "", path);
        Assert.True(exit == 0 && File.Exists(folder["empty.sig"]), output);
    }

    [Fact]
    public void A_plugin_in_the_current_folder_is_not_run_and_pss_is_not_asked_for()
    {
        using Folder folder = Keys("RSA -pkeyopt rsa_keygen_bits:2048");
        File.Copy(Repository.Path("tests", "OfflineKit.Signing.Tests", "Plugins", "sigstore-kms-double"), folder["sigstore-kms-here"]);
        (int exit, string output) = Sign(folder, "here://honest:x", [], ("PATH", $".::{Environment.GetEnvironmentVariable("PATH")}"));
        Assert.True(exit == 1 && output.Contains("[plugin.not-found]", StringComparison.Ordinal), output);
        (exit, output) = Sign(folder, $"double://honest:{folder.Path}", "--algorithm", "PS256");
        Assert.True(exit == 1 && output.Contains("[sign.algorithm-mismatch]", StringComparison.Ordinal), output);
    }

    internal static (string Name, string Value)[] Path(Folder folder) =>
        [("PATH", $"{Repository.Path("tests", "OfflineKit.Signing.Tests", "Plugins")}:{Environment.GetEnvironmentVariable("PATH")}"), ("HOME", folder.Path)];

    internal static Folder Keys(string kind)
    {
        _ = (Peer.Needed("python3"), Peer.Needed("openssl"));
        Folder folder = new();
        folder.Write("a", "hello\n");
        folder.Write("message", "");
        Peer.Must(folder.Path, "openssl", ["genpkey", "-out", "key.pem", "-algorithm", .. kind.Split(' ')]);
        Peer.Must(folder.Path, "openssl", ["genpkey", "-out", "other.pem", "-algorithm", .. kind.Split(' ')]);
        Peer.Must(folder.Path, "openssl", ["pkey", "-in", "key.pem", "-pubout", "-out", "pin.pem"]);
        return folder;
    }

    private static (int Exit, string Output) Sign(Folder folder, string key, params string[] more) => Sign(folder, key, more, Path(folder)[0]);

    private static (int Exit, string Output) Sign(Folder folder, string key, string[] more, (string Name, string Value) path) =>
        Peer.Sign(folder.Path, ["sign", "a", "--format", "kms", "--key", key, "--public-key", "pin.pem", .. more], "", path);
}

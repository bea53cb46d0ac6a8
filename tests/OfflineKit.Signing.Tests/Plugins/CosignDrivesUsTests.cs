namespace OfflineKit.Signing.Tests.Plugins;

/// <summary>This program as a plugin: cosign signs and verifies with our keys, and whatever is wrong reaches cosign as an error.</summary>
public sealed class CosignDrivesUsTests
{
    private const string Subject = "hello\n";

    [Theory]
    [InlineData("EC -pkeyopt ec_paramgen_curve:P-256")]
    [InlineData("RSA -pkeyopt rsa_keygen_bits:3072")]
    [InlineData("ED25519")]
    public void Cosign_signs_with_our_key_and_verifies_with_the_public_half(string kind)
    {
        using Folder folder = PluginTests.Keys(kind), programs = Programs();
        Cosign(folder, programs, 0, "sign-blob", "--yes", "--tlog-upload=false", "--key", $"offlinekit://{folder["key.pem"]}", "--output-signature", "a.sig", "a");
        Cosign(folder, programs, 0, "verify-blob", "--key", "pin.pem", "--signature", "a.sig", "--insecure-ignore-tlog=true", "a");
        Cosign(folder, programs, 0, "verify-blob", "--key", $"offlinekit://{folder["key.pem"]}", "--signature", "a.sig", "--insecure-ignore-tlog=true", "a");
        Assert.Contains(File.ReadAllText(folder["pin.pem"]).Trim(), Cosign(folder, programs, 0, "public-key", "--key", $"offlinekit://{folder["key.pem"]}"), StringComparison.Ordinal);
        folder.Write("a", "other\n");
        Cosign(folder, programs, 1, "verify-blob", "--key", $"offlinekit://{folder["key.pem"]}", "--signature", "a.sig", "--insecure-ignore-tlog=true", "a");
        Cosign(folder, programs, 1, "verify-blob", "--key", $"offlinekit://{folder["other.pem"]}", "--signature", "a.sig", "--insecure-ignore-tlog=true", "a");
    }

    [Fact]
    public void Cosign_gets_no_signature_of_a_key_that_is_not_the_pinned_one_and_the_log_says_so()
    {
        using Folder folder = PluginTests.Keys("EC -pkeyopt ec_paramgen_curve:P-256"), programs = Programs();
        string[] sign = ["sign-blob", "--yes", "--tlog-upload=false", "--key", $"offlinekit://{folder["other.pem"]}", "--output-signature", "a.sig", "a"];
        (string, string)[] pinned = [("OFFLINEKIT_PUBLIC_KEY", folder["pin.pem"]), ("OFFLINEKIT_AUDIT_LOG", folder["log"])];
        Assert.Contains("[sign.pin-mismatch]", Cosign(folder, programs, 1, pinned, sign), StringComparison.Ordinal);
        Assert.False(File.Exists(folder["a.sig"]));
        sign[4] = $"offlinekit://{folder["key.pem"]}";
        Cosign(folder, programs, 0, pinned, sign);
        string[] log = File.ReadAllLines(folder["log"]);
        Assert.True(log.Length == 2 && log[0].Contains("\"refused\"", StringComparison.Ordinal) && log[1].Contains("\"signed\"", StringComparison.Ordinal), string.Join('\n', log));
    }

    [Fact]
    public void Cosign_asks_for_sha256_and_is_told_that_a_p384_key_has_none()
    {
        using Folder folder = PluginTests.Keys("EC -pkeyopt ec_paramgen_curve:P-384"), programs = Programs();
        string said = Cosign(folder, programs, 1, "sign-blob", "--yes", "--tlog-upload=false", "--key", $"offlinekit://{folder["key.pem"]}", "--output-signature", "a.sig", "a");
        Assert.Contains("[sign.algorithm-mismatch]", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v1", "{\"initOptions\":{\"protocolVersion\":\"v1\",\"keyResourceID\":\"key.pem\",\"hashFunc\":5},\"methodName\":\"createKey\"}", "creates no keys")]
    [InlineData("v1", "{\"initOptions\":{\"protocolVersion\":\"v1\",\"keyResourceID\":\"key.pem\",\"hashFunc\":5},\"methodName\":\"destroy\"}", "no method")]
    [InlineData("v1", "{\"initOptions\":{\"protocolVersion\":\"v1\",\"keyResourceID\":\"key.pem\",\"hashFunc\":3},\"methodName\":\"publicKey\"}", "hashFunc 3")]
    [InlineData("v1", "{\"initOptions\":{\"protocolVersion\":\"v2\",\"keyResourceID\":\"key.pem\",\"hashFunc\":5},\"methodName\":\"publicKey\"}", "protocol version")]
    [InlineData("v2", "{}", "protocol version")]
    [InlineData("v1", "{", "request")]
    [InlineData("v1", "{\"initOptions\":{\"protocolVersion\":\"v1\",\"keyResourceID\":\"missing.pem\",\"hashFunc\":5},\"methodName\":\"publicKey\"}", "sign.key-unreadable")]
    [InlineData("v1", "{\"initOptions\":{\"protocolVersion\":\"v1\",\"keyResourceID\":\"offlinekit://key.pem\",\"hashFunc\":5},\"methodName\":\"publicKey\"}", "plugin.not-found")]
    [InlineData("v1", "{\"initOptions\":{\"protocolVersion\":\"v1\",\"keyResourceID\":\"key.pem\",\"hashFunc\":5},\"methodName\":\"signMessage\",\"signMessage\":{\"signOptions\":{\"messageOptions\":{\"digest\":\"AAAA\"}}}}", "sign.wrong-answer")]
    [InlineData("v1", "{\"initOptions\":{\"protocolVersion\":\"v1\",\"keyResourceID\":\"key.pem\",\"hashFunc\":5},\"methodName\":\"verifySignature\",\"verifySignature\":{\"signature\":\"MAA=\"}}", "ECDSA signature")]
    public void A_request_that_cannot_be_granted_is_answered_with_an_error(string version, string request, string said)
    {
        using Folder folder = PluginTests.Keys("EC -pkeyopt ec_paramgen_curve:P-256");
        (int exit, string output) = Peer.Sign(folder.Path, ["cosign-plugin", version, request], Subject);
        Assert.True(exit == 1 && output.StartsWith("{\"errorMessage\":\"", StringComparison.Ordinal) && output.Contains(said, StringComparison.Ordinal), output);
    }

    [Fact]
    public void A_digest_beside_the_message_must_be_the_messages_own()
    {
        using Folder folder = PluginTests.Keys("EC -pkeyopt ec_paramgen_curve:P-256");
        string digest = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(Subject)));
        string request = "{\"initOptions\":{\"protocolVersion\":\"v1\",\"keyResourceID\":\"key.pem\",\"hashFunc\":5},\"methodName\":\"signMessage\",\"signMessage\":{\"signOptions\":{\"messageOptions\":{\"digest\":\"" + digest + "\"}}}}";
        (int exit, string output) = Peer.Sign(folder.Path, ["cosign-plugin", "v1", request], Subject);
        Assert.True(exit == 0 && output.StartsWith("{\"signMessage\":{\"signature\":\"", StringComparison.Ordinal), output);
        (exit, output) = Peer.Sign(folder.Path, ["cosign-plugin", "v1", request], "other\n");
        Assert.True(exit == 1 && output.Contains("sign.wrong-answer", StringComparison.Ordinal), output);
    }

    [Theory]
    [InlineData("EC -pkeyopt ec_paramgen_curve:P-256", 31, "31 bytes, wanted 32")]
    [InlineData("EC -pkeyopt ec_paramgen_curve:P-256", 32, "{\"signMessage\":{\"signature\":\"")]
    [InlineData("ED25519", 32, "sign.algorithm-mismatch")]
    public void A_digest_without_its_message_is_signed_where_digests_are(string kind, int length, string said)
    {
        using Folder folder = PluginTests.Keys(kind);
        string digest = Convert.ToBase64String(new byte[length]);
        string request = "{\"initOptions\":{\"protocolVersion\":\"v1\",\"keyResourceID\":\"key.pem\",\"hashFunc\":5},\"methodName\":\"signMessage\",\"signMessage\":{\"signOptions\":{\"messageOptions\":{\"digest\":\"" + digest + "\"}}}}";
        (int exit, string output) = Peer.Sign(folder.Path, ["cosign-plugin", "v1", request], "");
        Assert.True(output.Contains(said, StringComparison.Ordinal) && exit == (said[0] == '{' ? 0 : 1), output);
    }

    // The program under the name by which cosign finds it.
    internal static Folder Programs()
    {
        Folder programs = new();
        programs.Wrap("sigstore-kms-offlinekit", $"dotnet '{Path.Combine(AppContext.BaseDirectory, "OfflineKit.Signing.Cli.dll")}' cosign-plugin");
        return programs;
    }

    private static string Cosign(Folder folder, Folder programs, int wanted, params string[] arguments) => Cosign(folder, programs, wanted, [], arguments);

    private static string Cosign(Folder folder, Folder programs, int wanted, (string, string)[] environment, string[] arguments)
    {
        (int exit, string output) = Peer.Run(folder.Path, "cosign", arguments, "", [("PATH", $"{programs.Path}:{Environment.GetEnvironmentVariable("PATH")}"), .. environment]);
        Assert.True(exit == wanted, $"exit {exit}: {output}");
        return output;
    }
}

using OfflineKit.Formats.CodeSentinel;
using OfflineKit.Testing;

namespace OfflineKit.Signing.Tests;

/// <summary>CodeSentinel events and Sentinel log lines: signatures where there is a key, and weaker forms only by their own word.</summary>
public sealed class EventTests
{
    private const string Secret = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    [Theory]
    [InlineData("aws_kms", "EC -pkeyopt ec_paramgen_curve:P-256", "ECDSA_SHA_256")]
    [InlineData("aws_kms_sdk", "RSA -pkeyopt rsa_keygen_bits:2048", "RSASSA_PSS_SHA_256")]
    [InlineData("azure_kv", "EC -pkeyopt ec_paramgen_curve:P-384", "ES384")]
    [InlineData("azure_kv", "EC -pkeyopt ec_paramgen_curve:secp256k1", "ES256K")]
    [InlineData("azure_kv", "RSA -pkeyopt rsa_keygen_bits:2048", "PS256")]
    public void An_event_is_signed_under_its_providers_label(string provider, string kind, string label)
    {
        using Folder folder = Event();
        Peer.Must(folder.Path, "openssl", ["genpkey", "-out", "key.pem", "-algorithm", .. kind.Split(' ')]);
        (int exit, string output) = Peer.Sign(folder.Path, ["event", "sign", "e.json", "--provider", provider, "--key", "key.pem", "-o", "signed.json"]);
        Assert.True(exit == 0, output);
        string text = File.ReadAllText(folder["signed.json"]);
        Assert.StartsWith("{\"n\":1e+21,\"name\":\"é\",\"nested\":{\"a\":-0.1,\"b\":[]},\"signature\":{\"algorithm\":\"" + label + "\"", text, StringComparison.Ordinal);
        Assert.EndsWith("}}\n", text, StringComparison.Ordinal);
        _ = SignedEvent.Parse(File.ReadAllBytes(folder["signed.json"]));
        Assert.Equal(1, Peer.Sign(folder.Path, ["event", "sign", "signed.json", "--provider", provider, "--key", "key.pem"]).Exit);
    }

    [Fact]
    public void Without_a_provider_nothing_is_written_unless_the_weaker_form_is_named()
    {
        using Folder folder = Event();
        (int exit, string output) = Peer.Sign(folder.Path, ["event", "sign", "e.json", "-o", "out"], "", ("POLICY_SIGNING_KEY", Secret), ("POLICY_SIGNING_PROVIDER", ""));
        Assert.True(exit == 2 && output.Contains("no signing provider", StringComparison.Ordinal), output);
        Assert.Equal(["e.json"], folder.Names);
        Assert.Equal(2, Peer.Sign(folder.Path, ["event", "sign", "e.json", "-o", "out"], "", ("POLICY_SIGNING_PROVIDER", "kms")).Exit);
        Assert.Equal(0, Peer.Sign(folder.Path, ["event", "sign", "e.json", "-o", "mac", "--allow-hmac-instead-of-signature"], "", ("POLICY_SIGNING_KEY", Secret)).Exit);
        Assert.Equal(0, Peer.Sign(folder.Path, ["event", "sign", "e.json", "-o", "digest", "--allow-bare-sha256-instead-of-signature"]).Exit);
        _ = SignedEvent.Parse(File.ReadAllBytes(folder["mac"]));
        _ = SignedEvent.Parse(File.ReadAllBytes(folder["digest"]));
    }

    [Fact]
    public void A_short_secret_is_refused_and_never_shown()
    {
        using Folder folder = Event();
        (int exit, string output) = Peer.Sign(folder.Path, ["event", "sign", "e.json", "--allow-hmac-instead-of-signature"], "", ("POLICY_SIGNING_KEY", Secret[2..]));
        Assert.Equal(1, exit);
        Assert.DoesNotContain(Secret[2..10], output, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_request_for_a_weaker_form_is_in_the_log()
    {
        using Folder folder = Event();
        folder.Write("log.jsonl", "{\"a\":1}\n");
        string[] hmac = ["event", "sign", "e.json", "--allow-hmac-instead-of-signature", "--audit-log", "audit"], digest = ["event", "sign", "e.json", "--allow-bare-sha256-instead-of-signature", "--audit-log", "audit"];
        Assert.Equal(0, Peer.Sign(folder.Path, [.. hmac, "-o", "mac"], "", ("POLICY_SIGNING_KEY", Secret)).Exit);
        Assert.Equal(1, Peer.Sign(folder.Path, [.. hmac, "-o", "mac"], "", ("POLICY_SIGNING_KEY", Secret)).Exit);
        Assert.Equal(1, Peer.Sign(folder.Path, [.. hmac, "-o", "short"], "", ("POLICY_SIGNING_KEY", Secret[2..])).Exit);
        Assert.Equal(0, Peer.Sign(folder.Path, [.. digest, "-o", "digest"]).Exit);
        Assert.Equal(0, Peer.Sign(folder.Path, ["log", "sign", "log.jsonl", "--audit-log", "audit", "-o", "signed"], "", ("SENTINEL_LOG_SIGNING_KEY", Secret)).Exit);
        string[] lines = File.ReadAllLines(folder["audit"]);
        Assert.Equal(["signed", "refused", "refused", "signed", "signed"], lines.Select(line => line.Split("\"outcome\":\"")[1].Split('"')[0]));
        Assert.All(lines, line => Assert.DoesNotContain(Secret[2..20], line, StringComparison.Ordinal));
        Assert.Contains("\"key\":\"POLICY_SIGNING_KEY\",\"fingerprint\":\"\",\"algorithm\":\"HMAC-SHA256\"", lines[0], StringComparison.Ordinal);
        Assert.Equal(0, Peer.Sign(folder.Path, ["audit", "verify", "audit"]).Exit);
    }

    [Fact]
    public void A_service_key_of_the_environment_is_what_is_asked()
    {
        using Folder folder = Event();
        (int exit, string output) = Peer.Sign(
            folder.Path, ["event", "sign", "e.json"], "", ("POLICY_SIGNING_PROVIDER", "azure_kv"), ("POLICY_AZURE_KV_NAME", "Bad_Name"), ("POLICY_AZURE_KV_KEY", "k"));
        Assert.True(exit == 1 && output.Contains("sign.key-uri", StringComparison.Ordinal), output);
    }

    [SharedFact("samples")]
    public void Log_lines_are_those_of_the_original()
    {
        using Folder folder = new();
        folder.Write("log", "{\"timestamp\": \"2026-01-26T10:30:00Z\", \"user\":\"alice\",\"effect\":\"allow\"}\n\n{\"a\":\"<tag> &\"}\n");
        string? samples = Samples();
        Assert.SkipWhen(samples is null, "../shared/samples/sentinel/synthetic is absent");
        string key = File.ReadAllText(Path.Combine(samples!, "signed-log.key.hex")).Trim();
        (int exit, string output) = Peer.Sign(
            folder.Path, ["log", "sign", "log", "-o", "signed", "--signed-at", "2026-01-26T10:30:00Z"], "", ("SENTINEL_LOG_SIGNING_KEY", key), ("SENTINEL_LOG_SIGNING_KEY_ID", "k1"));
        Assert.True(exit == 0, output);
        Assert.Equal(File.ReadAllText(Path.Combine(samples!, "signed-log.jsonl")), File.ReadAllText(folder["signed"]));
    }

    private static string? Samples()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "shared", "samples", "sentinel", "synthetic");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }

    private static Folder Event()
    {
        Folder folder = new();
        folder.Write("e.json", "{ \"name\": \"é\", \"nested\": {\"b\": [], \"a\": -0.10}, \"n\": 1e21 }\n");
        return folder;
    }
}

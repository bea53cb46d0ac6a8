using System.Security.Cryptography;
using System.Text.Json;
using OfflineKit.Testing;

namespace OfflineKit.Signing.Tests;

/// <summary>What is written has the bytes that its readers and their original writers have.</summary>
public sealed class FormatTests
{
    [Fact]
    public void A_policy_signature_has_the_originals_layout()
    {
        using Folder folder = Rsa();
        Assert.Equal(0, Peer.Sign(folder.Path, ["policy", "sign", "a", "--key-id", "key.pem", "-o", "a.json", "--signed-at", "2026-01-26T10:30:00.120Z"]).Exit);
        string text = File.ReadAllText(folder["a.json"]);
        using JsonDocument json = JsonDocument.Parse(text);
        string signature = json.RootElement.GetProperty("signature").GetString()!;
        Assert.Equal(
            $"{{\n  \"signature\": \"{signature}\",\n  \"metadata\": {{\n    \"key_id\": \"key.pem\",\n    \"algorithm\": \"RSASSA_PSS_SHA_256\",\n    \"signed_at\": \"2026-01-26T10:30:00.12Z\",\n    \"policy_hash\": \"5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03\"\n  }}\n}}",
            text);
        Assert.True(folder.IsPrivate("a.json"));
        File.WriteAllBytes(folder["raw"], Convert.FromBase64String(signature));
        Peer.Must(folder.Path, "openssl", ["dgst", "-sha256", "-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:32", "-verify", "public.pem", "-signature", "raw", "a"]);
    }

    [Theory]
    [InlineData("version: \"1\"\nrules: [{name: a, effect: allow, conditions: {profiles: [dev]}}]", null)]
    [InlineData("version: \"1\"\nrules: [{name: a, effect: deny, conditions: {time: {days: [monday], hours: {start: \"09:00\", end: \"17:30\"}, timezone: UTC}}}]", null)]
    [InlineData("version: \"2\"\nrules: [{name: a, effect: allow, conditions: {users: [x]}}]", "version is \"2\"")]
    [InlineData("version: \"1\"\nrules: []", "no rules")]
    [InlineData("version: \"1\"\nrules: [{effect: allow, conditions: {users: [x]}}]", "has no name")]
    [InlineData("version: \"1\"\nrules: [{name: a, effect: require-approval, conditions: {users: [x]}}]", "effect \"require-approval\"")]
    [InlineData("version: \"1\"\nrules: [{name: a, effect: allow, conditions: {device: {require_mdm: true}}}]", "none of the conditions")]
    [InlineData("version: \"1\"\nrules: [{name: a, effect: allow, conditions: {time: {hours: {start: \"9:00\"}}}}]", "wanted HH:MM")]
    [InlineData("version: \"1\"\nrules: [{name: a, effect: allow, conditions: {time: {days: [Someday]}}}]", "weekday \"Someday\"")]
    [InlineData("a: [", "no YAML")]
    [InlineData("- 1", "not one YAML mapping")]
    public void An_invalid_policy_is_named_and_refused_when_asked(string policy, string? fault)
    {
        using Folder folder = Rsa();
        folder.Write("p.yaml", policy);
        (int exit, string output) = Peer.Sign(folder.Path, ["policy", "sign", "p.yaml", "--key-id", "key.pem", "-o", "p.json", "--require-valid"]);
        Assert.True(exit == (fault is null ? 0 : 1) && output.Contains(fault ?? "signed p.yaml", StringComparison.Ordinal), output);
        Assert.Equal(fault is null, File.Exists(folder["p.json"]));
    }

    [Fact]
    public void The_parameter_layout_is_one_line_without_an_end()
    {
        using Folder folder = Rsa();
        Assert.Equal(0, Peer.Sign(folder.Path, ["policy", "sign", "a", "--ssm", "--key-id", "key.pem", "-o", "a.json"]).Exit);
        string text = File.ReadAllText(folder["a.json"]);
        Assert.True(text.StartsWith("{\"signature\":\"", StringComparison.Ordinal) && !text.Contains('\n', StringComparison.Ordinal) && !text.Contains(' ', StringComparison.Ordinal), text);
    }

    [Fact]
    public void An_envelope_gathers_signatures_of_several_keys_but_not_two_of_one()
    {
        using Folder folder = Rsa();
        Peer.Must(folder.Path, "openssl", ["genpkey", "-algorithm", "ed25519", "-out", "ed.pem"]);
        folder.Write("predicate.json", "{\"n\": 1.50}");
        Assert.Equal(0, Peer.Sign(folder.Path, ["sign", "a", "--format", "dsse", "--key", "key.pem", "--predicate-type", "https://example.com/p", "--predicate", "predicate.json"]).Exit);
        Assert.Equal(0, Peer.Sign(folder.Path, ["sign", "a", "--format", "dsse", "--key", "ed.pem", "--append", "a.intoto.json"]).Exit);
        Assert.Equal(1, Peer.Sign(folder.Path, ["sign", "a", "--format", "dsse", "--key", "ed.pem", "--append", "a.intoto.json"]).Exit);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(folder["a.intoto.json"]));
        Assert.Equal(2, json.RootElement.GetProperty("signatures").GetArrayLength());
        string payload = System.Text.Encoding.UTF8.GetString(json.RootElement.GetProperty("payload").GetBytesFromBase64());
        Assert.EndsWith("\"predicateType\":\"https://example.com/p\",\"predicate\":{\"n\": 1.50}}", payload, StringComparison.Ordinal);
        folder.Write("b", "another file");
        (int exit, string output) = Peer.Sign(folder.Path, ["sign", "b", "--format", "dsse", "--key", "key.pem", "--append", "a.intoto.json"]);
        Assert.True(exit == 1, output);
    }

    [Fact]
    public void A_statement_about_other_files_is_signed_as_it_stands()
    {
        using Folder folder = Rsa();
        string digest = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(folder["a"])));
        string statement = """{"_type":"https://in-toto.io/Statement/v1","subject":[{"name":"a","digest":{"sha256":"HEX"}}],"predicateType":"https://example.com/p"}""".Replace("HEX", digest, StringComparison.Ordinal);
        folder.Write("statement.json", statement);
        (int exit, string output) = Peer.Sign(folder.Path, ["sign", "statement.json", "--format", "dsse", "--payload-type", "application/vnd.in-toto+json", "--key", "key.pem", "-o", "statement.dsse.json"]);
        Assert.True(exit == 0, output);
        Peer.Must(folder.Path, "openssl", ["pkey", "-in", "key.pem", "-pubout", "-out", "pub.pem"]);
        Execution about = Client.Run(["verify-envelope", folder["statement.dsse.json"], folder["a"], "--key", folder["pub.pem"]]);
        Assert.True(about.ExitCode == 0, about.Everything);
    }

    [Theory]
    [InlineData("key", "minisign")]
    [InlineData("ed.pem", "ed25519")]
    [InlineData("p256.pem", "ECDSA-SHA-256")]
    public void A_dossier_is_signed_in_place_and_nothing_else_in_it_moves(string key, string algorithm)
    {
        using Folder folder = new();
        Assert.Equal(0, Peer.Sign(folder.Path, ["keygen", "-W", "-s", "key", "-p", "pub"]).Exit);
        Peer.Must(folder.Path, "openssl", ["genpkey", "-algorithm", "ed25519", "-out", "ed.pem"]);
        Peer.Must(folder.Path, "openssl", ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", "p256.pem"]);
        const string Before = "---dossier\n{\n  \"dossier_schema_version\": \"1.0.0\",\n  \"title\": \"T & <é>\",\n  \"checksum\": {\n    \"algorithm\": \"sha256\",\n    \"hash\": \"\"\n  },\n  \"version\": \"1.0.0\",\n  \"tags\": [],\n  \"n\": 1.50\n}\n---\n# Body\r\n";
        folder.Write("d.ds.md", Before);
        Assert.Equal(0, Peer.Sign(folder.Path, ["dossier", "sign", "d.ds.md", "--scheme", "v1", "--key", key, "--dry-run"]).Exit);
        Assert.Equal(Before, File.ReadAllText(folder["d.ds.md"]));
        (int exit, string output) = Peer.Sign(folder.Path, ["dossier", "sign", "d.ds.md", "--scheme", "v1", "--key", key, "--signed-by", "A \"B\""]);
        Assert.True(exit == 0, output);
        string after = File.ReadAllText(folder["d.ds.md"]);
        string hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("# Body\r\n"u8));
        Assert.StartsWith(Before.Replace("\"hash\": \"\"", $"\"hash\": \"{hash}\"", StringComparison.Ordinal).Split("\n}\n---")[0] + $",\n  \"signature\": {{\n    \"algorithm\": \"{algorithm}\"", after, StringComparison.Ordinal);
        Assert.EndsWith("\n    \"signed_by\": \"A \\\"B\\\"\"\n  }\n}\n---\n# Body\r\n", after, StringComparison.Ordinal);
    }

    [Fact]
    public void The_official_dossier_key_is_guarded()
    {
        using Folder folder = new();
        folder.Write("d.ds.md", "");
        (int exit, string output) = Peer.Sign(folder.Path, ["dossier", "sign", "d.ds.md", "--key", "awskms:///alias/dossier-official-prod"]);
        Assert.True(exit == 1 && output.Contains("sign.guarded-key", StringComparison.Ordinal), output);
    }

    private static Folder Rsa()
    {
        Folder folder = new();
        folder.Write("a", "hello\n");
        Peer.Must(folder.Path, "openssl", ["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", "key.pem"]);
        Peer.Must(folder.Path, "openssl", ["pkey", "-in", "key.pem", "-pubout", "-out", "public.pem"]);
        return folder;
    }
}

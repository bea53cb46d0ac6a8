using System.Text.Json;
using OfflineKit.Testing;

namespace OfflineKit.Signing.Tests.Keyless;

/// <summary>What is signed under an identity, and what is logged for a key, is verified by cosign, sigstore-go, sigstore-js and offlinekit itself.</summary>
public sealed class KeylessPeerTests : IAsyncLifetime
{
    private const string Predicate = "https://example.com/p";
    private const string Script = """
        const fs = require('fs'), { bundleFromJSON } = require('@sigstore/bundle'), { TrustedRoot } = require('@sigstore/protobuf-specs');
        const { Verifier, toSignedEntity, toTrustMaterial } = require('@sigstore/verify');
        const [root, bundle, artifact, issuer, identity] = process.argv.slice(1);
        const json = JSON.parse(fs.readFileSync(bundle)), data = json.messageSignature ? fs.readFileSync(artifact) : undefined;
        new Verifier(toTrustMaterial(TrustedRoot.fromJSON(JSON.parse(fs.readFileSync(root))))).verify(toSignedEntity(bundleFromJSON(json), data), { subjectAlternativeName: identity, extensions: { issuer } });
        console.log('verified');
        """;

    private SigstoreMock _mock = null!;

    private string[] Who => ["--certificate-identity", "dev@example.com", "--certificate-oidc-issuer", _mock.Issuer];

    public ValueTask InitializeAsync()
    {
        _mock = SigstoreMock.Start();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _mock?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task A_file_signed_under_an_identity_verifies_everywhere()
    {
        _mock.Sign([.. await KeylessAsync(), .. _mock.FirstLog]);
        OfflinekitVerifies("a.sigstore.json");
        SigstoreJsVerifies("a.sigstore.json");
        Peer.Must(_mock.Folder.Path, "cosign", ["verify-blob", "--bundle", "a.sigstore.json", "--new-bundle-format", "--use-signed-timestamps", "--trusted-root", _mock.Root, .. Who, "a"]);
        Peer.Must(_mock.Folder.Path, "sigstore-go-verification", ["-artifact", "a", "-trustedrootJSONpath", _mock.Root, "-expectedIssuer", _mock.Issuer, "-expectedSAN", "dev@example.com", "a.sigstore.json"]);
    }

    [Fact]
    public async Task A_statement_signed_under_an_identity_verifies_everywhere()
    {
        _mock.Sign([.. await KeylessAsync(), "--predicate-type", Predicate, .. _mock.FirstLog]);
        OfflinekitVerifies("a.sigstore.json");
        SigstoreJsVerifies("a.sigstore.json");
        Peer.Must(_mock.Folder.Path, "cosign", ["verify-blob-attestation", "--bundle", "a.sigstore.json", "--type", Predicate, "--new-bundle-format", "--use-signed-timestamps", "--trusted-root", _mock.Root, .. Who, "a"]);
    }

    [Fact]
    public async Task The_second_log_and_its_first_entry_are_used_by_the_signing_config()
    {
        string[] keyless = await KeylessAsync();
        Assert.Contains("at index 0", _mock.Sign([.. keyless, .. _mock.Configured, "-o", "first"]), StringComparison.Ordinal);
        Assert.Contains("at index 1", _mock.Sign([.. keyless, .. _mock.Configured, "-o", "second"]), StringComparison.Ordinal);
        Assert.Contains("at index 2", _mock.Sign([.. keyless, .. _mock.Configured, "-o", "statement", "--predicate-type", Predicate]), StringComparison.Ordinal);
        foreach (string bundle in (string[])["first", "second", "statement"])
        {
            OfflinekitVerifies(bundle);
            SigstoreJsVerifies(bundle);
        }
    }

    [Fact]
    public async Task Bundles_of_several_signers_gather_in_one_file_of_lines()
    {
        Peer.Must(_mock.Folder.Path, "openssl", ["genpkey", "-out", "key.pem", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"]);
        string[] keyless = await KeylessAsync();
        _mock.Sign([.. keyless, "--predicate-type", Predicate, "--append", "all.jsonl", .. _mock.FirstLog]);
        string first = File.ReadAllText(_mock.Folder["all.jsonl"]);
        _mock.Sign(["--format", "sigstore", "--key", "key.pem", "--append", "all.jsonl"]);
        string[] lines = File.ReadAllLines(_mock.Folder["all.jsonl"]);
        Assert.Equal((2, first), (lines.Length, lines[0] + "\n"));
        Execution verified = Client.Run(["verify", "a", "--signature", "all.jsonl", .. Who, "--trusted-root", _mock.Root], _mock.Folder.Path);
        Assert.True(verified.ExitCode == 0, verified.Everything);
    }

    [Fact]
    public void A_GitHub_job_signs_as_its_workflow()
    {
        (string, string)[] job = [("GITHUB_ACTIONS", "true"), ("ACTIONS_ID_TOKEN_REQUEST_URL", $"{_mock.Issuer}/github?x=1"), ("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "job-secret")];
        string said = _mock.Sign(["--format", "sigstore", "--keyless", "--audit-log", "log", .. _mock.FirstLog], job);
        Assert.Contains("identity token: GitHub Actions", said, StringComparison.Ordinal);
        const string Workflow = "https://github.com/example/project/.github/workflows/release.yml@refs/heads/main";
        OfflinekitVerifies("a.sigstore.json", Workflow);
        Peer.Must(_mock.Folder.Path, "cosign", ["verify-blob", "--bundle", "a.sigstore.json", "--new-bundle-format", "--use-signed-timestamps", "--trusted-root", _mock.Root, "--certificate-identity", Workflow, "--certificate-oidc-issuer", _mock.Issuer, "a"]);

        using JsonDocument line = JsonDocument.Parse(File.ReadAllText(_mock.Folder["log"]));
        Assert.Equal(Workflow, line.RootElement.GetProperty("identity").GetString());
        Assert.Equal(_mock.Issuer, line.RootElement.GetProperty("issuer").GetString());
        Assert.Equal(64, line.RootElement.GetProperty("certificate").GetString()!.Length);
        Assert.Equal(1, line.RootElement.GetProperty("log")[0].GetProperty("index").GetInt64());
        Assert.DoesNotContain("job-secret", said + line.RootElement.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(0, Peer.Sign(_mock.Folder.Path, ["audit", "verify", "log"]).Exit);
    }

    [Theory]
    [InlineData("EC -pkeyopt ec_paramgen_curve:P-256")]
    [InlineData("RSA -pkeyopt rsa_keygen_bits:2048")]
    public void A_managed_keys_signature_is_logged_and_stamped(string kind)
    {
        Peer.Must(_mock.Folder.Path, "openssl", ["genpkey", "-out", "key.pem", "-algorithm", .. kind.Split(' ')]);
        Peer.Must(_mock.Folder.Path, "openssl", ["pkey", "-in", "key.pem", "-pubout", "-out", "pub.pem"]);
        string[] services = ["--rekor-url", _mock.Url, "--timestamp-url", $"{_mock.Url}/api/v1/timestamp", "--trusted-root", _mock.Root];
        string[] judge = ["--key", "pub.pem", "--new-bundle-format", "--trusted-root", _mock.Root];
        _mock.Sign(["--format", "sigstore-bundle", "--key", "key.pem", .. services]);
        Peer.Must(_mock.Folder.Path, "cosign", ["verify-blob", "--bundle", "a.sigstore.json", .. judge, "a"]);
        _mock.Sign(["--format", "sigstore", "--key", "key.pem", "--predicate-type", Predicate, "-o", "s", .. services]);
        Peer.Must(_mock.Folder.Path, "cosign", ["verify-blob-attestation", "--bundle", "s", "--type", Predicate, .. judge, "a"]);

        // The same file again: RSA makes the same signature, which the log may know already.
        _mock.Sign(["--format", "sigstore", "--key", "key.pem", "-o", "again", .. services]);
        _mock.Sign(["--format", "sigstore", "--key", "key.pem", "-o", "v2", .. _mock.Configured]);
        foreach (string bundle in (string[])["a.sigstore.json", "s", "again", "v2"])
        {
            Execution verified = Client.Run(["verify-bundle", "a", "--bundle", bundle, "--key", "pub.pem", "--trusted-root", _mock.Root], _mock.Folder.Path);
            Assert.True(verified.ExitCode == 0, verified.Everything);
        }
    }

    [Fact]
    public void A_detached_signature_gets_its_timestamp_beside_it()
    {
        Peer.Must(_mock.Folder.Path, "openssl", ["genpkey", "-out", "key.pem", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"]);
        string[] services = ["--key", "key.pem", "--timestamp-url", $"{_mock.Url}/api/v1/timestamp", "--trusted-root", _mock.Root];
        _mock.Sign(["--format", "kms", .. services]);
        string chain = _mock.Folder[Path.Combine("instance", "timestamps", "chain.pem")];
        Peer.Must(_mock.Folder.Path, "openssl", ["ts", "-verify", "-data", "a.sig", "-in", "a.sig.tsr", "-CAfile", chain, "-untrusted", chain]);
        Peer.Must(_mock.Folder.Path, "openssl", ["pkey", "-in", "key.pem", "-pubout", "-out", "pub.pem"]);
        _mock.Sign(["--format", "kms", "--signature-encoding", "base64", "-o", "b.sig", .. services]);
        Peer.Must(_mock.Folder.Path, "cosign", ["verify-blob", "--key", "pub.pem", "--signature", "b.sig", "--rfc3161-timestamp", "b.sig.tsr.json", "--timestamp-certificate-chain", chain, "--insecure-ignore-tlog=true", "a"]);

        (int exit, string said) = Peer.Sign(_mock.Folder.Path, ["sign", "a", "--format", "kms", "-o", "-", .. services]);
        Assert.True(exit == 1 && said.Contains("sign.output-failed", StringComparison.Ordinal), said);
    }

    [Theory]
    [InlineData("aud=other", "keyless.token-unusable")]
    [InlineData("email_verified=false", "keyless.token-unusable")]
    [InlineData("exp=1000", "keyless.token-malformed")]
    [InlineData("iss=https://elsewhere.example", "service.bad-credentials")]
    public async Task A_token_that_will_not_do_is_refused_and_never_shown(string claims, string reason)
    {
        string[] keyless = await KeylessAsync(claims);
        (int exit, string said) = Peer.Sign(_mock.Folder.Path, ["sign", "a", .. keyless, .. _mock.FirstLog]);
        Assert.True(exit == 1 && said.Contains($"[{reason}]", StringComparison.Ordinal), said);
        Assert.All(File.ReadAllText(_mock.Folder["token"]).Split('.'), part => Assert.DoesNotContain(part, said, StringComparison.Ordinal));
        Assert.Equal(["a", "token"], _mock.Folder.Names);
    }

    private async Task<string[]> KeylessAsync(string claims = "") => ["--format", "sigstore", "--keyless", "--identity-token", await _mock.TokenAsync(claims)];

    private void OfflinekitVerifies(string bundle, string identity = "dev@example.com")
    {
        Execution verified = Client.Run(["verify-bundle", "a", "--bundle", bundle, "--certificate-identity", identity, "--certificate-oidc-issuer", _mock.Issuer, "--trusted-root", _mock.Root], _mock.Folder.Path);
        Assert.True(verified.ExitCode == 0, verified.Everything);
    }

    private void SigstoreJsVerifies(string bundle)
    {
        (int exit, string said) = Peer.Run(_mock.Folder.Path, "peers-node", ["-e", Script, _mock.Root, bundle, "a", _mock.Issuer, "dev@example.com"]);
        Assert.True(exit == 0 && said.Contains("verified", StringComparison.Ordinal), said);
    }
}

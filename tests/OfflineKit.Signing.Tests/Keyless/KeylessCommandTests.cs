namespace OfflineKit.Signing.Tests.Keyless;

/// <summary>What the command line refuses before anybody is asked.</summary>
public sealed class KeylessCommandTests
{
    [Theory]
    [InlineData(2, "--keyless beside --key", "--format", "sigstore", "--keyless", "--key", "k.pem")]
    [InlineData(2, "no key is named", "--format", "sigstore")]
    [InlineData(2, "--keyless with --format dsse: nothing reads it", "--format", "dsse", "--payload-type", "x", "--keyless")]
    [InlineData(2, "--identity-token without --keyless", "--format", "sigstore", "--key", "k.pem", "--identity-token", "token")]
    [InlineData(2, "--yes without --keyless", "--format", "sigstore", "--key", "k.pem", "--yes")]
    [InlineData(2, "no certificate authority is named", "--format", "sigstore", "--keyless", "--identity-token", "token", "--rekor-url", "https://rekor.example")]
    [InlineData(2, "--signing-config beside addresses", "--format", "sigstore", "--key", "k.pem", "--signing-config", "c", "--rekor-url", "https://rekor.example")]
    [InlineData(2, "--algorithm with --keyless", "--format", "sigstore", "--keyless", "--algorithm", "ES384")]
    [InlineData(2, "--oidc-client-id without --keyless", "--format", "sigstore", "--key", "k.pem", "--oidc-client-id", "me")]
    [InlineData(2, "--rekor-version without --rekor-url", "--format", "sigstore", "--keyless", "--identity-token", "token", "--rekor-version", "2")]
    [InlineData(2, "--trusted-root without services", "--format", "sigstore", "--key", "k.pem", "--trusted-root", "root.json")]
    [InlineData(2, "neither 1 nor 2", "--format", "sigstore", "--key", "k.pem", "--rekor-url", "https://rekor.example", "--rekor-version", "3")]
    [InlineData(2, "--timestamp-url with --format minisign: nothing reads it", "--format", "minisign", "--key", "k.pem", "--timestamp-url", "https://tsa.example")]
    [InlineData(2, "--rekor-url with --format kms: nothing reads it", "--format", "kms", "--key", "k.pem", "--rekor-url", "https://rekor.example")]
    [InlineData(1, "[service.unsafe-address]", "--format", "sigstore", "--key", "k.pem", "--rekor-url", "http://rekor.example")]
    [InlineData(1, "[keyless.no-token]", "--format", "sigstore", "--keyless")]
    [InlineData(1, "[keyless.token-malformed]", "--format", "sigstore", "--keyless", "--identity-token", "token")]
    [InlineData(1, "[keyless.not-verifiable]", "--format", "sigstore", "--keyless", "--identity-token", "token", "--fulcio-url", "https://fulcio.example", "--rekor-url", "https://rekor.example", "--rekor-version", "2")]
    public void It_is_refused(int exit, string containing, params string[] arguments)
    {
        using Folder folder = new();
        folder.Write("a", "hello\n");
        folder.Write("token", "no token\n");
        (int ended, string said) = Peer.Sign(folder.Path, ["sign", "a", .. arguments], "", ("SIGSTORE_ID_TOKEN", ""), ("ACTIONS_ID_TOKEN_REQUEST_URL", ""), ("GITHUB_ACTIONS", ""));
        Assert.True(ended == exit && said.Contains(containing, StringComparison.Ordinal), said);
        Assert.Equal(["a", "token"], folder.Names);
    }

    [Fact]
    public void A_dry_run_asks_nobody()
    {
        using Folder folder = new();
        folder.Write("a", "hello\n");
        folder.Write("token", "no token\n");
        (int exit, string said) = Peer.Sign(folder.Path, ["sign", "a", "--format", "sigstore", "--keyless", "--identity-token", "token", "--dry-run"]);
        Assert.True(exit == 0 && said.Contains("would sign a -> a.sigstore.json", StringComparison.Ordinal), said);
    }
}

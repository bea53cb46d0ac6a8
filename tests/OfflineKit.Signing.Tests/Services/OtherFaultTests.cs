using OfflineKit.Crypto;

namespace OfflineKit.Signing.Tests.Services;

/// <summary>Azure, Google and Vault: whatever is answered, a refusal with its reason, no file, and no secret in any message.</summary>
public sealed class OtherFaultTests
{
    [Theory]
    [InlineData(403, "Forbidden", "ForbiddenByRbac", "service.denied")]
    [InlineData(403, "Forbidden", "ForbiddenByFirewall", "service.denied")]
    [InlineData(403, "Forbidden", "KeyDisabled", "service.key-disabled")]
    [InlineData(404, "KeyNotFound", null, "service.key-not-found")]
    [InlineData(400, "BadParameter", null, "service.refused")]
    [InlineData(429, "Throttled", null, "service.throttled")]
    [InlineData(500, "InternalServerError", null, "service.failed")]
    public async Task Azure_refusals(int status, string code, string? inner, string reason)
    {
        await AzureAsync((asked, _) => AzureStub.IsSign(asked) ? AzureStub.Refusal(status, code, "text", inner) : null, reason);
        await AzureAsync((asked, _) => asked.Header("Authorization").Length > 0 ? AzureStub.Refusal(status, code, "text", inner) : null, reason);
    }

    [Theory]
    [InlineData(400, "FAILED_PRECONDITION", "projects/… is not enabled, current state is: DISABLED.", "service.key-disabled")]
    [InlineData(400, "FAILED_PRECONDITION", "projects/… is not enabled, current state is: DESTROY_SCHEDULED.", "service.key-unavailable")]
    [InlineData(404, "NOT_FOUND", "CryptoKeyVersion not found.", "service.key-not-found")]
    [InlineData(403, "PERMISSION_DENIED", "Permission 'cloudkms.cryptoKeyVersions.useToSign' denied", "service.denied")]
    [InlineData(401, "UNAUTHENTICATED", "no", "service.bad-credentials")]
    [InlineData(400, "INVALID_ARGUMENT", "invalid digest checksum", "service.refused")]
    [InlineData(429, "RESOURCE_EXHAUSTED", "quota", "service.throttled")]
    [InlineData(503, "UNAVAILABLE", "later", "service.failed")]
    public Task Google_refusals(int status, string name, string message, string reason) =>
        GoogleAsync((asked, _) => GoogleStub.IsSign(asked) ? GoogleStub.Refusal(status, name, message) : null, reason);

    [Theory]
    [InlineData(400, "signing key not found", "service.key-not-found")]
    [InlineData(403, "permission denied", "service.denied")]
    [InlineData(404, null, "service.key-not-found")]
    [InlineData(500, "requested version for signing is higher than the latest key version", "service.key-unavailable")]
    [InlineData(503, "Vault is sealed", "service.failed")]
    [InlineData(429, "rate limit", "service.throttled")]
    public Task Vault_refusals(int status, string? error, string reason) =>
        VaultAsync((asked, _) => VaultStub.IsSign(asked) ? VaultStub.Refusal(status, error is null ? [] : [error]) : null, reason);

    [Theory]
    [InlineData("another key", "sign.does-not-verify")]
    [InlineData("another version", "sign.wrong-answer")]
    [InlineData("truncated", "service.malformed-answer")]
    [InlineData("html", "service.malformed-answer")]
    [InlineData("cut before the answer", "service.unreachable")]
    [InlineData("cut in the headers", "service.unreachable")]
    [InlineData("cut in the body", "service.unreachable")]
    public async Task Wrong_answers_are_not_written(string fault, string reason)
    {
        using ServiceKeyPair other = ServiceKeyPair.Of(KeyKind.P256);
        await AzureAsync((asked, stub) => !AzureStub.IsSign(asked) ? null : fault switch { "another key" => stub.Answer(asked, other), "another version" => stub.Answer(asked, version: "1111"), _ => Broken(fault, stub.Answer(asked)) }, reason);
        await GoogleAsync((asked, stub) => !GoogleStub.IsSign(asked) ? null : fault switch { "another key" => stub.Answer(asked, other), "another version" => stub.Answer(asked, name: GoogleStub.Name[..^1] + "4"), _ => Broken(fault, stub.Answer(asked)) }, reason);
        await VaultAsync((asked, stub) => !VaultStub.IsSign(asked) ? null : fault switch { "another key" => stub.Answer(asked, other), "another version" => stub.Answer(asked, version: 3), _ => Broken(fault, stub.Answer(asked)) }, reason);
    }

    [Fact]
    public async Task Google_checksums_are_required_both_ways()
    {
        await GoogleAsync((asked, stub) => GoogleStub.IsSign(asked) ? stub.Answer(asked, off: 1) : null, "");
        await GoogleAsync((asked, stub) => asked.Method == "GET" ? stub.Answer(asked, off: 1) : null, "");
        await GoogleAsync((asked, stub) => GoogleStub.IsSign(asked) ? stub.Answer(asked) with { Body = stub.Answer(asked).Body.Replace(":true", ":false", StringComparison.Ordinal) } : null, "sign.wrong-answer");
    }

    [Theory]
    [InlineData("https://evil.example", "https://login.microsoftonline.com/t")]
    [InlineData("https://net", "https://login.microsoftonline.com/t")]
    [InlineData("https://vault.azure.net", "https://login.evil.example/t")]
    [InlineData("https://vault.azure.net", "http://login.microsoftonline.com/t")]
    public async Task A_foreign_vault_collects_no_tokens(string resource, string issuer)
    {
        using ServiceKeyPair pair = ServiceKeyPair.Of(KeyKind.P256);
        using AzureStub stub = new(pair) { Resource = resource, Issuer = issuer };
        SigningException refusal = await Assert.ThrowsAsync<SigningException>(() => stub.OpenAsync());
        Assert.Equal("service.unsafe-address", refusal.Finding.Reason.Code);
        Assert.DoesNotContain(stub.Server.Requests, asked => asked.Path.Contains("oauth2", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{\"type\":\"service_account\",\"token_uri\":\"https://evil.example/token\"}", "service.unsafe-address")]
    [InlineData("{\"type\":\"external_account\",\"token_url\":\"http://sts.googleapis.com/x\"}", "service.unsafe-address")]
    [InlineData("{\"type\":\"gdch\"}", "service.no-credentials")]
    [InlineData("[]", "service.malformed-answer")]
    public async Task A_google_credentials_file_may_not_name_strangers(string file, string reason)
    {
        using ServiceKeyPair pair = ServiceKeyPair.Of(KeyKind.P256);
        using GoogleStub stub = new(pair, "EC_SIGN_P256_SHA256");
        SigningException refusal = await Assert.ThrowsAsync<SigningException>(() => stub.OpenAsync(file));
        Assert.Equal(reason, refusal.Finding.Reason.Code);
        Assert.Empty(stub.Server.Requests);
    }

    [Fact]
    public async Task A_redirection_does_not_take_vaults_token_elsewhere()
    {
        using LoopbackServer active = new(_ => new Told(200, "{}"));
        await VaultAsync((_, _) => new Told(307, "", Headers: ("Location", $"http://localhost:{active.Port}/v1/x")), "service.unsafe-address");
        await VaultAsync((_, _) => new Told(307, "", Headers: ("Location", "http://vault.example/v1/x")), "service.unsafe-address");
        Assert.Empty(active.Requests);
    }

    [Fact]
    public async Task Vault_needs_an_address_a_token_and_encryption()
    {
        using ServiceKeyPair pair = ServiceKeyPair.Of(KeyKind.P256);
        using VaultStub stub = new(pair);
        using Folder home = new();
        Assert.Equal("service.unsafe-address", (await Assert.ThrowsAsync<SigningException>(() => stub.OpenAsync(address: "http://vault.example"))).Finding.Reason.Code);
        Assert.Equal("service.no-credentials", (await Assert.ThrowsAsync<SigningException>(() => stub.OpenAsync(token: null, home: home.Path))).Finding.Reason.Code);
        home.Write(".vault-token", VaultStub.Token + "\n");
        await using SigningKey key = await stub.OpenAsync(token: null, home: home.Path);
        Assert.Equal("hashivault://release:v2", key.Reference);
    }

    private static Told Broken(string fault, Told told) => fault switch
    {
        "truncated" => told with { Body = told.Body[..(told.Body.Length / 2)] },
        "html" => told with { Body = "<html>Welcome to the hotel's network</html>", ContentType = "text/html" },
        "cut before the answer" => told with { Cut = Cut.BeforeTheAnswer },
        "cut in the headers" => told with { Cut = Cut.InTheHeaders },
        _ => told with { Cut = Cut.InTheBody },
    };

    private static async Task AzureAsync(Func<Asked, AzureStub, Told?> fault, string reason)
    {
        using ServiceKeyPair pair = ServiceKeyPair.Of(KeyKind.P256);
        using AzureStub stub = new(pair, fault);
        await RefusedAsync(() => stub.OpenAsync(), pair, reason, AzureStub.Token, AzureStub.Secret);
    }

    private static async Task GoogleAsync(Func<Asked, GoogleStub, Told?> fault, string reason)
    {
        using ServiceKeyPair pair = ServiceKeyPair.Of(KeyKind.P256);
        using GoogleStub stub = new(pair, "EC_SIGN_P256_SHA256", fault);
        await RefusedAsync(() => stub.OpenAsync(), pair, reason, GoogleStub.Token, "PRIVATE KEY");
    }

    private static async Task VaultAsync(Func<Asked, VaultStub, Told?> fault, string reason)
    {
        using ServiceKeyPair pair = ServiceKeyPair.Of(KeyKind.P256);
        using VaultStub stub = new(pair, fault);
        await RefusedAsync(() => stub.OpenAsync(), pair, reason, VaultStub.Token, VaultStub.Token);
    }

    private static async Task RefusedAsync(Func<Task<SigningKey>> open, ServiceKeyPair pair, string reason, params string[] secrets)
    {
        using Folder folder = new();
        SigningException refusal = await Assert.ThrowsAsync<SigningException>(async () =>
        {
            await using SigningKey key = await open();
            await Signing.WriteAsync(folder, key, pair.Material);
        });
        Assert.True(refusal.Finding.Reason.Code.StartsWith(reason, StringComparison.Ordinal), $"{refusal.Finding.Reason.Code}: {refusal.Finding.Detail}");
        Assert.Empty(folder.Names);
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, refusal.Finding.Detail, StringComparison.Ordinal));
    }
}

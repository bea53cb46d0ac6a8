using OfflineKit.Crypto;

namespace OfflineKit.Signing.Tests.Services;

/// <summary>What is true of all services: every encoding of ECDSA values survives, sign-in works, many files share one lookup.</summary>
public sealed class ServiceKeyTests
{
    [Theory]
    [InlineData("P256", 0)]
    [InlineData("P256", 32)]
    [InlineData("P384", 0)]
    [InlineData("P384", 48)]
    [InlineData("P521", 0)]
    [InlineData("P521", 66)]
    [InlineData("Secp256k1", 0)]
    [InlineData("Secp256k1", 32)]
    public async Task Leading_zeros_and_high_s_survive_every_encoding(string kind, int zeroAt)
    {
        KeyKind of = Enum.Parse<KeyKind>(kind);
        using ServiceKeyPair pair = ServiceKeyPair.Of(of);
        // The first byte of a P-521 coordinate is 0 or 1 anyway; there the second one counts too.
        pair.Wanted = signature => signature[zeroAt] == 0 && (of != KeyKind.P521 || signature[zeroAt + 1] < 0x80);
        using AwsStub aws = new(pair);
        using AzureStub azure = new(pair);
        using GoogleStub google = new(pair, of switch { KeyKind.P256 => "EC_SIGN_P256_SHA256", KeyKind.P384 => "EC_SIGN_P384_SHA384", _ => "EC_SIGN_SECP256K1_SHA256" });
        using VaultStub vault = new(pair);
        List<SigningKey> keys = [await aws.OpenAsync(), await azure.OpenAsync()];
        if (of != KeyKind.P521)
        {
            keys.Add(await google.OpenAsync());
        }

        if (of != KeyKind.Secp256k1)
        {
            keys.Add(await vault.OpenAsync());
        }

        using Folder folder = new();
        foreach (SigningKey key in keys)
        {
            string name = key.GetType().Name;
            await Signing.WriteAsync(folder, key, pair.Material, output: name);
            Signing.OpensslVerifies(folder, name, pair.Material, key.PublicKey.Scheme);
            await key.DisposeAsync();
        }

        pair.Wanted = signature => signature[signature.Length / 2] >= (of == KeyKind.P521 ? 1 : 0x80);
        await using SigningKey high = await azure.OpenAsync();
        await Signing.WriteAsync(folder, high, pair.Material, output: "high");
    }

    [Theory]
    [InlineData("service_account", "service_account")]
    [InlineData("external_account", "external_account")]
    [InlineData("authorized_user", "authorized_user")]
    [InlineData(null, "metadata server")]
    public async Task Google_signs_in_by(string? credentials, string said)
    {
        using ServiceKeyPair pair = ServiceKeyPair.Of(KeyKind.P256);
        using GoogleStub stub = new(pair, "EC_SIGN_P256_SHA256");
        await using SigningKey key = await stub.OpenAsync(credentials);
        await key.SignMessageAsync("x"u8.ToArray(), TestContext.Current.CancellationToken);
        Assert.Contains(stub.Remarks, remark => remark.Contains(said, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("aws", "lookup 1, sign 10")]
    [InlineData("azure", "challenge 1, lookup 1, sign 10, token 1")]
    [InlineData("google", "lookup 1, sign 10, token 1")]
    [InlineData("vault", "lookup 1, sign 10")]
    [InlineData("openbao", "lookup 1, sign 10")]
    public void Many_files_share_one_lookup_and_one_token_at_every_service(string name, string requests)
    {
        using Cloud cloud = Cloud.Of(name);
        System.Collections.Concurrent.ConcurrentQueue<string> stages = new();
        cloud.Fault = (stage, _) =>
        {
            stages.Enqueue(stage);
            return null;
        };
        using Folder folder = new();
        folder.Write("pin.pem", cloud.Pin);
        string[] files = [.. Enumerable.Range(0, 10).Select(i => $"f{i}")];
        files.ToList().ForEach(file => folder.Write(file, file));
        (int exit, string output) = Peer.Sign(folder.Path, ["sign", .. files, "--format", "kms", "--key", cloud.Key, "--public-key", "pin.pem", "--parallel", "8"], "", cloud.Environment);
        Assert.True(exit == 0, output);
        Assert.Equal(requests, string.Join(", ", stages.Where(stage => stage != "discovery").GroupBy(stage => stage).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Key} {group.Count()}")));
    }

    [Fact]
    public async Task A_hundred_files_share_one_lookup_and_run_side_by_side()
    {
        using ServiceKeyPair pair = ServiceKeyPair.Of(KeyKind.P256);
        using AwsStub stub = new(pair, latency: TimeSpan.FromMilliseconds(50));
        using Folder folder = new();
        folder.Write("pin.pem", pair.Pem);
        string[] files = [.. Enumerable.Range(0, 100).Select(i => $"f{i}")];
        foreach (string file in files)
        {
            folder.Write(file, file);
        }

        (int exit, string output) = Peer.Sign(
            folder.Path, ["sign", .. files, "--format", "kms", "--key", "awskms:///alias/release", "--public-key", "pin.pem", "--parallel", "32"], "", stub.Environment);
        Assert.True(exit == 0, output);
        Assert.Equal((1, 100), (stub.Count("GetPublicKey"), stub.Count("Sign")));
        Assert.Equal(100, folder.Names.Count(name => name.EndsWith(".sig", StringComparison.Ordinal)));
        await Task.CompletedTask;
    }
}

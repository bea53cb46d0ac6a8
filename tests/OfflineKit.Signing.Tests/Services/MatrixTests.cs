using OfflineKit.Crypto;

namespace OfflineKit.Signing.Tests.Services;

/// <summary>Every provider, algorithm and form: signed by the real client against a server on this machine, verified by the core and by openssl.</summary>
public sealed class MatrixTests
{
    public static TheoryData<string, string> Azure => Cells("RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES256K ES384 ES512");

    public static TheoryData<string, string> Google => Cells("RSA_SIGN_PKCS1_2048_SHA256 RSA_SIGN_PKCS1_4096_SHA512 RSA_SIGN_PSS_3072_SHA256 RSA_SIGN_PSS_4096_SHA512 EC_SIGN_P256_SHA256 EC_SIGN_SECP256K1_SHA256 EC_SIGN_P384_SHA384 EC_SIGN_ED25519");

    [Theory]
    [MemberData(nameof(Azure))]
    public async Task Azure_signs(string label, string kind)
    {
        AlgorithmLabel meaning = AlgorithmLabel.Parse(label, label);
        using ServiceKeyPair pair = ServiceKeyPair.Of(Enum.Parse<KeyKind>(kind));
        using AzureStub stub = new(pair);
        await using SigningKey key = await stub.OpenAsync(scheme: new SchemeChoice(meaning.Scheme, null));
        Assert.Equal($"https://{AzureStub.Host}/keys/release/{AzureStub.Version}", key.Reference);
        await Signing.EveryFormVerifiesAsync(key, pair.Material);
        Assert.Contains("Azure credentials: client secret", stub.Remarks);
    }

    [Theory]
    [MemberData(nameof(Google))]
    public async Task Google_signs(string label, string kind)
    {
        AlgorithmLabel meaning = AlgorithmLabel.Parse(label, label);
        using ServiceKeyPair pair = ServiceKeyPair.Of(Enum.Parse<KeyKind>(kind), meaning.RsaBits == 0 ? 2048 : meaning.RsaBits);
        using GoogleStub stub = new(pair, label);
        await using SigningKey key = await stub.OpenAsync();
        Assert.Equal(GoogleStub.Name, key.Reference);
        await Signing.EveryFormVerifiesAsync(key, pair.Material);
    }

    [Theory]
    [InlineData("P256", "ECDSA_SHA_256")]
    [InlineData("P384", "ECDSA_SHA_384")]
    [InlineData("P521", "ECDSA_SHA_512")]
    [InlineData("Rsa", "RSASSA_PSS_SHA_256")]
    [InlineData("Rsa", "RSASSA_PSS_SHA_512")]
    [InlineData("Rsa", "RSASSA_PKCS1_V1_5_SHA_256")]
    [InlineData("Rsa", "RSASSA_PKCS1_V1_5_SHA_384")]
    [InlineData("Ed25519", "ED25519_SHA_512")]
    public async Task Vault_and_openbao_sign(string kind, string label)
    {
        using ServiceKeyPair pair = ServiceKeyPair.Of(Enum.Parse<KeyKind>(kind));
        using VaultStub stub = new(pair);
        foreach (string uri in (string[])["hashivault://release", "openbao://release"])
        {
            await using SigningKey key = await stub.OpenAsync(uri, new SchemeChoice(SignatureScheme.ByLabel(label), null));
            Assert.Equal(uri + ":v2", key.Reference);
            await Signing.EveryFormVerifiesAsync(key, pair.Material);
        }
    }

    [Theory]
    [InlineData("P256", 0)]
    [InlineData("P256", 32)]
    [InlineData("P384", 48)]
    [InlineData("P521", 66)]
    [InlineData("Secp256k1", 0)]
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

    private static TheoryData<string, string> Cells(string labels)
    {
        TheoryData<string, string> cells = [];
        foreach (string label in labels.Split(' '))
        {
            AlgorithmLabel meaning = AlgorithmLabel.Parse(label, label);
            cells.Add(label, $"{meaning.OnlyKind ?? meaning.Scheme.Keys[0]}");
        }

        return cells;
    }
}

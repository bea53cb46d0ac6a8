using OfflineKit.Crypto;
using OfflineKit.Testing;

namespace OfflineKit.Signing.Tests.Services;

/// <summary>Our AWS client against moto, which others wrote, pinned to AWS's recorded answers.</summary>
public sealed class MotoTests : IAsyncLifetime
{
    private Moto _moto = null!;

    public async ValueTask InitializeAsync() => _moto = await Moto.StartAsync();

    public ValueTask DisposeAsync()
    {
        _moto?.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Every_key_algorithm_and_form_verifies_and_openssl_agrees()
    {
        foreach ((string spec, string[] labels) in ((string, string[])[])
            [
                ("ECC_NIST_P256", ["ECDSA_SHA_256"]), ("ECC_NIST_P384", ["ECDSA_SHA_384"]), ("ECC_NIST_P521", ["ECDSA_SHA_512"]), ("ECC_SECG_P256K1", ["ECDSA_SHA_256"]),
                ("RSA_2048", ["RSASSA_PSS_SHA_256", "RSASSA_PKCS1_V1_5_SHA_384"]), ("RSA_3072", ["RSASSA_PSS_SHA_384", "RSASSA_PKCS1_V1_5_SHA_512"]),
                ("RSA_4096", ["RSASSA_PSS_SHA_512", "RSASSA_PKCS1_V1_5_SHA_256"]),
            ])
        {
            string arn = await _moto.CreateKeyAsync(spec);
            foreach (string label in labels)
            {
                await using SigningKey key = await OpenAsync(arn, label);
                Assert.Equal(arn, key.Reference);
                await Signing.EveryFormVerifiesAsync(key, key.PublicKey.Material);
            }
        }
    }

    [Fact]
    public async Task An_alias_is_resolved_once_and_its_key_signs()
    {
        string arn = await _moto.CreateKeyAsync("ECC_NIST_P256");
        await _moto.CallAsync("TrentService.CreateAlias", $"{{\"AliasName\":\"alias/release\",\"TargetKeyId\":\"{arn.Split('/')[^1]}\"}}");
        using Folder folder = new();
        folder.Write("a", "hello\n");
        (int exit, string output) = Peer.Sign(folder.Path, ["public-key", "awskms:///alias/release", "-o", "pin.pem"], "", _moto.WithKeys);
        Assert.True(exit == 0 && output.Contains(arn, StringComparison.Ordinal), output);
        (exit, output) = Peer.Sign(folder.Path, ["sign", "a", "--format", "kms", "--key", "awskms:///alias/release", "--public-key", "pin.pem", "--verbose"], "", _moto.WithKeys);
        Assert.True(exit == 0 && output.Contains("environment variables", StringComparison.Ordinal), output);
        Assert.Contains($"request: AWS KMS {arn} Sign 200", output, StringComparison.Ordinal);
        Peer.Must(folder.Path, "openssl", ["dgst", "-sha256", "-verify", "pin.pem", "-signature", "a.sig", "a"]);
    }

    [Fact]
    public async Task Keys_that_cannot_sign_say_why()
    {
        string arn = await _moto.CreateKeyAsync("ECC_NIST_P256");
        await using SigningKey key = await OpenAsync(arn, "ECDSA_SHA_256");
        await _moto.CallAsync("TrentService.DisableKey", $"{{\"KeyId\":\"{arn.Split('/')[^1]}\"}}");
        await RefusedAsync(() => key.SignMessageAsync("x"u8.ToArray(), default), "service.key-disabled");
        await _moto.CallAsync("TrentService.EnableKey", $"{{\"KeyId\":\"{arn.Split('/')[^1]}\"}}");
        await _moto.CallAsync("TrentService.ScheduleKeyDeletion", $"{{\"KeyId\":\"{arn.Split('/')[^1]}\",\"PendingWindowInDays\":7}}");
        await RefusedAsync(() => key.SignMessageAsync("x"u8.ToArray(), default), "service.key-unavailable");
        string rsa = await _moto.CreateKeyAsync("RSA_2048", "ENCRYPT_DECRYPT"), symmetric = await _moto.CreateKeyAsync("SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT");
        await RefusedAsync(() => OpenAsync(rsa, "RSASSA_PSS_SHA_256"), "service.wrong-usage");
        await RefusedAsync(() => OpenAsync(symmetric, "RSASSA_PSS_SHA_256"), "service.");
        await RefusedAsync(() => OpenAsync("1234abcd-12ab-34cd-56ef-1234567890ab", "ECDSA_SHA_256"), "service.key-not-found");
        await RefusedAsync(() => OpenAsync("alias/nobody", "ECDSA_SHA_256"), "service.key-not-found");
        string p256 = await _moto.CreateKeyAsync("ECC_NIST_P256");
        await RefusedAsync(() => OpenAsync(p256, "RSASSA_PSS_SHA_256"), "sign.algorithm-mismatch");
    }

    [Fact]
    public async Task A_hundred_signatures_verify_and_high_s_occurs()
    {
        string arn = await _moto.CreateKeyAsync("ECC_NIST_P256");
        await using SigningKey key = await OpenAsync(arn, "ECDSA_SHA_256");
        int high = 0;
        for (int i = 0; i < 40; i++)
        {
            high += (await key.SignMessageAsync(new byte[] { (byte)i }, default)).Value.Span[32] >= 0x80 ? 1 : 0;
        }

        Assert.NotEqual(0, high);
    }

    private static async Task RefusedAsync(Func<Task> call, string reason)
    {
        SigningException refusal = await Assert.ThrowsAsync<SigningException>(call);
        Assert.True(refusal.Finding.Reason.Code.StartsWith(reason, StringComparison.Ordinal), $"{refusal.Finding.Reason.Code}: {refusal.Finding.Detail}");
    }

    private Task<SigningKey> OpenAsync(string id, string label) => new Aws.AwsKeySource(new Amazon.Runtime.BasicAWSCredentials("x", "y")).OpenAsync(
        KeyUri.Parse("awskms:///" + id),
        new KeyOpening { Scheme = new SchemeChoice(SignatureScheme.ByLabel(label), null), Variable = name => name == "AWS_ENDPOINT_URL" ? _moto.Url : name == "AWS_REGION" ? "us-east-1" : null },
        TestContext.Current.CancellationToken);
}

/// <summary>Who is signed in, and what they may do: moto checks signatures and policies after its first requests.</summary>
public sealed class MotoCredentialTests
{
    private static readonly string[] Everything = ["sign", "a", "--format", "kms", "--public-key", "pin.pem", "--force", "--key"];

    [Fact]
    public async Task Web_identity_roles_and_policies_work_and_refusals_are_named()
    {
        using Moto moto = await Moto.StartAsync(unchecked_: 7);
        using Folder folder = new();
        folder.Write("a", "hello\n");
        string arn = await moto.CreateKeyAsync("ECC_NIST_P256");
        string spki = (await moto.CallAsync("TrentService.GetPublicKey", $"{{\"KeyId\":\"{arn.Split('/')[^1]}\"}}")).GetProperty("PublicKey").GetString()!;
        folder.Write("pin.pem", Signing.Pem(SubjectPublicKeyInfo.Parse(Convert.FromBase64String(spki))));
        await moto.FormAsync("iam", ("Action", "CreateUser"), ("UserName", "reader"), ("Version", "2010-05-08"));
        await moto.FormAsync("iam", ("Action", "PutUserPolicy"), ("UserName", "reader"), ("PolicyName", "p"), ("PolicyDocument", Allow("kms:GetPublicKey")), ("Version", "2010-05-08"));
        string made = await moto.FormAsync("iam", ("Action", "CreateAccessKey"), ("UserName", "reader"), ("Version", "2010-05-08"));
        await moto.FormAsync("iam", ("Action", "CreateRole"), ("RoleName", "ci"), ("AssumeRolePolicyDocument", Trust), ("Version", "2010-05-08"));
        await moto.FormAsync("iam", ("Action", "PutRolePolicy"), ("RoleName", "ci"), ("PolicyName", "p"), ("PolicyDocument", Allow("kms:Sign", "kms:GetPublicKey")), ("Version", "2010-05-08"));

        folder.Write("token", "eyJhbGciOiJub25lIn0.e30.");
        (int exit, string output) = Peer.Sign(
            folder.Path, [.. Everything, "awskms:///" + arn], "",
            [.. moto.Environment, ("AWS_WEB_IDENTITY_TOKEN_FILE", folder["token"]), ("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/ci"), ("AWS_ROLE_SESSION_NAME", "test"), ("HOME", folder.Path)]);
        Assert.True(exit == 0 && output.Contains("web identity token", StringComparison.Ordinal), output);
        Peer.Must(folder.Path, "openssl", ["dgst", "-sha256", "-verify", "pin.pem", "-signature", "a.sig", "a"]);
        File.Delete(folder["a.sig"]);

        string id = Between(made, "AccessKeyId"), secret = Between(made, "SecretAccessKey");
        Refused(folder, moto, arn, id, secret, "service.denied");
        Refused(folder, moto, arn, id, new string('z', 40), "service.bad-credentials");
        Refused(folder, moto, arn, "AKIANOBODY", secret, "service.bad-credentials");
    }

    [Fact]
    public async Task Profiles_instance_metadata_and_the_container_endpoint_sign_in()
    {
        using Moto moto = await Moto.StartAsync();
        using Folder folder = new();
        folder.Write("a", "hello\n");
        string arn = await moto.CreateKeyAsync("ECC_NIST_P256");
        folder.Write("credentials", "[ci]\naws_access_key_id = x\naws_secret_access_key = y\n");
        folder.Write("config", "[profile ci]\nregion = us-east-1\n");
        (string, string)[] bare = [("AWS_ENDPOINT_URL_KMS", moto.Url), ("HOME", folder.Path)];
        Signs(folder, arn, "credentials from profile", [.. bare, ("AWS_PROFILE", "ci"), ("AWS_SHARED_CREDENTIALS_FILE", folder["credentials"]), ("AWS_CONFIG_FILE", folder["config"])]);
        using PeerServer imds = PeerServer.Start(Peer.Needed("node"), "aws-metadata.js", "0");
        Signs(folder, arn, "container endpoint", [.. bare, ("AWS_REGION", "us-east-1"), ("AWS_CONTAINER_CREDENTIALS_FULL_URI", imds.Url + "/container"), ("AWS_CONTAINER_AUTHORIZATION_TOKEN", "let-me-in")]);
        Signs(folder, arn, "instance metadata", [.. bare, ("AWS_REGION", "us-east-1"), ("AWS_EC2_METADATA_SERVICE_ENDPOINT", imds.Url)]);
    }

    private const string Trust = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRoleWithWebIdentity","Principal":{"Federated":"arn:aws:iam::123456789012:oidc-provider/issuer.example"}}]}""";

    private static string Allow(params string[] actions) =>
        $"{{\"Version\":\"2012-10-17\",\"Statement\":[{{\"Effect\":\"Allow\",\"Action\":[{string.Join(',', actions.Select(action => $"\"{action}\""))}],\"Resource\":\"*\"}}]}}";

    private static string Between(string xml, string name) => xml.Split($"<{name}>")[1].Split('<')[0];

    private static void Signs(Folder folder, string arn, string source, (string, string)[] environment)
    {
        (int exit, string output) = Peer.Sign(folder.Path, ["public-key", "awskms:///" + arn.Split('/')[^1]], "", environment);
        Assert.True(exit == 0 && output.Contains(source.Replace("credentials from ", "credentials: ", StringComparison.Ordinal), StringComparison.Ordinal), output);
    }

    private static void Refused(Folder folder, Moto moto, string arn, string id, string secret, string reason)
    {
        (int exit, string output) = Peer.Sign(
            folder.Path, [.. Everything, "awskms:///" + arn], "", [.. moto.Environment, ("AWS_ACCESS_KEY_ID", id), ("AWS_SECRET_ACCESS_KEY", secret), ("HOME", folder.Path)]);
        Assert.True(exit == 1 && output.Contains(reason, StringComparison.Ordinal), output);
        Assert.DoesNotContain(secret, output, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["a.sig"]));
    }
}

using OfflineKit.Signing.Aws;
using System.Text.Json;
using OfflineKit.Crypto;
using OfflineKit.Testing;

namespace OfflineKit.Signing.Tests.Services;

/// <summary>Whatever AWS, or what stands between, answers: nothing is written, the exit code is not 0, and the reason is named.</summary>
public sealed class AwsFaultTests
{
    private const string Key = "awskms:///" + AwsStub.Arn;

    [Theory]
    [InlineData("DisabledException", AwsStub.Arn + " is disabled.", "service.key-disabled")]
    [InlineData("KMSInvalidStateException", AwsStub.Arn + " is pending deletion.", "service.key-unavailable")]
    [InlineData("KMSInvalidStateException", AwsStub.Arn + " is pending import.", "service.key-unavailable")]
    [InlineData("NotFoundException", "Key '" + AwsStub.Arn + "' does not exist", "service.key-not-found")]
    [InlineData("NotFoundException", "Invalid arn us-west-2", "service.wrong-region")]
    [InlineData("com.amazonaws.kms#NotFoundException", "Invalid keyId 'fake-key-id'", "service.key-not-found")]
    [InlineData("InvalidKeyUsageException", AwsStub.Arn + " key usage is ENCRYPT_DECRYPT which is not valid for Sign.", "service.wrong-usage")]
    [InlineData("UnsupportedOperationException", "", "service.wrong-usage")]
    [InlineData("UnrecognizedClientException", "The security token included in the request is invalid.", "service.bad-credentials")]
    [InlineData("InvalidSignatureException", "The request signature we calculated does not match the signature you provided.", "service.bad-credentials")]
    [InlineData("ExpiredTokenException", "The security token included in the request is expired", "service.bad-credentials")]
    [InlineData("ValidationException", "1 validation error detected: Value at 'message' failed", "service.refused")]
    [InlineData("ThrottlingException", "Rate exceeded", "service.throttled")]
    [InlineData("KMSInternalException", "", "service.failed")]
    public async Task A_refusal_has_a_reason_at_each_call(string code, string message, string reason)
    {
        await RefusedAsync((_, _) => AwsStub.Refusal(code, message), reason);
        await RefusedAsync((asked, _) => IsSign(asked) ? AwsStub.Refusal(code, message) : null, reason);
    }

    [Theory]
    [InlineData("Message")]
    [InlineData("message")]
    public async Task A_missing_right_is_named_whatever_the_members_case(string member)
    {
        const string Text = "User: arn:aws:iam::111122223333:user/ci is not authorized to perform: kms:Sign on resource: " + AwsStub.Arn;
        string output = (await RefusedAsync((_, _) => AwsStub.Refusal("AccessDeniedException", Text, member: member), "service.denied")).Detail;
        Assert.Contains("kms:Sign", output, StringComparison.Ordinal);
        Assert.Contains("credentials from profile", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(403, "<ErrorResponse><Error><Code>InvalidClientTokenId</Code><Message>The security token included in the request is invalid.</Message></Error></ErrorResponse>", "service.bad-credentials")]
    [InlineData(403, "<html><body>Blocked by the proxy</body></html>", "service.denied")]
    [InlineData(400, "", "service.refused")]
    [InlineData(400, "null", "service.refused")]
    [InlineData(500, "oops", "service.failed")]
    [InlineData(503, "<html/>", "service.failed")]
    [InlineData(429, "", "service.throttled")]
    [InlineData(200, "{\"KeyId\":\"", "service.malformed-answer")]
    [InlineData(200, "{}", "")]
    [InlineData(200, "<html>Welcome to the hotel's network</html>", "service.malformed-answer")]
    [InlineData(302, "", "service.refused")]
    public Task Answers_of_others_are_no_crash(int status, string body, string reason) => RefusedAsync((_, _) => new Told(status, body, "text/html"), reason);

    [Theory]
    [InlineData((int)Cut.BeforeTheAnswer)]
    [InlineData((int)Cut.InTheHeaders)]
    [InlineData((int)Cut.InTheBody)]
    public async Task A_cut_connection_is_tried_again_and_then_told(int cut)
    {
        await RefusedAsync((asked, stub) => stub.Answer(asked) with { Cut = (Cut)cut }, "");
        await RefusedAsync((asked, stub) => IsSign(asked) ? stub.Answer(asked) with { Cut = (Cut)cut } : null, cut == (int)Cut.InTheBody ? "service.malformed-answer" : "service.unreachable");
    }

    [Theory]
    [InlineData("another key", "sign.does-not-verify")]
    [InlineData("another ARN", "sign.wrong-answer")]
    [InlineData("another algorithm", "sign.wrong-answer")]
    [InlineData("unknown algorithm", "sign.wrong-answer")]
    [InlineData("no signature", "service.malformed-answer")]
    [InlineData("broken DER", "service.malformed-answer")]
    public async Task A_wrong_answer_is_not_written(string fault, string reason)
    {
        using ServiceKeyPair other = ServiceKeyPair.Of(KeyKind.P256);
        await RefusedAsync((asked, stub) => !IsSign(asked) ? null : fault switch
        {
            "another key" => stub.Answer(asked, other),
            "another ARN" => stub.Answer(asked, arn: AwsStub.Arn[..^1] + "c"),
            "another algorithm" => stub.Answer(asked, algorithm: "ECDSA_SHA_384"),
            "unknown algorithm" => stub.Answer(asked, algorithm: "ML_DSA_SHAKE_256"),
            "no signature" => new Told(200, $"{{\"KeyId\":\"{AwsStub.Arn}\",\"SigningAlgorithm\":\"ECDSA_SHA_256\"}}"),
            _ => new Told(200, $"{{\"KeyId\":\"{AwsStub.Arn}\",\"SigningAlgorithm\":\"ECDSA_SHA_256\",\"Signature\":\"MAYCAQECAQEA\"}}"),
        }, reason);
    }

    [Theory]
    [InlineData("User: arn:x is not authorized to perform: kms:Sign on resource: arn:y because no identity-based policy allows the kms:Sign action", "User: arn:x is not authorized to perform: kms:Sign on resource: arn:y because no identity-based policy allows the kms:Sign action")]
    [InlineData("The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.\n\nThe Canonical String", "The request signature we calculated does not match the signature you provided")]
    [InlineData("Rate exceeded.", "Rate exceeded")]
    public void An_error_is_one_sentence(string said, string told) =>
        Assert.Equal("400 SomeException: " + told, AwsFault.Of("SomeException", said, System.Net.HttpStatusCode.BadRequest).Text);

    [Fact]
    public void No_network_is_said_in_plain_words()
    {
        using Folder folder = Subject();
        (int exit, string output) = Sign(folder, [("AWS_ENDPOINT_URL_KMS", "http://127.0.0.1:1"), ("AWS_REGION", "eu-central-1"), ("AWS_ACCESS_KEY_ID", "x"), ("AWS_SECRET_ACCESS_KEY", "y")]);
        Assert.True(exit == 1 && output.Contains("service.unreachable", StringComparison.Ordinal) && output.Contains("signing needs the network; verification does not", StringComparison.Ordinal), output);
        Assert.DoesNotContain("a.sig", folder.Names);
    }

    [Fact]
    public void No_credentials_and_no_region_are_said()
    {
        using Folder folder = Subject();
        (string, string)[] bare = [("HOME", folder.Path), ("AWS_EC2_METADATA_DISABLED", "true"), ("AWS_REGION", "eu-central-1"), ("AWS_ENDPOINT_URL_KMS", "http://127.0.0.1:1")];
        (int exit, string output) = Sign(folder, bare);
        Assert.True(exit == 1 && output.Contains("error: AWS: no credentials in environment, web identity, profile, container or instance metadata [service.no-credentials]\n", StringComparison.Ordinal), output);
        (exit, output) = Sign(folder, [("HOME", folder.Path), ("AWS_EC2_METADATA_DISABLED", "true"), ("AWS_ACCESS_KEY_ID", "x"), ("AWS_SECRET_ACCESS_KEY", "y")], "awskms:///alias/release");
        Assert.True(exit == 1 && output.Contains("service.no-region", StringComparison.Ordinal), output);
        (exit, output) = Sign(folder, [("AWS_ENDPOINT_URL_KMS", "http://kms.example"), ("AWS_REGION", "eu-central-1"), ("AWS_ACCESS_KEY_ID", "x"), ("AWS_SECRET_ACCESS_KEY", "y")]);
        Assert.True(exit == 1 && output.Contains("service.unsafe-address", StringComparison.Ordinal), output);
    }

    [Fact]
    public void Throttling_that_ends_is_survived()
    {
        using ServiceKeyPair pair = ServiceKeyPair.Of(KeyKind.P256);
        int count = 0;
        using AwsStub stub = new(pair, _ => Interlocked.Increment(ref count) is 1 or 2 or 4 ? AwsStub.Refusal("ThrottlingException", "Rate exceeded") : null);
        using Folder folder = Subject();
        Pin(folder, pair);
        (int exit, string output) = Sign(folder, stub.Environment);
        Assert.True(exit == 0, output);
        Assert.Equal((3, 2), (stub.Count("GetPublicKey"), stub.Count("Sign")));
    }

    [Fact]
    public void A_failure_is_asked_four_times_and_no_more()
    {
        using ServiceKeyPair pair = ServiceKeyPair.Of(KeyKind.P256);
        using AwsStub stub = new(pair, _ => AwsStub.Refusal("KMSInternalException", "", 500));
        using Folder folder = Subject();
        Pin(folder, pair);
        Assert.Equal(1, Sign(folder, stub.Environment).Exit);
        Assert.Equal(4, stub.Server.Requests.Count);
    }

    [Fact]
    public void The_secret_is_in_no_output()
    {
        using ServiceKeyPair pair = ServiceKeyPair.Of(KeyKind.P256);
        using AwsStub stub = new(pair, asked => AwsStub.Refusal("InvalidSignatureException", "no"));
        using Folder folder = Subject();
        Pin(folder, pair);
        (_, string output) = Sign(folder, [.. stub.Environment, ("AWS_SESSION_TOKEN", "FwoGZXIvYXdzTOKEN")]);
        Assert.DoesNotContain("wJalrXUtnFEMI", output, StringComparison.Ordinal);
        Assert.DoesNotContain("FwoGZXIvYXdz", output, StringComparison.Ordinal);
        Assert.All(stub.Server.Requests, asked => Assert.Equal("FwoGZXIvYXdzTOKEN", asked.Header("X-Amz-Security-Token")));
    }

    [SharedFact("peers")]
    public async Task Every_recorded_refusal_of_aws_stops_each_call()
    {
        string path = Path.Combine(Repository.SharedFolder("peers"), "data", "aws-kms-recordings.json");
        using JsonDocument recordings = JsonDocument.Parse(File.ReadAllBytes(path));
        HashSet<string> seen = [];
        foreach ((string code, string message) in Errors(recordings.RootElement)
            .Select(error => (error.GetProperty("Code").GetString()!, error.TryGetProperty("Message", out JsonElement text) ? text.GetString()! : "")).Distinct())
        {
            foreach (Func<Asked, bool> at in (Func<Asked, bool>[])[_ => true, IsSign])
            {
                Finding finding = await RefusedAsync((asked, _) => at(asked) ? AwsStub.Refusal(code, message) : null, "service.");
                Assert.Contains(message.Split(". ")[0].Split('\n')[0].TrimEnd('.'), finding.Detail, StringComparison.Ordinal);
                seen.Add($"{code} {finding.Reason.Code}");
            }
        }

        Assert.Contains("DisabledException service.key-disabled", seen);
        Assert.Contains("NotFoundException service.wrong-region", seen);
        Assert.Contains("NotFoundException service.key-not-found", seen);
        Assert.Contains("KMSInvalidStateException service.key-unavailable", seen);
        Assert.Contains("UnsupportedOperationException service.wrong-usage", seen);
        Assert.Contains("InvalidKeyUsageException service.wrong-usage", seen);
    }

    private static IEnumerable<JsonElement> Errors(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            yield break;
        }

        foreach (JsonProperty member in element.EnumerateObject())
        {
            if (member.Name == "Error" && member.Value.ValueKind == JsonValueKind.Object && member.Value.TryGetProperty("Code", out _))
            {
                yield return member.Value;
                continue;
            }

            foreach (JsonElement below in Errors(member.Value))
            {
                yield return below;
            }
        }
    }

    private static bool IsSign(Asked asked) => asked.Header("X-Amz-Target").EndsWith(".Sign", StringComparison.Ordinal);

    // In this process, where a crash cannot be mistaken for a refusal.
    private static async Task<Finding> RefusedAsync(Func<Asked, AwsStub, Told?> fault, string reason)
    {
        using ServiceKeyPair pair = ServiceKeyPair.Of(KeyKind.P256);
        AwsStub? stub = null;
        stub = new AwsStub(pair, asked => fault(asked, stub!));
        using (stub)
        {
            using Folder folder = new();
            SigningException refusal = await Assert.ThrowsAsync<SigningException>(async () =>
            {
                await using SigningKey key = await stub.OpenAsync();
                await Signing.WriteAsync(folder, key, pair.Material);
            });
            Assert.True(refusal.Finding.Reason.Code.StartsWith(reason, StringComparison.Ordinal), $"{refusal.Finding.Reason.Code}: {refusal.Finding.Detail}");
            Assert.Empty(folder.Names);
            return refusal.Finding;
        }
    }

    private static void Pin(Folder folder, ServiceKeyPair pair) =>
        folder.Write("pin.pem", new string(System.Security.Cryptography.PemEncoding.Write("PUBLIC KEY", pair.Spki)) + "\n");

    private static Folder Subject()
    {
        Folder folder = new();
        folder.Write("a", "hello\n");
        return folder;
    }

    private static (int Exit, string Output) Sign(Folder folder, (string, string)[] environment, string key = Key)
    {
        if (!File.Exists(folder["pin.pem"]))
        {
            using ServiceKeyPair pair = ServiceKeyPair.Of(KeyKind.P256);
            Pin(folder, pair);
        }

        return Peer.Sign(folder.Path, ["sign", "a", "--format", "kms", "--key", key, "--public-key", "pin.pem"], "", environment);
    }
}

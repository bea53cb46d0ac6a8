using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Web;

namespace OfflineKit.Signing.Tests.Services;

/// <summary>Every documented source of credentials signs through the program, by servers on this machine; the source is said, its secret never.</summary>
public sealed class CredentialTests
{
    private const string Secret = "secret-of-this-source";

    [Fact]
    public void Aws_single_sign_on_of_a_profile()
    {
        using Cloud cloud = Cloud.Of("aws");
        AwsFiles(cloud, "[profile ci]\nregion = eu-central-1\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = signer\n"
            + "[sso-session corp]\nsso_region = us-east-1\nsso_start_url = https://corp.awsapps.com/start\nsso_registration_scopes = sso:account:access\n");
        string cache = Directory.CreateDirectory(Path.Combine(cloud.Home.Path, ".aws", "sso", "cache")).FullName;
        File.WriteAllText(
            Path.Combine(cache, Convert.ToHexStringLower(SHA1.HashData("corp"u8)) + ".json"),
            $"{{\"startUrl\":\"https://corp.awsapps.com/start\",\"region\":\"us-east-1\",\"accessToken\":\"{Secret}\",\"expiresAt\":\"{DateTime.UtcNow.AddHours(1):yyyy-MM-dd'T'HH:mm:ss'Z'}\"}}");
        cloud.Elsewhere = asked => !asked.Header("Host").StartsWith("portal.sso.us-east-1.", StringComparison.Ordinal) ? null
            : asked.Header("x-amz-sso_bearer_token") == Secret && asked.Path.Contains("role_name=signer", StringComparison.Ordinal)
                ? new Told(200, $"{{\"roleCredentials\":{{\"accessKeyId\":\"ASIASSO\",\"secretAccessKey\":\"{Secret}\",\"sessionToken\":\"{Secret}2\",\"expiration\":{DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeMilliseconds()}}}}}")
                : new Told(401, "{\"message\":\"Session token not found or invalid\"}");
        Signs(cloud, "AWS credentials: single sign-on of a profile", ("AWS_PROFILE", "ci"));
        SignedAs(cloud, "ASIASSO");
        File.Delete(Path.Combine(cache, Directory.GetFiles(cache)[0]));
        Refuses(cloud, "service.no-credentials", ("AWS_PROFILE", "ci"));
    }

    [Fact]
    public void Aws_assumed_role_of_a_profile()
    {
        using Cloud cloud = Cloud.Of("aws");
        AwsFiles(cloud, "[profile ci]\nregion = eu-central-1\nrole_arn = arn:aws:iam::111122223333:role/signer\nsource_profile = base\n"
            + $"[profile base]\nregion = eu-central-1\naws_access_key_id = AKIABASE\naws_secret_access_key = {Secret}\n");
        cloud.Elsewhere = asked => !asked.Header("Host").StartsWith("sts.", StringComparison.Ordinal) ? null
            : asked.Header("Authorization").Contains("Credential=AKIABASE/", StringComparison.Ordinal) ? Assumed(asked, "AssumeRole") : new Told(403, "");
        Signs(cloud, "AWS credentials: assumed role of a profile", ("AWS_PROFILE", "ci"));
        SignedAs(cloud, "ASIAROLE");
    }

    [Fact]
    public void Aws_web_identity_as_in_github_actions()
    {
        using Cloud cloud = Cloud.Of("aws");
        cloud.Variables = [("AWS_EC2_METADATA_DISABLED", "true")];
        cloud.Home.Write("token", Secret);
        bool expired = false;
        cloud.Elsewhere = asked => !asked.Header("Host").StartsWith("sts.", StringComparison.Ordinal) ? null
            : expired || asked.Header("Authorization").Length > 0 || HttpUtility.ParseQueryString(asked.Body)["WebIdentityToken"] != Secret
                ? new Told(400, $"<ErrorResponse><Error><Type>Sender</Type><Code>ExpiredTokenException</Code><Message>Token expired</Message></Error></ErrorResponse>", "text/xml")
                : Assumed(asked, "AssumeRoleWithWebIdentity");
        (string, string)[] identity = [("AWS_WEB_IDENTITY_TOKEN_FILE", cloud.Home["token"]), ("AWS_ROLE_ARN", "arn:aws:iam::111122223333:role/signer"), ("AWS_ROLE_SESSION_NAME", "ci"), ("AWS_REGION", "eu-central-1")];
        Signs(cloud, "AWS credentials: web identity token", identity);
        SignedAs(cloud, "ASIAROLE");
        expired = true;
        Refuses(cloud, "service.", identity);
    }

    [Fact]
    public void Aws_credential_process_and_a_named_profile_beats_the_environment()
    {
        using Cloud cloud = Cloud.Of("aws");
        cloud.Home.Write("credentials.json", $"{{\"Version\":1,\"AccessKeyId\":\"AKIAPROCESS\",\"SecretAccessKey\":\"{Secret}\"}}");
        (string, string)[] environment = cloud.Variables;
        AwsFiles(cloud, $"[profile ci]\nregion = eu-central-1\ncredential_process = cat {cloud.Home["credentials.json"]}\n");
        cloud.Variables = environment;
        Signs(cloud, "AWS credentials: credential process of a profile", ("AWS_PROFILE", "ci"));
        SignedAs(cloud, "AKIAPROCESS");
    }

    [Theory]
    [InlineData("certificate", "client certificate")]
    [InlineData("workload", "workload identity")]
    [InlineData("managed", "managed identity")]
    [InlineData("az", "az, or the managed identity of this machine")]
    [InlineData("sovereign", "client secret")]
    public void Azure_signs_in_by(string kind, string said)
    {
        using Cloud cloud = Cloud.Of("azure");
        string issuer = kind == "sovereign" ? "login.microsoftonline.us" : "login.microsoftonline.com", good = $"{{\"token_type\":\"Bearer\",\"expires_in\":3599,\"access_token\":\"{AzureStub.Token}\"}}";
        bool IsGood(string assertion) => kind == "workload" ? assertion == Secret : assertion.Split('.').Length == 3;
        cloud.Elsewhere = asked => AzureStub.StageOf(asked) != "token" || asked.Header("Host") != issuer || kind == "sovereign" ? null
            : IsGood(HttpUtility.ParseQueryString(asked.Body)["client_assertion"] ?? "") ? new Told(200, good) : new Told(401, "{\"error\":\"invalid_client\"}");
        using LoopbackServer identity = new(asked => asked.Header("X-IDENTITY-HEADER") == Secret && Uri.UnescapeDataString(asked.Path).Contains("resource=https://vault.azure.net", StringComparison.Ordinal)
            ? new Told(200, $"{{\"access_token\":\"{AzureStub.Token}\",\"expires_on\":\"{DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds()}\",\"resource\":\"https://vault.azure.net\",\"token_type\":\"Bearer\"}}")
            : new Told(400, "{}"));
        (string, string)[] who = [("AZURE_TENANT_ID", "72f988bf-86f1-41af-91ab-2d7cd011db47"), ("AZURE_CLIENT_ID", "11111111-2222-3333-4444-555555555555")];
        cloud.Home.Write("az.json", $"{{\"accessToken\":\"{AzureStub.Token}\",\"expiresOn\":\"{DateTime.Now.AddHours(1):yyyy-MM-dd HH:mm:ss.ffffff}\",\"tokenType\":\"Bearer\"}}");
        cloud.Home.Wrap("az", $"sh -c 'cat \"$0\"' '{cloud.Home["az.json"]}'");
        cloud.Variables = kind switch
        {
            "certificate" => [.. who, ("AZURE_CLIENT_CERTIFICATE_PATH", cloud.Home.Write("client.pem", ClientCertificate()))],
            "workload" => [.. who, ("AZURE_FEDERATED_TOKEN_FILE", cloud.Home.Write("token", Secret))],
            "managed" => [("IDENTITY_ENDPOINT", identity.Url + "/msi/token"), ("IDENTITY_HEADER", Secret)],
            "az" => [("PATH", $"{cloud.Home.Path}:{Environment.GetEnvironmentVariable("PATH")}")],
            _ => [.. cloud.Variables, ("AZURE_AUTHORITY_HOST", "https://login.microsoftonline.us")],
        };
        cloud.Secrets = [AzureStub.Token, AzureStub.Secret, Secret];
        Signs(cloud, "Azure credentials: " + said);
        Assert.True(kind != "sovereign" || cloud.Server.Tunnels.Any(tunnel => tunnel == "login.microsoftonline.us:443"));
    }

    [Fact]
    public void Google_workload_identity_as_in_github_actions_and_gclouds_own_credentials()
    {
        using Cloud cloud = Cloud.Of("google");
        string good = $"{{\"access_token\":\"{GoogleStub.Token}\",\"expires_in\":3599,\"token_type\":\"Bearer\"}}";
        cloud.Secrets = [GoogleStub.Token, Secret];
        cloud.Elsewhere = asked => (asked.Header("Host"), asked.Path) switch
        {
            ("token.actions.example", "/request?audience=x") => asked.Header("Authorization") == "Bearer " + Secret ? new Told(200, $"{{\"value\":\"{Secret}-oidc\"}}") : new Told(401, ""),
            ("sts.googleapis.com", "/v1/token") => HttpUtility.ParseQueryString(asked.Body)["subject_token"] == Secret + "-oidc" ? new Told(200, good) : new Told(400, "{\"error\":\"invalid_grant\"}"),
            ("oauth2.googleapis.com", "/token") => HttpUtility.ParseQueryString(asked.Body)["refresh_token"] == Secret ? new Told(200, good) : null,
            _ => null,
        };
        cloud.Home.Write("external.json", "{\"type\":\"external_account\",\"audience\":\"//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/github\",\"subject_token_type\":\"urn:ietf:params:oauth:token-type:jwt\","
            + "\"token_url\":\"https://sts.googleapis.com/v1/token\",\"credential_source\":{\"url\":\"https://token.actions.example/request?audience=x\",\"headers\":{\"Authorization\":\"Bearer " + Secret + "\"},\"format\":{\"type\":\"json\",\"subject_token_field_name\":\"value\"}}}");
        cloud.Variables = [("GOOGLE_APPLICATION_CREDENTIALS", cloud.Home["external.json"])];
        Signs(cloud, "Google credentials: GOOGLE_APPLICATION_CREDENTIALS, external_account");
        Directory.CreateDirectory(cloud.Home[".config/gcloud"]);
        cloud.Home.Write(".config/gcloud/application_default_credentials.json", $"{{\"type\":\"authorized_user\",\"client_id\":\"i\",\"client_secret\":\"{Secret}-client\",\"refresh_token\":\"{Secret}\"}}");
        cloud.Variables = [];
        Signs(cloud, "Google credentials: gcloud's application default credentials, authorized_user");
    }

    [Fact]
    public void Vault_with_a_private_authority_a_token_file_and_proxies()
    {
        using Cloud cloud = Cloud.Of("vault");
        using TestAuthority authority = new();
        using ServiceKeyPair pair = ServiceKeyPair.Of(Crypto.KeyKind.P256);
        using VaultStub stub = new(pair);
        using LoopbackServer secured = new(asked => stub.Answer(asked), certificate: authority.CertificateFor("127.0.0.1"));
        using Folder folder = new();
        folder.Write("a", "hello\n");
        folder.Write("pin.pem", pair.Pem);
        folder.Write("ca.pem", authority.Pem);
        folder.Write(".vault-token", VaultStub.Token + "\n");
        (string, string)[] direct = [("VAULT_ADDR", secured.Url), ("VAULT_NAMESPACE", "team"), ("HOME", folder.Path), ("HTTPS_PROXY", "http://127.0.0.1:1"), ("NO_PROXY", "")];
        string[] line = ["sign", "a", "--format", "kms", "--key", "hashivault://release", "--public-key", "pin.pem", "--force"];
        (int exit, string output) = Peer.Sign(folder.Path, line, "", [.. direct, ("VAULT_CACERT", folder["ca.pem"])]);
        Assert.True(exit == 0 && output.Contains("Vault credentials: " + folder[".vault-token"], StringComparison.Ordinal), output);
        Assert.DoesNotContain(VaultStub.Token, output, StringComparison.Ordinal);
        File.Delete(folder["a.sig"]);

        // Without the authority, by a proxy that is not there, with a file that holds no certificate.
        foreach ((string, string)[] fault in ((string, string)[][])[[], [("VAULT_ADDR", "https://vault.example:8200"), ("VAULT_CACERT", folder["ca.pem"])], [("VAULT_CACERT", folder["a"])], [("VAULT_CACERT", folder["missing"])]])
        {
            (exit, output) = Peer.Sign(folder.Path, line, "", [.. direct, .. fault]);
            Assert.True(exit == 1 && output.Contains("[service.", StringComparison.Ordinal) && output.Contains("hint: ", StringComparison.Ordinal), $"exit {exit}: {output}");
            Assert.DoesNotContain("a.sig", folder.Names);
        }
    }

    private static Told Assumed(Asked asked, string operation)
    {
        Assert.Equal((operation, "arn:aws:iam::111122223333:role/signer"), (HttpUtility.ParseQueryString(asked.Body)["Action"], HttpUtility.ParseQueryString(asked.Body)["RoleArn"]));
        return new Told(
            200,
            $"<{operation}Response xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><{operation}Result><Credentials><AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>{Secret}</SecretAccessKey><SessionToken>{Secret}2</SessionToken>"
            + $"<Expiration>{DateTime.UtcNow.AddHours(1):yyyy-MM-dd'T'HH:mm:ss'Z'}</Expiration></Credentials><AssumedRoleUser><Arn>arn:aws:sts::111122223333:assumed-role/signer/ci</Arn><AssumedRoleId>A:ci</AssumedRoleId></AssumedRoleUser></{operation}Result></{operation}Response>",
            "text/xml");
    }

    private static void AwsFiles(Cloud cloud, string config)
    {
        Directory.CreateDirectory(cloud.Home[".aws"]);
        cloud.Home.Write(".aws/config", config);
        cloud.Variables = [("AWS_EC2_METADATA_DISABLED", "true")];
        cloud.Secrets = [Secret];
    }

    private static string ClientCertificate()
    {
        using RSA key = RSA.Create(2048);
        using X509Certificate2 certificate = new CertificateRequest("CN=client", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n";
    }

    private static void Signs(Cloud cloud, string said, params (string, string)[] more)
    {
        using Folder folder = new();
        (int exit, string output) = cloud.Sign(folder, more);
        Assert.True(exit == 0 && output.Contains(said, StringComparison.Ordinal), $"exit {exit}, wanted \"{said}\": {output}");
        Assert.All(cloud.Secrets, secret => Assert.DoesNotContain(secret, output, StringComparison.Ordinal));
        Peer.Must(folder.Path, "openssl", ["dgst", "-sha256", "-verify", "pin.pem", "-signature", "a.sig", "a"]);
    }

    private static void Refuses(Cloud cloud, string reason, params (string, string)[] more)
    {
        using Folder folder = new();
        (int exit, string output) = cloud.Sign(folder, more);
        Assert.True(exit == 1 && output.Contains($"[{reason}", StringComparison.Ordinal), $"exit {exit}, wanted {reason}: {output}");
        Assert.DoesNotContain("a.sig", folder.Names);
        Assert.All(cloud.Secrets, secret => Assert.DoesNotContain(secret, output, StringComparison.Ordinal));
    }

    private static void SignedAs(Cloud cloud, string accessKey) => Assert.All(
        cloud.Server.Requests.Where(asked => asked.Header("X-Amz-Target").Length > 0),
        asked => Assert.Contains($"Credential={accessKey}/", asked.Header("Authorization"), StringComparison.Ordinal));
}

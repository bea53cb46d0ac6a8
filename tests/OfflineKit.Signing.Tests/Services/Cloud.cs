using OfflineKit.Crypto;

namespace OfflineKit.Signing.Tests.Services;

/// <summary>A key service at its real address, as the program meets it: by way of a proxy that answers for every host. Any answer can be replaced.</summary>
internal sealed class Cloud : IDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly ServiceKeyPair _pair = ServiceKeyPair.Of(KeyKind.P256);
    private readonly Folder _folder = new();
    private IDisposable _stub = null!;

    private Cloud()
    {
    }

    /// <summary>The replacement of an answer, from the stage of the request and the good answer.</summary>
    public Func<string, Answers, Told?> Fault { get; set; } = (_, _) => null;

    /// <summary>Answers of other services than the key's own, such as those that issue tokens; asked first.</summary>
    public Func<Asked, Told?> Elsewhere { get; set; } = _ => null;

    public required string Key { get; init; }

    /// <summary>What messages call the service.</summary>
    public required string Service { get; init; }

    /// <summary>The service's own standard variables; a source of credentials among them.</summary>
    public required (string, string)[] Variables { get; set; }

    /// <summary>What must show in no output: tokens, passwords, keys.</summary>
    public required string[] Secrets { get; set; }

    /// <summary>What the service says of a disabled key; null where it knows none.</summary>
    public Told? Disabled { get; private init; }

    /// <summary>A key's name says which version is meant.</summary>
    public bool HasVersions => !Key.EndsWith("://release", StringComparison.Ordinal);

    public LoopbackServer Server { get; private set; } = null!;

    public string Pin => _pair.Pem;

    /// <summary>The home of whoever signs.</summary>
    public Folder Home => _folder;

    /// <summary>Signs "hello\n", called a, in <paramref name="folder"/> with everything that talks.</summary>
    public (int Exit, string Output) Sign(Folder folder, params (string, string)[] more)
    {
        folder.Write("a", "hello\n");
        folder.Write("pin.pem", Pin);
        return Peer.Sign(folder.Path, ["sign", "a", "--format", "kms", "--key", Key, "--public-key", "pin.pem", "--audit-log", "log", "--verbose"], "", [.. Environment, .. more]);
    }

    /// <summary>What the program needs to meet only this server.</summary>
    public (string, string)[] Environment =>
    [
        .. Variables, ("HTTPS_PROXY", Server.Url), ("SSL_CERT_FILE", _folder["authority.pem"]), ("SSL_CERT_DIR", _folder.Path), ("HOME", _folder.Path), ("NO_PROXY", ""),
    ];

    public static Cloud Of(string name) => name switch
    {
        "aws" => Aws(),
        "azure" => Azure(),
        "google" => Google(),
        "vault" => Vault("hashivault", "Vault", "VAULT_"),
        "openbao" => Vault("openbao", "OpenBao", "BAO_"),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such service"),
    };

    public void Dispose()
    {
        _stub.Dispose();
        _pair.Dispose();
        _authority.Dispose();
        _folder.Dispose();
    }

    /// <summary>What the service would answer: rightly, by another key, or as another version.</summary>
    internal sealed record Answers(Asked Asked, Told Good, Func<Told> ByAnotherKey, Func<Told> AsAnotherVersion);

    private static Cloud Aws()
    {
        const string Secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", Session = "FwoGZXIvYXdzTOKEN";
        Cloud cloud = new()
        {
            Key = "awskms:///" + AwsStub.Arn,
            Service = "AWS KMS",
            Variables = [("AWS_ACCESS_KEY_ID", "ASIAIOSFODNN7EXAMPLE"), ("AWS_SECRET_ACCESS_KEY", Secret), ("AWS_SESSION_TOKEN", Session), ("AWS_EC2_METADATA_DISABLED", "true")],
            Secrets = [Secret, Session],
            Disabled = AwsStub.Refusal("DisabledException", AwsStub.Arn + " is disabled."),
        };
        AwsStub stub = null!;
        stub = new AwsStub(cloud._pair, asked => cloud.Replaced(asked, asked.Header("X-Amz-Target").EndsWith(".Sign", StringComparison.Ordinal) ? "sign" : "lookup", other => stub.Answer(asked, other), () => stub.Answer(asked, arn: AwsStub.Arn[..^1] + "c")), authority: cloud._authority);
        return cloud.With(stub, stub.Server);
    }

    private static Cloud Azure()
    {
        Cloud cloud = new()
        {
            Key = $"azurekms://{AzureStub.Host}/release/{AzureStub.Version}",
            Service = "Azure Key Vault",
            Variables = [("AZURE_TENANT_ID", "72f988bf-86f1-41af-91ab-2d7cd011db47"), ("AZURE_CLIENT_ID", "11111111-2222-3333-4444-555555555555"), ("AZURE_CLIENT_SECRET", AzureStub.Secret)],
            Secrets = [AzureStub.Secret, AzureStub.Token],
            Disabled = AzureStub.Refusal(403, "Forbidden", "Operation sign is not allowed on a disabled key.", "KeyDisabled"),
        };
        AzureStub stub = new(cloud._pair, (asked, own) => cloud.Replaced(asked, AzureStub.StageOf(asked), other => own.Answer(asked, other), () => own.Answer(asked, version: "1111")), cloud._authority);
        return cloud.With(stub, stub.Server);
    }

    private static Cloud Google()
    {
        Cloud cloud = new()
        {
            Key = "gcpkms://" + GoogleStub.Name,
            Service = "Google Cloud KMS",
            Variables = [],
            Secrets = [GoogleStub.Token],
            Disabled = GoogleStub.Refusal(400, "FAILED_PRECONDITION", $"{GoogleStub.Name} is not enabled, current state is: DISABLED."),
        };
        GoogleStub stub = new(
            cloud._pair,
            "EC_SIGN_P256_SHA256",
            (asked, own) => cloud.Replaced(asked, GoogleStub.StageOf(asked), other => own.Answer(asked, other), () => own.Answer(asked, name: GoogleStub.Name[..^1] + "4")),
            cloud._authority);
        cloud.Variables = [("GOOGLE_APPLICATION_CREDENTIALS", stub.Variable("GOOGLE_APPLICATION_CREDENTIALS", "service_account")!)];
        cloud.Secrets = [GoogleStub.Token, stub.AccountSecret];
        return cloud.With(stub, stub.Server);
    }

    private static Cloud Vault(string scheme, string service, string prefix)
    {
        Cloud cloud = new()
        {
            Key = scheme + "://release",
            Service = service,
            Variables = [(prefix + "ADDR", "https://vault.example:8200"), (prefix + "TOKEN", VaultStub.Token), (prefix + "NAMESPACE", "team")],
            Secrets = [VaultStub.Token],
        };
        VaultStub stub = new(cloud._pair, (asked, own) => cloud.Replaced(asked, VaultStub.IsSign(asked) ? "sign" : "lookup", other => own.Answer(asked, other), () => own.Answer(asked, version: 3)), cloud._authority);
        return cloud.With(stub, stub.Server);
    }

    private Told? Replaced(Asked asked, string stage, Func<ServiceKeyPair?, Told> answer, Func<Told> otherVersion) =>
        Elsewhere(asked) ?? Fault(stage, new Answers(asked, answer(null), () => Foreign(answer), otherVersion));

    private static Told Foreign(Func<ServiceKeyPair?, Told> answer)
    {
        using ServiceKeyPair other = ServiceKeyPair.Of(KeyKind.P256);
        return answer(other);
    }

    private Cloud With(IDisposable stub, LoopbackServer server)
    {
        (_stub, Server) = (stub, server);
        _folder.Write("authority.pem", _authority.Pem);
        return this;
    }
}

using System.CommandLine;
using OfflineKit.Signing.Audit;
using OfflineKit.Signing.Formats;
using OfflineKit.Signing.Output;
using OfflineKit.Signing.Requests;

namespace OfflineKit.Signing.Cli.Commands;

/// <summary><c>offlinekit-sign event sign FILE</c>: CodeSentinel events, by the environment variables of the original.</summary>
internal sealed class EventCommand
{
    private const string ProviderVariable = "POLICY_SIGNING_PROVIDER", AwsVariable = "POLICY_AWS_KMS_KEY",
        VaultVariable = "POLICY_AZURE_KV_NAME", VaultKeyVariable = "POLICY_AZURE_KV_KEY", SecretVariable = "POLICY_SIGNING_KEY";

    private readonly Argument<string> _file = new("FILE") { Description = "the event, a JSON object; - reads standard input" };
    private readonly Option<string?> _provider = new("--provider") { Description = $"aws_kms, aws_kms_sdk or azure_kv; default: {ProviderVariable}", HelpName = "NAME" };
    private readonly Option<bool> _hmac = new("--allow-hmac-instead-of-signature") { Description = $"no provider: HMAC-SHA-256 under {SecretVariable} (hex); verifiers can forge it" };
    private readonly Option<bool> _digest = new("--allow-bare-sha256-instead-of-signature") { Description = "no provider: only a digest; anybody can forge it" };
    private readonly KeyOptions _keys = new("--key", mustBeGiven: false);
    private readonly RunOptions _options = new();

    private const string WithProvider = "--provider", WithoutProvider = "no provider";

    /// <summary>Which options are read with a provider, and which without.</summary>
    internal OptionUse Uses => new OptionUse().In([WithProvider], [_provider, .. _keys.All.Where(option => option.Name != "--password-fd")]).In([WithoutProvider], _hmac, _digest);

    public static Command Create() => new("event", "CodeSentinel events.") { new EventCommand().Sign() };

    private CommandWithExample Sign()
    {
        CommandWithExample command = new(
            "sign",
            $"Sign an event; the key is named by --key or by {AwsVariable}, {VaultVariable} and {VaultKeyVariable}.",
            "POLICY_SIGNING_PROVIDER=aws_kms_sdk POLICY_AWS_KMS_KEY=alias/events offlinekit-sign event sign event.json --public-key events.pem -o event.csevent.json");
        command.Arguments.Add(_file);
        command.Options.Add(_provider);
        command.Options.Add(_hmac);
        command.Options.Add(_digest);
        _keys.AddTo(command);
        _options.AddTo(command);
        command.SetAction(async (arguments, cancellation) =>
        {
            string output = _options.Output(arguments) ?? "-", file = arguments.GetRequiredValue(_file);
            string provider = arguments.GetValue(_provider) ?? Variable(ProviderVariable) ?? "";
            if (provider.Length == 0)
            {
                Uses.RefuseUnread(arguments, WithoutProvider, "no provider");
                await WithoutProviderAsync(arguments, file, output, cancellation);
                return ExitCode.Done;
            }

            Uses.RefuseUnread(arguments, WithProvider, $"provider {provider}");
            KeyRequest key = _keys.Request(arguments, KeyOf(provider));
            SubjectRequest subject = RunOptions.Subject(file, output == file && file != "-" ? null : _options.Target(arguments, output));
            return await _options.RunAsync(arguments, await _options.RequestAsync(arguments, key, [subject], cancellation) with { Format = new CodeSentinelEvent(provider) }, cancellation);
        });
        return command;
    }

    // The original weakens silently when no provider is set; here each weaker form needs its own long word.
    private async Task WithoutProviderAsync(ParseResult arguments, string file, string output, CancellationToken cancellation)
    {
        (bool hmac, bool digest) = (arguments.GetValue(_hmac), arguments.GetValue(_digest));
        if (hmac == digest)
        {
            throw new UsageException(
                $"no signing provider: neither --provider nor {ProviderVariable} is set", "name one; an HMAC or a bare digest is no signature and needs its own option (see --help)");
        }

        byte[] content = InputFile.ReadAll(file, Limits.SignatureFile, "event");
        DateTimeOffset time = _options.SignedAt(arguments);
        OutputTarget target = _options.IsDryRun(arguments) ? OutputTarget.To(Stream.Null, "nowhere") : _options.Target(arguments, output);
        AuditLog? audit = _options.IsDryRun(arguments) ? null : await _options.AuditAsync(arguments, _keys.Passwords(arguments), cancellation);
        if (digest)
        {
            Stderr.Note("a bare SHA-256 proves no signer: anybody can change the event and its digest");
            new SymmetricSession("none", "SHA-256", "codesentinel", audit).Write(file, content, target, bytes => SymmetricRecords.EventWithDigest(bytes, time));
            return;
        }

        string text = Variable(SecretVariable) ?? throw new UsageException($"{SecretVariable} is not set", "it holds the secret in hex, at least 32 bytes");
        Stderr.Note("an HMAC is symmetric: whoever can verify this event can forge it");
        new SymmetricSession(SecretVariable, "HMAC-SHA256", "codesentinel", audit).Write(file, content, target, bytes =>
        {
            using HmacSecret secret = HmacSecret.FromHex(text, SecretVariable);
            return SymmetricRecords.EventUnderHmac(bytes, secret, SecretVariable, time);
        });
    }

    private static string? KeyOf(string provider) => (provider, Variable(AwsVariable), Variable(VaultVariable), Variable(VaultKeyVariable)) switch
    {
        ("aws_kms" or "aws_kms_sdk", { } key, _, _) => $"awskms:///{key}",
        ("azure_kv", _, { } vault, { } key) => $"azurekms://{vault}.vault.azure.net/{key}",
        ("aws_kms" or "aws_kms_sdk" or "azure_kv", _, _, _) => null,
        ("kms", _, _, _) => throw new UsageException("provider kms is a simulation, which nobody can verify", "use aws_kms, aws_kms_sdk or azure_kv"),
        _ => throw new UsageException($"provider \"{provider}\" is unknown", "use aws_kms, aws_kms_sdk or azure_kv"),
    };

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}

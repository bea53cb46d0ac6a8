using System.CommandLine;
using OfflineKit.Signing.Formats;

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
        command.SetAction((arguments, cancellation) =>
        {
            string output = _options.Output(arguments) ?? "-", file = arguments.GetRequiredValue(_file);
            string provider = arguments.GetValue(_provider) ?? Variable(ProviderVariable) ?? "";
            if (provider.Length == 0)
            {
                return Task.FromResult(WithoutProvider(arguments, file, output));
            }

            _keys.Default = KeyOf(provider);
            return SigningRun.SignAllAsync(arguments, _keys, _options, new CodeSentinelEvent(provider), [(file, output)], parallel: 1, cancellation);
        });
        return command;
    }

    // The original weakens silently when no provider is set; here each weaker form needs its own long word.
    private int WithoutProvider(ParseResult arguments, string file, string output)
    {
        (bool hmac, bool digest) = (arguments.GetValue(_hmac), arguments.GetValue(_digest));
        if (hmac == digest)
        {
            throw new UsageException(
                $"no signing provider: neither --provider nor {ProviderVariable} is set", "name one; an HMAC or a bare digest is no signature and needs its own option (see --help)");
        }

        byte[] content = InputFile.ReadAll(file, Limits.SignatureFile, "event");
        DateTimeOffset time = _options.SignedAt(arguments);
        if (digest)
        {
            Talk.Note("a bare SHA-256 proves no signer: anybody can change the event and its digest");
            return Written(arguments, output, SymmetricRecords.EventWithDigest(content, time));
        }

        string text = Variable(SecretVariable) ?? throw new UsageException($"{SecretVariable} is not set", "it holds the secret in hex, at least 32 bytes");
        using HmacSecret secret = HmacSecret.FromHex(text, SecretVariable);
        Talk.Note("an HMAC is symmetric: whoever can verify this event can forge it");
        return Written(arguments, output, SymmetricRecords.EventUnderHmac(content, secret, SecretVariable, time));
    }

    private int Written(ParseResult arguments, string output, byte[] content)
    {
        if (!_options.IsDryRun(arguments))
        {
            _options.Target(arguments, output).Write(content, mode: null);
        }

        return ExitCode.Done;
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

using System.CommandLine;
using OfflineKit.Crypto;
using OfflineKit.Formats.Sentinel;
using OfflineKit.Host.Requests;
using OfflineKit.Reporting;
using OfflineKit.Signing.Aws;
using OfflineKit.Signing.Formats;
using OfflineKit.Signing.Output;
using OfflineKit.Signing.Requests;
using OfflineKit.Signing.Sentinel;

namespace OfflineKit.Signing.Cli.Commands;

/// <summary><c>offlinekit-sign policy push PROFILE FILE</c>: makes a signed policy live.</summary>
internal sealed class PolicyPushCommand
{
    private readonly PolicyOptions _policy = new();
    private readonly Argument<string> _file = new("FILE") { Description = "the policy" };
    private readonly Option<bool> _sign = new("--sign") { Description = "sign it now, by --key-id" };
    private readonly Option<string?> _signature = new("--signature") { Description = "push this signature, made elsewhere, with it", HelpName = "FILE" };
    private readonly KeyOptions _keys = new("--key-id", mustBeGiven: false);
    private readonly RunOptions _options = new();

    private const string Signing = "--sign", Given = "--signature";

    /// <summary>Which options are read when the policy is signed now, and which when a signature is given.</summary>
    internal OptionUse Uses => new OptionUse()
        .In([Signing], [.. _keys.All.Where(option => option.Name is not ("--public-key" or "--verbose")), .. _options.All.Where(option => option.Name is "--signed-at" or "--audit-log" or "--audit-key")])
        .In([], _options.All.Where(option => option.Name == "--output"));

    public static Command Create() => new PolicyPushCommand().Command();

    private CommandWithExample Command()
    {
        CommandWithExample command = new(
            "push",
            "Make a signed policy live: signature first, policy second, both read again and verified, or put back what was there.",
            "offlinekit-sign policy push prod policy.yaml --sign --key-id awskms:///alias/sentinel --public-key sentinel.pem --force",
            "offlinekit-sign policy push prod policy.yaml --signature policy.yaml.sig.json --public-key sentinel.pem");
        _policy.AddTo(command);
        command.Arguments.Add(_file);
        command.Options.Add(_sign);
        command.Options.Add(_signature);
        _keys.AddTo(command);
        _options.AddTo(command);
        command.SetAction(PushAsync);
        return command;
    }

    private async Task<int> PushAsync(ParseResult arguments, CancellationToken cancellation)
    {
        string parameter = _policy.Parameter(arguments), file = arguments.GetRequiredValue(_file), policy = PolicyOptions.Text(file, "policy");
        if (arguments.GetValue(_sign) == (arguments.GetValue(_signature) is not null))
        {
            throw new UsageException("push needs exactly one of --sign and --signature", "an unsigned policy is not pushed");
        }

        Uses.RefuseUnread(arguments, arguments.GetValue(_sign) ? Signing : Given, arguments.GetValue(_sign) ? Signing : Given);
        if (SentinelPolicy.Faults(System.Text.Encoding.UTF8.GetBytes(policy)) is [string fault, ..])
        {
            throw PolicyReasons.Invalid.Refusal($"{file}: {fault}");
        }

        NamedFile pin = _keys.PinnedFile(arguments) ?? throw new UsageException("push needs --public-key", "what is pushed is verified by it, before and after");
        KeyMaterial pinned = KeyOptions.PublicKey(pin);
        using ParameterStore store = await _policy.StoreAsync(arguments, cancellation);
        if (await store.ReadAsync(parameter, cancellation) is { } live && live != policy && !_options.IsForced(arguments) && !_options.IsDryRun(arguments))
        {
            throw PolicyReasons.Exists.Refusal($"{parameter} differs by {PolicyDifference.Between(live, policy).Length} lines");
        }

        string signature = arguments.GetValue(_signature) is { } path ? PolicyOptions.Text(path, "signature") : await SignedAsync(arguments, pinned, parameter, policy, cancellation);
        if (_options.IsDryRun(arguments))
        {
            Terminal.Out.WriteLine($"would push {TerminalText.Escape(file)} -> {TerminalText.Escape(parameter)} and {TerminalText.Escape(ParameterName.OfSignature(parameter))}");
            return ExitCode.Done;
        }

        await new PolicyPush(store, MachineTrust.In(pin).Trust).PushAsync(parameter, policy, signature, cancellation);
        Terminal.Out.WriteLine($"pushed {TerminalText.Escape(file)} -> {TerminalText.Escape(parameter)}, signature in {TerminalText.Escape(ParameterName.OfSignature(parameter))}");
        return ExitCode.Done;
    }

    private async Task<string> SignedAsync(ParseResult arguments, KeyMaterial pinned, string parameter, string policy, CancellationToken cancellation)
    {
        if (_options.IsDryRun(arguments))
        {
            return "";
        }

        KeyRequest request = _keys.Request(arguments) with { Pinned = pinned };
        SentinelSignature format = new(SentinelLayout.Parameter, PolicyCommand.KeyId(request.Uri));
        Audit.AuditLog? audit = await _options.AuditAsync(arguments, request.Opening.Passwords, cancellation);
        await using SigningKey key = await request.OpenAsync(format, [parameter], audit, cancellation);
        SigningSession session = new(key, pinned, format, _options.SignedAt(arguments), audit);
        using MemoryStream content = new(System.Text.Encoding.UTF8.GetBytes(policy)), written = new();
        await session.SignAsync(new SigningOrder(parameter, content, OutputTarget.To(written, ParameterName.OfSignature(parameter))), cancellation);
        return System.Text.Encoding.UTF8.GetString(written.ToArray());
    }
}

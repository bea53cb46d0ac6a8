using System.CommandLine;
using System.Runtime.CompilerServices;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Reporting;
using OfflineKit.Signing.Output;
using OfflineKit.Signing.Trust;

namespace OfflineKit.Signing.Cli.Commands;

/// <summary><c>offlinekit-sign trust publish</c>: snapshot and timestamp, the whole verified, and a bundle to carry.</summary>
internal static class TrustPublishCommand
{
    public static Command Create()
    {
        Argument<string> folder = TrustCommand.Folder();
        KeyOptions keys = new("--key", "-k");
        Option<string?> timestampKey = new("--timestamp-key") { Description = "the timestamp key, where it is not --key", HelpName = "KEY" };
        Option<string?> bundle = new("--bundle") { Description = "also write the repository as one file to carry", HelpName = "FILE.tar[.zst]" };
        LifeOptions life = new();
        CommandWithExample command = new(
            "publish", "Sign snapshot and timestamp, verify everything as a client would, and publish.", "offlinekit-sign trust publish repo --key online.key --bundle trust-2026-11.tar");
        command.Arguments.Add(folder);
        keys.AddTo(command);
        command.Options.Add(timestampKey);
        command.Options.Add(bundle);
        life.AddTo(command);
        command.SetAction(async (arguments, cancellation) =>
        {
            await using SigningKey snapshot = await keys.OpenAsync(arguments, SignatureScheme.RsaPssSha256, cancellation);
            TrustCommand.Pin(snapshot, keys.Pinned(arguments));
            SigningKey timestamp = arguments.GetValue(timestampKey) is { } uri
                ? await KnownKeySources.OpenAsync(KeyUri.Parse(uri), new KeyOpening { Scheme = new SchemeChoice(Asked: null, SignatureScheme.RsaPssSha256), Passwords = new PasswordReader(null) }, cancellation)
                : snapshot;
            await using ConfiguredAsyncDisposable held = timestamp.ConfigureAwait(false);
            OutputTarget? output = arguments.GetValue(bundle) is { } path ? OutputTarget.NewFile(path) : null;
            output?.RefuseIfTaken();
            TrustRepositoryFolder repository = new(arguments.GetRequiredValue(folder));
            byte[] tar = await repository.PublishAsync(snapshot, timestamp, life.Of(arguments), DateTimeOffset.UtcNow, cancellation);
            output?.Write(BundleFile.Of(tar, arguments.GetValue(bundle)!), mode: null);
            Console.Out.WriteLine($"published: {TerminalText.Escape(arguments.GetRequiredValue(folder))}");
            Console.Out.WriteLine($"root fingerprint (SHA-256 of metadata/1.root.json): {repository.Fingerprint()}");
            return ExitCode.Done;
        });
        return command;
    }
}

/// <summary>How long metadata lives.</summary>
internal sealed class LifeOptions
{
    private readonly Option<int> _root = new("--valid-days") { Description = "days until root and targets expire; default: 365", HelpName = "DAYS", DefaultValueFactory = _ => 365 };
    private readonly Option<int> _online = new("--online-valid-days") { Description = "days until snapshot and timestamp expire; default: 90", HelpName = "DAYS", DefaultValueFactory = _ => 90 };

    public void AddTo(Command command)
    {
        command.Options.Add(_root);
        command.Options.Add(_online);
    }

    public MetadataLife Of(ParseResult arguments) => new(Days(arguments.GetValue(_root)), Days(arguments.GetValue(_online)));

    private static TimeSpan Days(int days) => days is >= 1 and <= 36_500
        ? TimeSpan.FromDays(days)
        : throw new UsageException($"{days} is no number of days for metadata to live", "give 1 to 36500");
}

/// <summary>What a listed key may sign, and when.</summary>
internal sealed class TrustEntryOptions
{
    private static readonly (string Option, string Member, string Description)[] Lists =
    [
        ("--format", "formats", "a format that it may sign (repeatable); default: every format"),
        ("--algorithm", "algorithms", "an algorithm that it may sign with (repeatable)"),
        ("--hint", "hints", "an id under which documents call it (repeatable)"),
        ("--artifact", "artifacts", "a pattern of artefact names that it may sign (repeatable)"),
        ("--payload-type", "payload-types", "a payload type that it may sign (repeatable)"),
        ("--namespace", "namespaces", "a namespace that it may sign for (repeatable)"),
        ("--tenant", "tenants", "a tenant or plan that it belongs to (repeatable)"),
    ];

    private static readonly (string Option, string Member, string Description)[] Texts =
    [
        ("--valid-from", "valid-from", "the first time at which it may sign (RFC 3339)"),
        ("--valid-until", "valid-until", "the last time at which it may sign (RFC 3339)"),
        ("--note", "note", "what one should know"),
    ];

    private readonly Option<string[]>[] _lists = [.. Lists.Select(list => new Option<string[]>(list.Option) { Description = list.Description, HelpName = "TEXT", AllowMultipleArgumentsPerToken = false })];
    private readonly Option<string?>[] _texts = [.. Texts.Select(text => new Option<string?>(text.Option) { Description = text.Description, HelpName = "TEXT" })];

    public void AddTo(Command command)
    {
        foreach (Option option in _lists.Concat<Option>(_texts))
        {
            command.Options.Add(option);
        }
    }

    public TrustEntry Of(ParseResult arguments, TrustEntry entry) => entry with
    {
        Lists = [.. Lists.Zip(_lists).Select(pair => KeyValuePair.Create(pair.First.Member, (System.Collections.Immutable.ImmutableArray<string>)[.. arguments.GetValue(pair.Second) ?? []])).Where(list => !list.Value.IsEmpty)],
        Texts = [.. Texts.Zip(_texts).Where(pair => arguments.GetValue(pair.Second) is not null).Select(pair => KeyValuePair.Create(pair.First.Member, arguments.GetValue(pair.Second)!))],
    };
}

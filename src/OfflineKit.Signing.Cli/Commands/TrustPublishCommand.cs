using System.CommandLine;
using System.Runtime.CompilerServices;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Files;
using OfflineKit.Reporting;
using OfflineKit.Signing.Requests;
using OfflineKit.Signing.Trust;

namespace OfflineKit.Signing.Cli.Commands;

/// <summary><c>offlinekit-sign trust publish</c>: snapshot and timestamp, the whole verified, and a bundle to carry.</summary>
internal static class TrustPublishCommand
{
    private static readonly OutputKind TrustBundle = new("trust bundle", static _ => false);

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
            KeyRequest online = keys.Request(arguments);
            OutputFile? output = arguments.GetValue(bundle) is { } path ? new OutputFile(path, TrustBundle, Replacing.Nothing) : null;
            output?.RefuseIfTaken();
            await using SigningKey snapshot = await online.OpenAsync(SignatureScheme.RsaPssSha256, cancellation);
            SigningKey timestamp = arguments.GetValue(timestampKey) is { } uri
                ? await (online with { Uri = KeyUri.Parse(uri), Pinned = null }).OpenAsync(SignatureScheme.RsaPssSha256, cancellation)
                : snapshot;
            await using ConfiguredAsyncDisposable held = timestamp.ConfigureAwait(false);
            TrustRepositoryFolder repository = new(arguments.GetRequiredValue(folder));
            await repository.PublishAsync(snapshot, timestamp, life.Of(arguments), DateTimeOffset.UtcNow, output, cancellation);
            Terminal.Out.WriteLine($"published: {TerminalText.Escape(arguments.GetRequiredValue(folder))}");
            Terminal.Out.WriteLine($"root fingerprint (SHA-256 of metadata/1.root.json): {repository.Fingerprint()}");
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

    /// <summary>Every option, for tables of which are read where.</summary>
    public IEnumerable<Option> All => _lists.Concat<Option>(_texts);

    public void AddTo(Command command) => All.ToList().ForEach(command.Options.Add);

    public TrustEntry Of(ParseResult arguments, TrustEntry entry) => entry with
    {
        Lists = [.. Lists.Zip(_lists).Select(pair => KeyValuePair.Create(pair.First.Member, (System.Collections.Immutable.ImmutableArray<string>)[.. arguments.GetValue(pair.Second) ?? []])).Where(list => !list.Value.IsEmpty)],
        Texts = [.. Texts.Zip(_texts).Where(pair => arguments.GetValue(pair.Second) is not null).Select(pair => KeyValuePair.Create(pair.First.Member, arguments.GetValue(pair.Second)!))],
    };
}

using System.CommandLine;
using OfflineKit.Encoding;
using OfflineKit.Host.State;
using OfflineKit.Reporting;
using OfflineKit.Trust.Tuf;

namespace OfflineKit.Cli.Commands;

/// <summary>The options that the commands on trust bundles share.</summary>
internal sealed class TrustBundleOptions
{
    private readonly Option<string?> _fingerprint = new("--root-fingerprint")
    {
        Description = "the pinned root: SHA-256 of its root.json file, from a second channel",
        HelpName = "HEX",
    };

    private readonly Option<string?> _root = new("--root") { Description = "a root that offlinekit knows: sigstore, github", HelpName = "NAME" };
    private readonly Option<bool> _expired = new("--accept-expired-metadata") { Description = "import expired metadata as aged trust" };
    private readonly TimeOption _time = new();

    /// <summary><c>--accept-expired-metadata</c>: it is asked of a bundle only.</summary>
    public Option OfBundle => _expired;

    /// <summary>Adds the options to <paramref name="command"/>.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_fingerprint);
        command.Options.Add(_root);
        command.Options.Add(_expired);
        _time.AddTo(command);
    }

    /// <summary>The stated fingerprint, or null.</summary>
    public string? Pin(ParseResult arguments) => (arguments.GetValue(_fingerprint), arguments.GetValue(_root)) switch
    {
        (null, null) => null,
        (null, { } name) => KnownTufRoots.Find(name),
        ({ } hex, null) => IsFingerprint(hex)
            ? hex
            : throw new UsageException($"--root-fingerprint {hex} is no SHA-256", "give 64 lower-case hex digits, as sha256sum prints them"),
        _ => throw new UsageException("--root-fingerprint and --root name two roots", "give one of them"),
    };

    /// <summary>The time at which a bundle is judged.</summary>
    public JudgedAt Time(ParseResult arguments) => new(_time.Of(arguments), _time.IsStated(arguments));

    /// <summary>What expired metadata means.</summary>
    public ExpiryRule Rule(ParseResult arguments) => arguments.GetValue(_expired) ? ExpiryRule.Report : ExpiryRule.Refuse;

    private static bool IsFingerprint(string hex) => hex.Length == 64 && hex.All(c => char.IsAsciiDigit(c) || c is >= 'a' and <= 'f');
}

/// <summary><c>--state DIR</c> and <c>--name NAME</c>.</summary>
internal sealed class StateOptions
{
    private readonly Option<string?> _state = new("--state") { Description = "where imported trust is kept; default: offlinekit/trust under XDG_DATA_HOME", HelpName = "DIR" };
    private readonly Option<string?> _name = new("--name") { Description = "the imported root; default: \"default\"", HelpName = "NAME" };

    /// <summary>Both of them.</summary>
    public Option[] All => [_state, _name];

    /// <summary>Adds both to <paramref name="command"/>.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_state);
        command.Options.Add(_name);
    }

    /// <summary>Adds <c>--state</c> alone to <paramref name="command"/>.</summary>
    public void AddFolderTo(Command command) => command.Options.Add(_state);

    /// <summary>All imported roots, or null where the system names no folder for them; a stated folder without any is a usage error.</summary>
    public TrustState? Given(ParseResult arguments)
    {
        string? path = arguments.GetValue(_state);
        TrustState? state = TrustState.DefaultOrNull(path);
        return path is not null && state!.List().Value is { Names.IsEmpty: true }
            ? throw new UsageException($"no trust was imported into {path}", "`offlinekit trust import BUNDLE --root-fingerprint HEX --state DIR` does so")
            : Told(state);
    }

    /// <summary>All imported roots.</summary>
    private TrustState State(ParseResult arguments) => TrustState.At(arguments.GetValue(_state));

    /// <summary>The root that is meant, imported or not.</summary>
    public TrustFolder Folder(ParseResult arguments) => State(arguments).Root(arguments.GetValue(_name) ?? TrustState.DefaultName);

    /// <summary>The same, after what else lies beside it was said.</summary>
    public TrustFolder FolderTold(ParseResult arguments)
    {
        _ = Told(State(arguments));
        return Folder(arguments);
    }

    /// <summary>The imported root that is meant; not imported is a usage error.</summary>
    public Result<ImportedTrust> Load(ParseResult arguments, DateTimeOffset time, string? pin = null)
    {
        _ = Told(State(arguments));
        TrustFolder folder = Folder(arguments);
        return folder.IsThere
            ? folder.Load(pin, time)
            : throw new UsageException($"nothing was imported as \"{folder.Name}\" yet", "`offlinekit trust import BUNDLE --root-fingerprint HEX` does so");
    }

    /// <summary><paramref name="state"/>, after what lies in its folder and is no import was said.</summary>
    public static TrustState? Told(TrustState? state)
    {
        foreach (Remark note in state?.Notes ?? [])
        {
            Terminal.Error.WriteLine($"offlinekit: note: {TerminalText.Escape(note.Text)}");
        }

        return state;
    }
}

using System.CommandLine;
using OfflineKit.Cli.State;
using OfflineKit.Encoding;
using OfflineKit.Reporting;
using OfflineKit.Trust;

namespace OfflineKit.Cli.Commands;

/// <summary><c>offlinekit trust list|show|enable|disable</c>: which single trust roots there are, and which of them are on.</summary>
internal static class TrustRootCommand
{
    /// <summary><c>trust enable NAME</c>.</summary>
    public static Command CreateEnable() =>
        Switch("enable", "Trust a root from now on, in every run of this user.", (choices, name) => choices.Enabling(name));

    /// <summary><c>trust disable NAME</c>.</summary>
    public static Command CreateDisable() =>
        Switch("disable", "Trust a root no longer unless a run names it.", (choices, name) => choices.Disabling(name));

    /// <summary><c>trust list</c>.</summary>
    public static Command CreateList() => List();

    /// <summary><c>trust show NAME</c>.</summary>
    public static Command CreateShow() => Show();

    private static CommandWithExample List()
    {
        CommandWithExample command = new("list", "List the trust roots that come with the program and those that this user added.", "offlinekit trust list");
        command.SetAction(_ =>
        {
            TrustChoices choices = TrustChoices.Current();
            foreach (TrustRoot root in All())
            {
                Console.Out.WriteLine($"{root.Name,-24} {(choices.IsOn(root) ? "on" : "off"),-4} {Word(root.Status),-11} {Word(root.Kind),-22} retrieved {root.RetrievedOn}");
            }

            return ExitCode.Trusted;
        });
        return command;
    }

    private static CommandWithExample Show()
    {
        Argument<string> name = Name();
        CommandWithExample command = new("show", "Show everything about one trust root.", "offlinekit trust show dossier-official") { name };
        command.SetAction(arguments =>
        {
            TrustRoot root = Find(arguments.GetRequiredValue(name));
            foreach ((string field, string value) in Fields(root).Where(field => field.Value.Length > 0))
            {
                Console.Out.WriteLine($"{field + ":",-14} {TerminalText.Escape(value)}");
            }

            return ExitCode.Trusted;
        });
        return command;
    }

    private static CommandWithExample Switch(string verb, string description, Func<TrustChoices, string, TrustChoices> change)
    {
        Argument<string> name = Name();
        CommandWithExample command = new(verb, description, $"offlinekit trust {verb} dossier-official") { name };
        command.SetAction(arguments =>
        {
            TrustRoot root = Find(arguments.GetRequiredValue(name));
            string file = change(TrustChoices.Current(), root.Name).Save();
            Console.Error.WriteLine($"offlinekit: {root.Name} is {verb}d in {file}");
            if (verb == "enable" && root.Note.Length > 0)
            {
                Console.Error.WriteLine($"offlinekit: note: {root.Note}");
            }

            return ExitCode.Trusted;
        });
        return command;
    }

    private static Argument<string> Name()
    {
        Argument<string> name = new("NAME") { Description = "the trust root's name", HelpName = "NAME" };
        name.CompletionSources.Add(_ => All().Select(root => new System.CommandLine.Completions.CompletionItem(root.Name)));
        return name;
    }

    private static IEnumerable<TrustRoot> All() => BundledTrust.ReadManifest().Roots.Concat(Added());

    // A store that somebody damaged is said to be so, not shown as empty.
    private static TrustRoot[] Added()
    {
        Parsed<TrustRoot[]> added = Attempt.Parse(Reasons.MalformedTrust, () => (TrustRoot[])[.. UserRoots.OfThisUser()?.Roots ?? []]);
        return added.Value ?? throw new UsageException(added.Refusal!.Detail, "mend or remove the folder of the user's trust roots");
    }

    private static TrustRoot Find(string name) => All().FirstOrDefault(root => string.Equals(root.Name, name, StringComparison.Ordinal))
        ?? throw new UsageException($"there is no trust root called \"{TerminalText.Escape(name)}\"", "`offlinekit trust list` shows the roots");

    private static IEnumerable<(string Field, string Value)> Fields(TrustRoot root) =>
    [
        ("name", root.Name), ("kind", Word(root.Kind)), ("file", root.File), ("sha256", root.ContentDigest.Hex), ("fingerprint", root.Fingerprint),
        ("source", root.Source), ("retrieved on", root.RetrievedOn), ("valid", root.Validity == Validity.Always ? "" : root.Validity.ToString()),
        ("status", Word(root.Status) + (root.Status.Why.Length > 0 ? $" ({root.Status.Why})" : "")),
        ("on", (TrustChoices.Current().IsOn(root) ? "yes" : "no") + (root.IsOnByDefault ? ", by default" : ", off by default")),
        ("formats", string.Join(", ", root.Formats)), ("algorithms", string.Join(", ", root.Schemes)), ("hints", string.Join(", ", root.Hints)),
        ("marks", string.Join(", ", root.Marks)), ("note", root.Note),
    ];

    private static string Word(TrustRootKind kind) => kind switch
    {
        TrustRootKind.PublicKey => "public-key",
        TrustRootKind.SigstoreTrustedRoot => "sigstore-trusted-root",
        TrustRootKind.NpmKeys => "npm-keys",
        TrustRootKind.AllowedSigners => "ssh-allowed-signers",
        _ => throw new InvalidOperationException($"no word for {kind}"),
    };

    private static string Word(KeyStatus status) => status.Phase switch
    {
        KeyPhase.Active => "active",
        KeyPhase.Deprecated => "deprecated",
        _ => "revoked",
    };
}

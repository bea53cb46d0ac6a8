using System.Collections.Immutable;
using System.CommandLine;
using OfflineKit.Host.State;
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
        CommandWithExample command = new("list", "List the trust roots that come with the program, those that this user added, and those of imported bundles.", "offlinekit trust list");
        StateOptions state = new();
        OutputOption output = new();
        state.AddFolderTo(command);
        output.AddTo(command);
        command.SetAction(arguments =>
        {
            KnownRoots known = KnownRoots.Read(state.Given(arguments), ThisRun.Machine, DateTimeOffset.UtcNow);
            TrustChoices choices = TrustChoices.Current();
            if (output.Of(arguments) == OutputForm.Json)
            {
                TrustJson.Answer("trust list", json =>
                {
                    TrustJson.WriteFindings(json, known.Refusals.IsEmpty ? null : known.Refusals[0].Value);
                    TrustJson.WriteRoots(json, "roots", known.Roots, choices);
                });
                return Ended(known);
            }

            foreach (KnownRoot root in known.Roots)
            {
                string place = root.ImportedAs.Length > 0 ? $", imported as {root.ImportedAs}" : "";
                Terminal.Out.WriteLine($"{root.Root.Name,-24} {(choices.IsOn(root.Root) ? "on" : "off"),-4} {root.Status,-11} {root.Kind,-22} retrieved {root.Root.RetrievedOn}{place}");
            }

            return Ended(known);
        });
        return command;
    }

    private static CommandWithExample Show()
    {
        Argument<string> name = Name();
        StateOptions state = new();
        OutputOption output = new();
        CommandWithExample command = new("show", "Show everything about one trust root.", "offlinekit trust show dossier-official") { name };
        state.AddFolderTo(command);
        output.AddTo(command);
        command.SetAction(arguments =>
        {
            KnownRoots known = KnownRoots.Read(state.Given(arguments), ThisRun.Machine, DateTimeOffset.UtcNow);
            ImmutableArray<KnownRoot> roots = known.Named(arguments.GetRequiredValue(name));
            TrustChoices choices = TrustChoices.Current();
            if (output.Of(arguments) == OutputForm.Json)
            {
                TrustJson.Answer("trust show", json => TrustJson.WriteRoots(json, "roots", roots, choices));
                return Ended(known);
            }

            foreach ((string field, string value) in roots.SelectMany(root => Fields(root, choices)).Where(field => field.Value.Length > 0))
            {
                Terminal.Out.WriteLine($"{field + ":",-14} {TerminalText.Escape(value)}");
            }

            return Ended(known);
        });
        return command;
    }

    // What does not verify is said beside what does: a list that is silently shorter would hide it.
    private static int Ended(KnownRoots known)
    {
        foreach ((string name, Finding finding) in known.Refusals)
        {
            Terminal.Error.WriteLine($"offlinekit: note: the import \"{name}\" is refused: {finding.Reason.Code}: {TerminalText.Escape(finding.Detail)}");
        }

        return known.Refusals.IsEmpty ? ExitCode.Trusted : ExitCode.NotTrusted;
    }

    private static CommandWithExample Switch(string verb, string description, Func<TrustChoices, string, TrustChoices> change)
    {
        Argument<string> name = Name();
        StateOptions state = new();
        CommandWithExample command = new(verb, description, $"offlinekit trust {verb} dossier-official") { name };
        state.AddFolderTo(command);
        command.SetAction(arguments =>
        {
            TrustRoot root = KnownRoots.Read(state.Given(arguments), ThisRun.Machine, DateTimeOffset.UtcNow).Named(arguments.GetRequiredValue(name))[0].Root;
            string file = TrustChoices.Update(choices => change(choices, root.Name));
            Terminal.Error.WriteLine($"offlinekit: {root.Name} is {verb}d in {file}");
            if (verb == "enable" && root.Note.Length > 0)
            {
                Terminal.Error.WriteLine($"offlinekit: note: {TerminalText.Escape(root.Note)}");
            }

            return ExitCode.Trusted;
        });
        return command;
    }

    private static Argument<string> Name()
    {
        Argument<string> name = new("NAME") { Description = "the trust root's name", HelpName = "NAME" };
        name.CompletionSources.Add(_ => KnownRoot.Own().Select(known => new System.CommandLine.Completions.CompletionItem(known.Root.Name)));
        return name;
    }

    private static IEnumerable<(string Field, string Value)> Fields(KnownRoot known, TrustChoices choices)
    {
        TrustRoot root = known.Root;
        return
        [
            ("name", root.Name), ("kind", known.Kind), ("imported as", known.ImportedAs), ("file", root.File), ("sha256", root.ContentDigest.Hex), ("fingerprint", root.Fingerprint),
            ("source", root.Source), ("retrieved on", root.RetrievedOn), ("valid", root.Validity == Validity.Always ? "" : root.Validity.ToString()),
            ("status", root.Status.ToString()),
            ("on", (choices.IsOn(root) ? "yes" : "no") + (root.IsOnByDefault ? ", by default" : ", off by default")),
            ("formats", string.Join(", ", root.Formats)), ("algorithms", string.Join(", ", root.Schemes)), ("hints", string.Join(", ", root.Hints)),
            ("marks", string.Join(", ", root.Marks)), ("artifacts", string.Join(", ", root.Scope.Artifacts)), ("payload types", string.Join(", ", root.Scope.PayloadTypes)),
            ("namespaces", string.Join(", ", root.Scope.Namespaces)), ("tenants", string.Join(", ", root.Scope.Tenants)), ("note", root.Note),
        ];
    }
}

using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using OfflineKit.Encoding;
using OfflineKit.Host.Requests;
using OfflineKit.Host.State;
using OfflineKit.Reporting;

namespace OfflineKit.Cli.Commands;

/// <summary><c>offlinekit trust status</c>: one screen with every root, its age, what expires next, and what was revoked since the last import.</summary>
internal static class TrustStatusCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        StateOptions state = new();
        TimeOption time = new();
        TrustAgeOption age = new();
        OutputOption output = new();
        CommandWithExample command = new("status", "Show every root: its age, what expires next, what was revoked.", "offlinekit trust status --max-trust-age 90");
        state.AddFolderTo(command);
        time.AddTo(command);
        age.AddTo(command);
        output.AddTo(command);
        command.SetAction(arguments =>
        {
            DateTimeOffset at = time.Of(arguments);
            TrustState? all = state.Given(arguments);
            ImmutableArray<TrustStatus> imported = [.. (all?.Names ?? []).Select(name => TrustStatus.Of(all!.Root(name), at, age.Of(arguments)))];
            _ = StateOptions.Told(ThisRun.Machine.Trust);
            MachineRules rules = MachineRules.Of(ThisRun.Machine, VerifyRequest.Of(Questions.File, []));
            ImmutableArray<TrustStatus> ofMachine = [.. rules.Imports.Select(trust => TrustStatus.Of(ThisRun.Machine.Trust.Root(trust.Name), at, age.Of(arguments)))];
            if (age.Of(arguments) is not null && imported.IsEmpty && ofMachine.IsEmpty)
            {
                throw ImportedRoots.LimitOfNone(ImportedRoots.AgeIsLimited);
            }

            ImmutableArray<KnownRoot> own = KnownRoot.Own();
            TrustChoices choices = TrustChoices.Current();
            if (output.Of(arguments) == OutputForm.Json)
            {
                TrustJson.Answer("trust status", json =>
                {
                    json.WriteString("time", UtcText.Seconds(at));
                    json.WriteStartArray("imported");
                    foreach (TrustStatus status in imported)
                    {
                        status.WriteJson(json, choices);
                    }

                    json.WriteEndArray();
                    WriteMachine(json, rules, ofMachine, choices);
                    TrustJson.WriteRoots(json, "roots", own, choices);
                });
            }
            else
            {
                WriteText(imported, own, choices, at);
                WriteMachine(rules, ofMachine, choices);
            }

            return rules.Finding is null && imported.Concat(ofMachine).All(status => status.Finding is null) ? ExitCode.Trusted : ExitCode.NotTrusted;
        });
        return command;
    }

    private static void WriteMachine(Utf8JsonWriter json, MachineRules rules, ImmutableArray<TrustStatus> imported, TrustChoices choices)
    {
        json.WriteStartObject("machine");
        json.WriteString("folder", ThisRun.Machine.Folder);
        TrustJson.WriteFindings(json, rules.Finding);
        json.WriteStartArray("policies");
        foreach (PolicyInForce policy in rules.InForce)
        {
            JsonReport.WritePolicy(json, policy);
        }

        json.WriteEndArray();
        json.WriteStartArray("imported");
        foreach (TrustStatus status in imported)
        {
            status.WriteJson(json, choices);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteMachine(MachineRules rules, ImmutableArray<TrustStatus> imported, TrustChoices choices)
    {
        foreach (TrustStatus status in imported)
        {
            Terminal.Out.Write("for this machine: ");
            status.WriteText(Terminal.Out, choices);
        }

        Terminal.Out.WriteLine(rules.InForce is [var policy] ? $"policy of this machine: {TerminalText.Escape(policy.InWords)}" : "policy of this machine: none");
        if (rules.Finding is { } finding)
        {
            Terminal.Out.WriteLine($"  REFUSED: {finding.Reason.Code}: {TerminalText.Escape(finding.Detail)}");
            Terminal.Out.WriteLine($"    next: {finding.Advice.In(SurfaceWording.CommandLine)}");
        }
    }

    private static void WriteText(ImmutableArray<TrustStatus> imported, ImmutableArray<KnownRoot> own, TrustChoices choices, DateTimeOffset at)
    {
        foreach (TrustStatus status in imported)
        {
            status.WriteText(Terminal.Out, choices);
        }

        Terminal.Out.WriteLine(imported.IsEmpty ? "imported: nothing" : "");
        foreach (KnownRoot known in own)
        {
            string end = known.Root.Validity.Until is { } until ? $", valid until {UtcText.Seconds(until)}" : "";
            Terminal.Out.WriteLine($"{known.Root.Name}: {(choices.IsOn(known.Root) ? "on" : "off")}, {known.Origin}, {known.Root.Status}, retrieved {TrustStatus.Days(known.Root.RetrievedOn, at)}{end}");
        }
    }
}

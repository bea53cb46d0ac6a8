using System.Collections.Immutable;
using System.CommandLine;
using OfflineKit.Encoding;
using System.Text.Json;
using OfflineKit.Host.State;
using OfflineKit.Exports;

namespace OfflineKit.Cli;

/// <summary>The options of a monotonic import: state, force, quarantine.</summary>
internal sealed class ExportStateOptions
{
    private readonly Option<string?> _state = new("--state") { Description = "remember the newest accepted export of each sequence in DIR and refuse older ones", HelpName = "DIR" };
    private readonly Option<bool> _force = new("--force-activate") { Description = "accept an export that is older or has no version; needs --force-reason" };
    private readonly Option<string?> _reason = new("--force-reason") { Description = "why; it is written to the audit file", HelpName = "TEXT" };
    private readonly Option<string?> _quarantine = new("--quarantine") { Description = "move an export that is refused into DIR", HelpName = "DIR" };
    private readonly Option<bool> _dry = new("--dry-run") { Description = "decide and write nothing" };

    /// <summary>Adds the options to <paramref name="command"/>.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (ReadOnlySpan<Option>)[_state, _force, _reason, _quarantine, _dry])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Asks <paramref name="verify"/> under the state and writes down what it answers.</summary>
    /// <exception cref="UsageException">A forced activation without state or reason.</exception>
    public ExportVerdict Run(ParseResult arguments, string path, DateTimeOffset time, Func<ImmutableArray<ExportVersion>?, ActivationRule, ExportVerdict> verify)
    {
        bool forced = arguments.GetValue(_force), dry = arguments.GetValue(_dry);
        if (forced != !string.IsNullOrWhiteSpace(arguments.GetValue(_reason)) || (forced && arguments.GetValue(_state) is null))
        {
            throw new UsageException("--force-activate, --force-reason TEXT and --state DIR belong together", "say why the activation is forced: the reason is written down");
        }

        ActivationRule rule = forced ? ActivationRule.Forced : ActivationRule.NewerOnly;
        if (arguments.GetValue(_state) is not { } folder)
        {
            return Quarantined(arguments, path, verify(null, rule));
        }

        ExportState state = new(folder, new DurableFiles());
        using IDisposable? held = dry ? null : state.TakeLock();
        ImmutableArray<ExportVersion> before = state.Read();
        ExportVerdict answer = verify(before, rule);
        if (!dry)
        {
            // The line first: an accepted export without a line would be worse than a line without its export.
            state.Record(Line(arguments, path, time, answer));
            if (answer.Verdict.IsTrusted && answer.Version is { } version)
            {
                state.Accept(version, before);
            }
        }

        return Quarantined(arguments, path, answer);
    }

    private ExportVerdict Quarantined(ParseResult arguments, string path, ExportVerdict answer)
    {
        if (arguments.GetValue(_quarantine) is not { } folder || answer.Verdict.IsTrusted || arguments.GetValue(_dry))
        {
            return answer;
        }

        Directory.CreateDirectory(folder);
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        string target = Path.Join(folder, name);
        for (int number = 1; Path.Exists(target); number++)
        {
            target = Path.Join(folder, $"{name}.{number}");
        }

        Move(path, target);
        return answer;
    }

    // The verdict stands whether or not there is room for it elsewhere.
    private static void Move(string path, string target)
    {
        string shown = Reporting.TerminalText.Escape(target);
        try
        {
            if (Directory.Exists(path))
            {
                Directory.Move(path, target);
            }
            else
            {
                File.Move(path, target);
            }

            Console.Error.WriteLine($"offlinekit: note: moved to {shown}");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"offlinekit: warning: not moved to {shown}: {Reporting.TerminalText.Escape(fault.Message)}");
        }
    }

    private byte[] Line(ParseResult arguments, string path, DateTimeOffset time, ExportVerdict answer)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter json = new(text))
        {
            json.WriteStartObject();
            json.WriteString("time", UtcText.Seconds(time));
            json.WriteString("decision", answer.Verdict.IsTrusted ? arguments.GetValue(_force) ? "forced" : "accepted" : "refused");
            json.WriteString("export", path);
            json.WriteString("layout", answer.Layout);
            json.WriteString("sequence", answer.Version?.Sequence);
            json.WriteString("version", answer.Version?.Version);
            json.WriteString("list", answer.Version?.List.Hex);
            json.WriteString("forceReason", arguments.GetValue(_reason));
            json.WriteStartArray("reasons");
            foreach (string code in answer.Verdict.Findings.Select(finding => finding.Reason.Code).Distinct(StringComparer.Ordinal))
            {
                json.WriteStringValue(code);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return text.ToArray();
    }
}

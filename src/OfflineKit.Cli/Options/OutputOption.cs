using System.CommandLine;
using OfflineKit.Host.Requests;
using OfflineKit.Reporting;

namespace OfflineKit.Cli.Options;

/// <summary><c>--output text|json</c>, and <c>ndjson</c> where there can be many results.</summary>
internal sealed class OutputOption
{
    private readonly Option<OutputForm> _form;
    private readonly Option<bool>? _verbose;

    public OutputOption() => _form = new Option<OutputForm>("--output")
    {
        Description = "text or json (one line, docs/report.schema.json)",
        HelpName = "text|json",
        CustomParser = argument => Parse(argument, "text", "json"),
    };

    private OutputOption(Option<OutputForm> form)
    {
        _form = form;
        _verbose = new Option<bool>("--verbose", "-v") { Description = "text with every digest, check and trust root" };
    }

    /// <summary>The option of a command that answers with one verdict; <c>--verbose</c> comes with it.</summary>
    public static OutputOption OfVerdict() => new(new OutputOption()._form);

    /// <summary>The option of a command that can answer with many results.</summary>
    public static OutputOption WithLines() => new(new Option<OutputForm>("--output")
    {
        Description = "text, json (one line, docs/report.schema.json), or ndjson for batches (docs/spec/results.md)",
        HelpName = "text|json|ndjson",
        CustomParser = argument => Parse(argument, "text", "json", "ndjson"),
    });

    /// <summary>Writes <paramref name="report"/> to standard output.</summary>
    public static void Write(Report report, OutputForm form)
    {
        using Stream stdout = Console.OpenStandardOutput();
        if (form == OutputForm.Json)
        {
            stdout.Write(JsonReport.Write(report, SurfaceWording.CommandLine).Span);
            stdout.Write("\n"u8);
        }
        else
        {
            stdout.Write(System.Text.Encoding.UTF8.GetBytes(TextReport.Write(report, form == OutputForm.FullText ? TextDetail.Full : TextDetail.Summary, SurfaceWording.CommandLine)));
        }
    }

    /// <summary>Adds the option to <paramref name="command"/>.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_form);
        if (_verbose is not null)
        {
            command.Options.Add(_verbose);
        }
    }

    /// <summary>The form was named, not left to the program.</summary>
    public bool IsStated(ParseResult arguments) => arguments.GetResult(_form) is { Implicit: false };

    /// <summary>The form that was asked for.</summary>
    public OutputForm Of(ParseResult arguments) =>
        arguments.GetValue(_form) is var form && form == OutputForm.Text && _verbose is not null && arguments.GetValue(_verbose) ? OutputForm.FullText : form;

    // The library's own parser of enumerations takes numbers and any case.
    private static OutputForm Parse(System.CommandLine.Parsing.ArgumentResult argument, params ReadOnlySpan<string> names)
    {
        string named = argument.Tokens is [var only] ? only.Value : "";
        if (names.IndexOf(named) < 0)
        {
            argument.AddError($"--output: wanted {string.Join(", ", names[..^1].ToArray())} or {names[^1]}");
        }

        return named switch
        {
            "json" => OutputForm.Json,
            "ndjson" => OutputForm.Ndjson,
            _ => OutputForm.Text,
        };
    }
}

using System.CommandLine;
using OfflineKit.Cli.Batches;
using OfflineKit.Host.Requests;
using OfflineKit.Reporting;

namespace OfflineKit.Cli.Options;

/// <summary><c>--output text|json</c>, and <c>ndjson</c> where there can be many results.</summary>
internal sealed class OutputOption
{
    private readonly Option<OutputForm> _form;
    private readonly Option<bool>? _verbose;
    private readonly Option<string?>? _html;

    public OutputOption() => _form = new Option<OutputForm>("--output")
    {
        Description = "text or json (one line, docs/report.schema.json)",
        HelpName = "text|json",
        CustomParser = Parse,
    }.TakesOneOf("text", "json");

    private OutputOption(Option<OutputForm> form)
    {
        _form = form;
        _verbose = new Option<bool>("--verbose", "-v") { Description = "text with every digest, check and trust root" };
        _html = new Option<string?>("--html") { Description = "write the page for people in the same run", HelpName = "FILE" };
    }

    /// <summary>The options of a command that answers with verdicts.</summary>
    public static OutputOption OfVerdict() => new(new Option<OutputForm>("--output")
    {
        Description = "text, json (one line, docs/report.schema.json), or ndjson, the lines of a run (docs/spec/results.md)",
        HelpName = "text|json|ndjson",
        CustomParser = Parse,
    }.TakesOneOf("text", "json", "ndjson"));

    /// <summary>Writes <paramref name="report"/> to standard output.</summary>
    public static void Write(Report report, OutputForm form)
    {
        if (form == OutputForm.Json)
        {
            Terminal.Write([.. JsonReport.Write(report, SurfaceWording.CommandLine).Span, (byte)'\n']);
        }
        else
        {
            string text = TextReport.Write(report, form == OutputForm.FullText ? TextDetail.Full : TextDetail.Summary, SurfaceWording.CommandLine);
            Terminal.Write(System.Text.Encoding.UTF8.GetBytes(TerminalLook.OfStandardOutput().Shown(text)));
        }
    }

    /// <summary>Adds the option to <paramref name="command"/>.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_form);
        if (_verbose is not null)
        {
            command.Options.Add(_verbose);
            command.Options.Add(_html!);
        }
    }

    /// <summary>The form was named, not left to the program.</summary>
    public bool IsStated(ParseResult arguments) => arguments.GetResult(_form) is { Implicit: false };

    /// <summary>The page that is wanted, or null.</summary>
    public ResultPage? Page(ParseResult arguments) => _html is not null && arguments.GetValue(_html) is { } path ? new ResultPage(path) : null;

    /// <summary>How a verdict is to be shown.</summary>
    public VerdictForm VerdictForm(ParseResult arguments) => new(Of(arguments), Page(arguments));

    /// <summary>The form that was asked for.</summary>
    public OutputForm Of(ParseResult arguments) =>
        arguments.GetValue(_form) is var form && form == OutputForm.Text && _verbose is not null && arguments.GetValue(_verbose) ? OutputForm.FullText : form;

    // The library's own parser of enumerations takes numbers and any case; what is none of the words was refused before.
    private static OutputForm Parse(System.CommandLine.Parsing.ArgumentResult argument) => argument.Tokens switch
    {
        [{ Value: "json" }] => OutputForm.Json,
        [{ Value: "ndjson" }] => OutputForm.Ndjson,
        _ => OutputForm.Text,
    };
}

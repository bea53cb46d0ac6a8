using System.CommandLine;
using OfflineKit.Reporting;

namespace OfflineKit.Cli;

/// <summary>How the verdict is written to standard output.</summary>
internal enum OutputForm
{
    Text,
    Json,
}

/// <summary><c>--output text|json</c>.</summary>
internal sealed class OutputOption
{
    private readonly Option<OutputForm> _form = new("--output")
    {
        Description = "text or json (one line, docs/report.schema.json)",
        HelpName = "text|json",
        CustomParser = Parse,
    };

    /// <summary>Writes <paramref name="report"/> to standard output.</summary>
    public static void Write(Report report, OutputForm form)
    {
        using Stream stdout = Console.OpenStandardOutput();
        if (form == OutputForm.Json)
        {
            stdout.Write(JsonReport.Write(report).Span);
            stdout.Write("\n"u8);
        }
        else
        {
            stdout.Write(System.Text.Encoding.UTF8.GetBytes(TextReport.Write(report)));
        }
    }

    /// <summary>Adds the option to <paramref name="command"/>.</summary>
    public void AddTo(Command command) => command.Options.Add(_form);

    /// <summary>The form that was asked for.</summary>
    public OutputForm Of(ParseResult arguments) => arguments.GetValue(_form);

    // The library's own parser of enumerations takes numbers and any case.
    private static OutputForm Parse(System.CommandLine.Parsing.ArgumentResult argument)
    {
        switch (argument.Tokens is [var only] ? only.Value : "")
        {
            case "text":
                return OutputForm.Text;
            case "json":
                return OutputForm.Json;
            default:
                argument.AddError("--output: wanted text or json");
                return OutputForm.Text;
        }
    }
}

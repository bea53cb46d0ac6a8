using System.CommandLine;
using OfflineKit.Host.Results;

namespace OfflineKit.Cli.Commands;

/// <summary><c>offlinekit report RESULTS</c>: results as a page, or in the forms that other programs read; and <c>report merge</c>.</summary>
internal sealed class ReportCommand
{
    private readonly Argument<string> _results = new("RESULTS") { Description = "what `verify --batch` wrote (docs/spec/results.md); - reads standard input" };

    private readonly (Option<string?> Option, OutputKind Kind, Action<Stream, ResultSet> Write)[] _forms =
    [
        (Output("--html", "one self-contained page for people"), ReportKinds.Html, HtmlPage.Write),
        (Output("--junit", "JUnit XML for build servers"), ReportKinds.JUnit, JUnitFile.Write),
        (Output("--csv", "a table for spreadsheets (RFC 4180)"), ReportKinds.Csv, CsvFile.Write),
        (Output("--sarif", "SARIF 2.1.0 for code scanning"), ReportKinds.Sarif, SarifFile.Write),
    ];

    /// <summary>The command with its options and help.</summary>
    public static Command Create() => new ReportCommand().ToCommand();

    private CommandWithExample ToCommand()
    {
        CommandWithExample command = new(
            "report", "Show the results of a batch to people and to other programs.", "offlinekit report results.ndjson --html report.html", "offlinekit report merge part-*.ndjson > results.ndjson")
        {
            _results,
        };
        foreach ((Option<string?> option, _, _) in _forms)
        {
            command.Options.Add(option);
        }

        command.Subcommands.Add(Merge());
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult arguments)
    {
        string path = arguments.GetRequiredValue(_results);
        (OutputFile File, Action<Stream, ResultSet> Write)[] wanted =
        [
            .. _forms.Where(form => arguments.GetValue(form.Option) is not null)
                .Select(form => (new OutputFile(arguments.GetValue(form.Option)!, form.Kind, Replacing.EarlierOutput), form.Write)),
        ];
        if (wanted.Length == 0)
        {
            throw new UsageException("no form was named", "say where to write: --html out.html, --junit, --csv or --sarif");
        }

        using ResultSet results = ResultSet.Read(path, ThisRun.Inputs);
        // All of them, or none: a report replaces an earlier report of its form, never the results or anything else.
        using FileTransaction change = new();
        foreach ((OutputFile file, Action<Stream, ResultSet> write) in wanted)
        {
            change.Write(file, stream => write(stream, results));
        }

        change.Commit();
        Terminal.Error.Write(results.Summary.InWords());
        return ExitCodes.Of(results.Summary.Outcome);
    }

    private static CommandWithExample Merge()
    {
        Argument<string[]> files = new("RESULTS") { Description = "results of runs that asked the same question", Arity = ArgumentArity.OneOrMore };
        CommandWithExample merge = new("merge", "Put the results of several runs together, sorted by path; say what is missing.", "offlinekit report merge part-*.ndjson > results.ndjson") { files };
        merge.SetAction(arguments =>
        {
            using MergedResults merged = MergedResults.Read(arguments.GetRequiredValue(files));
            using Stream output = Terminal.OpenOutput();
            return ExitCodes.Of(merged.Write(output, Terminal.Error, problem => Terminal.Error.WriteLine($"offlinekit: error: {problem}")));
        });
        return merge;
    }

    private static Option<string?> Output(string name, string description) => new(name) { Description = description, HelpName = "FILE" };
}

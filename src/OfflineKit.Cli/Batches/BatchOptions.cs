using System.CommandLine;
using OfflineKit.Host.Requests;

namespace OfflineKit.Cli.Batches;

/// <summary>The options by which one run verifies many files.</summary>
internal sealed class BatchOptions
{
    private const int MostJobs = 256;

    private readonly Option<string?> _list = new("--batch")
    {
        Description = "verify every file that LIST names, one path a line (docs/spec/results.md); - reads standard input",
        HelpName = "LIST",
    };

    private readonly Option<string?> _form = new Option<string?>("--list-format")
    {
        Description = "what the lines of LIST are: paths, or ndjson, an object each; default: ndjson where its name ends in .ndjson or .jsonl",
        HelpName = "FORM",
    }.TakesOneOf("paths", "ndjson");

    private readonly Option<bool> _recurse = new("--recurse") { Description = "a FILE that is a folder stands for the signed files in and below it" };

    private readonly Option<int> _jobs = new("--jobs")
    {
        Description = "how many files of a batch are verified at once; default: one a core",
        HelpName = "N",
        DefaultValueFactory = _ => Environment.ProcessorCount,
    };

    private readonly Option<string?> _resume = new("--resume")
    {
        Description = "keep what RESULTS of an earlier run decided about files of the same size and time of change",
        HelpName = "RESULTS",
    };

    /// <summary>Adds the options to <paramref name="command"/>.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_list);
        command.Options.Add(_form);
        command.Options.Add(_recurse);
        command.Options.Add(_jobs);
        command.Options.Add(_resume);
    }

    private ListForm? FormOf(ParseResult arguments) => arguments.GetValue(_form) switch
    {
        null => null,
        "paths" => ListForm.Paths,
        _ => ListForm.Ndjson,
    };

    /// <summary>The command line asks about many files.</summary>
    public bool IsBatch(ParseResult arguments, string[] paths) => IsOfList(arguments) || paths.Length > 1;

    /// <summary>It asks about a list, or about files that are to be taken as one.</summary>
    public bool IsOfList(ParseResult arguments) =>
        arguments.GetValue(_list) is not null || arguments.GetValue(_recurse) || arguments.GetValue(_resume) is not null || arguments.GetValue(_form) is not null;

    /// <summary>How many things are decided at once.</summary>
    public int Jobs(ParseResult arguments) => arguments.GetValue(_jobs) is int jobs and >= 1 and <= MostJobs
        ? jobs
        : throw new UsageException($"--jobs {arguments.GetValue(_jobs)} is out of range", $"give 1 to {MostJobs}");

    /// <summary>Verifies every file and writes the results in the order of the input.</summary>
    public int Run(ParseResult arguments, string[] paths, VerifyRequest request, VerdictForm form)
    {
        int jobs = Jobs(arguments);
        TrustSession session = new(ThisRun.Machine);
        Resolution now = session.Resolve(request);
        string question = now.Value?.Digest ?? request.Digest;
        BatchSource source = new(arguments.GetValue(_list), FormOf(arguments), paths, arguments.GetValue(_recurse) ? new SignedFiles(request.Format, ThisRun.Inputs, paths.ToHashSet(StringComparer.Ordinal)) : null);
        using BatchList list = BatchList.Open(source, ThisRun.Inputs);
        if (list.Shard is not null && source.Recurse is not null)
        {
            throw new UsageException("a part of a list has one result for each of its entries, and --recurse makes more of a folder", "cut a list of files into parts, or leave --recurse out");
        }

        using EarlierResults? earlier = EarlierResults.Open(arguments.GetValue(_resume), question);
        using Stream output = Terminal.OpenOutput();
        using BatchWriter writer = new(output, form.Form, Terminal.Error);
        BatchAnswers answers = new(request, ThisRun.Machine, session, ThisRun.Inputs, question, earlier);
        return new BatchRun<BatchEntry>(list.Entries(), list.Length, answers.Decide, writer) { Page = form.Page }
            .Run(RunFacts.Of(question, now.Policies, request.Given) with { Shard = list.Shard }, now.Policies, jobs);
    }
}

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

    private readonly Option<string?> _form = new("--list-format")
    {
        Description = "what the lines of LIST are: paths, or ndjson, an object each; default: ndjson where its name ends in .ndjson or .jsonl",
        HelpName = "FORM",
    };

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
        "ndjson" => ListForm.Ndjson,
        _ => throw new UsageException("--list-format is none of the forms", "give paths or ndjson"),
    };

    /// <summary>The command line asks about many files.</summary>
    public bool IsBatch(ParseResult arguments, string[] paths) =>
        arguments.GetValue(_list) is not null || arguments.GetValue(_recurse) || arguments.GetValue(_resume) is not null || arguments.GetValue(_form) is not null || paths.Length > 1;

    /// <summary>Verifies every file and writes the results in the order of the input.</summary>
    public int Run(ParseResult arguments, string[] paths, VerifyRequest request, OutputForm form)
    {
        int jobs = arguments.GetValue(_jobs);
        if (jobs is < 1 or > MostJobs)
        {
            throw new UsageException($"--jobs {jobs} is out of range", $"give 1 to {MostJobs}");
        }

        TrustSession session = new(ThisRun.Machine);
        Resolution now = session.Resolve(request);
        string question = now.Value?.Digest ?? request.Digest;
        BatchSource source = new(arguments.GetValue(_list), FormOf(arguments), paths, arguments.GetValue(_recurse) ? new SignedFiles(request.Format) : null);
        using BatchList list = BatchList.Open(source, ThisRun.Inputs);
        using EarlierResults? earlier = EarlierResults.Open(arguments.GetValue(_resume), question);
        using Stream output = Console.OpenStandardOutput();
        using BatchWriter writer = new(output, form, Console.Error);
        return new BatchRun(list, new BatchAnswers(request, ThisRun.Machine, session, ThisRun.Inputs, question, earlier), writer).Run(question, now.Policies, jobs);
    }
}

using System.CommandLine;
using OfflineKit.Host.Requests;
using OfflineKit.Host.Serve;
using OfflineKit.Reporting;

namespace OfflineKit.Cli.Commands;

/// <summary><c>offlinekit serve</c>: an engine for other programs, on standard input and output.</summary>
internal static class ServeCommand
{
    private const string Members = "members", Options = "options";

    /// <summary>The command with its help.</summary>
    public static Command Create()
    {
        Option<string> wording = new("--wording")
        {
            Description = "what messages call a parameter: its member of a request (members, the default), or its option (options), for hosts that have names of their own",
            HelpName = "WORDS",
            DefaultValueFactory = _ => Members,
        };
        wording.CompletionSources.Add(Members, Options);
        Command command = new CommandWithExample(
            "serve",
            "Answer requests, one JSON object a line, on standard input and output (docs/spec/serve.md).",
            """echo '{"id":"1","verb":"verify","path":"app.tar.gz","publicKey":"release.pub"}' | offlinekit serve""")
        {
            wording,
        };
        command.SetAction(arguments =>
        {
            Wording words = arguments.GetRequiredValue(wording) switch
            {
                Members => Wording.Members,
                Options => SurfaceWording.CommandLine,
                string other => throw new UsageException($"--wording {other}: wanted {Members} or {Options}"),
            };
            using Stream output = Terminal.OpenOutput();
            using Stream input = Console.OpenStandardInput();
            AnswerLines lines = new(output);
            lines.Hello("offlinekit", typeof(ServeCommand).Assembly.GetName().Version?.ToString(3) ?? "", TrustDate());
            using ServeLoop loop = new(new ServeAnswers(lines, words), ThisRun.Machine, words);
            loop.Run(input);
            return ExitCode.Trusted;
        });
        return command;
    }

    private static string TrustDate() =>
        BundledTrust.ReadManifest().Roots.Select(root => root.RetrievedOn).Max(StringComparer.Ordinal) ?? "";
}

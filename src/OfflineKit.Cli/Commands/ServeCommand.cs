using System.CommandLine;
using OfflineKit.Host.Serve;

namespace OfflineKit.Cli.Commands;

/// <summary><c>offlinekit serve</c>: an engine for other programs, on standard input and output.</summary>
internal static class ServeCommand
{
    /// <summary>The command with its help.</summary>
    public static Command Create()
    {
        Command command = new CommandWithExample(
            "serve",
            "Answer requests, one JSON object a line, on standard input and output (docs/spec/serve.md).",
            """echo '{"id":"1","verb":"verify","path":"app.tar.gz","publicKey":"release.pub"}' | offlinekit serve""");
        command.SetAction(_ =>
        {
            using Stream output = Console.OpenStandardOutput();
            using Stream input = Console.OpenStandardInput();
            AnswerLines lines = new(output);
            lines.Hello("offlinekit", typeof(ServeCommand).Assembly.GetName().Version?.ToString(3) ?? "", TrustDate());
            using ServeLoop loop = new(new ServeAnswers(lines), ThisRun.Machine);
            loop.Run(input);
            return ExitCode.Trusted;
        });
        return command;
    }

    private static string TrustDate() =>
        BundledTrust.ReadManifest().Roots.Select(root => root.RetrievedOn).Max(StringComparer.Ordinal) ?? "";
}

using System.CommandLine;
using OfflineKit.Signing.Cli.Serve;

namespace OfflineKit.Signing.Cli.Commands;

/// <summary><c>offlinekit-sign serve</c>: a signing engine for other programs, on standard input and output.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        CommandWithExample command = new(
            "serve",
            "Answer signing requests, one JSON object a line, on standard input and output (docs/spec/serve.md).",
            """echo '{"id":"1","verb":"sign","key":"release.key","passphrase":"…","format":"minisign","paths":["app.tar.gz"]}' | offlinekit-sign serve""");
        command.SetAction(async (_, cancellation) =>
        {
            await using Stream output = Terminal.OpenOutput();
            await using Stream input = Console.OpenStandardInput();
            await new SignServeLoop(output).RunAsync(input, typeof(ServeCommand).Assembly.GetName().Version?.ToString(3) ?? "", cancellation);
            return ExitCode.Done;
        });
        return command;
    }
}

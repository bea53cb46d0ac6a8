using System.CommandLine;
using OfflineKit.Cli.Options;
using OfflineKit.Host.Answers;
using OfflineKit.Host.Requests;
using OfflineKit.Reporting;

namespace OfflineKit.Cli.Commands;

/// <summary><c>offlinekit verify-export PATH</c>: a whole kit, bundle or folder with a signed list, and a verdict.</summary>
internal static class VerifyExportCommand
{
    /// <summary>The command with its options and help.</summary>
    public static Command Create(LineWords words)
    {
        Argument<string> path = new("PATH") { Description = "the export: a folder, .tar, .tar.gz, .tar.zst or .zip" };
        ParameterOptions parameters = new(Questions.Export, words);
        OutputOption output = OutputOption.OfVerdict();
        Command command = new CommandWithExample(
            "verify-export",
            "Verify a whole export: its signatures, every listed file, and that nothing else is there.",
            "offlinekit verify-export /media/usb/feeds-2026.11.22.tar.zst --key packer.pub",
            "offlinekit verify-export /media/usb/release --key release.minisig.pub --allow-unlisted")
        {
            path,
        };
        parameters.AddTo(command);
        output.AddTo(command);
        command.SetAction(arguments =>
        {
            string export = arguments.GetRequiredValue(path);
            return VerdictOutput.Of(export, "", output.VerdictForm(arguments), () => parameters.Request(arguments, ThisRun.Inputs), request =>
                ExportAnswer.Of(Resolution.Of(request, ThisRun.Machine), export, request.TimeOr(DateTimeOffset.UtcNow), Note));
        });
        return command;
    }

    private static void Note(string text) => Terminal.Error.WriteLine($"offlinekit: {TerminalText.Escape(text, limit: 4000)}");
}

using System.CommandLine;
using OfflineKit.Cli.Options;
using OfflineKit.Host.Answers;
using OfflineKit.Host.Requests;

namespace OfflineKit.Cli.Commands;

/// <summary><c>offlinekit dossier verify FILE</c>: a dossier, judged in the dossier tools' words.</summary>
internal static class DossierCommand
{
    /// <summary>The command with its options and help.</summary>
    public static Command Create(LineWords words) => new("dossier", "Dossiers (*.ds.md): verify them in the words of the dossier tools.") { Verify(words) };

    private static CommandWithExample Verify(LineWords words)
    {
        Argument<string> document = new("FILE") { Description = "the dossier; - reads standard input" };
        ParameterOptions parameters = new(Questions.Dossier, words);
        OutputOption output = OutputOption.OfVerdict();
        CommandWithExample command = new(
            "verify",
            "Verify a dossier: OFFICIAL, TRUSTED, SIGNED_UNKNOWN, UNSIGNED or INVALID, its risk, and ALLOW, WARN or BLOCK.",
            "offlinekit dossier verify deploy.ds.md --trust-root dossier-official")
        {
            document,
        };
        parameters.AddTo(command);
        output.AddTo(command);
        command.SetAction(arguments =>
        {
            string path = arguments.GetRequiredValue(document);
            return VerdictOutput.Of(path, "", output.VerdictForm(arguments), () => parameters.Request(arguments, ThisRun.Inputs), request =>
                DossierAnswer.Of(Resolution.Of(request, ThisRun.Machine), ThisRun.Subject(path), request.TimeOr(DateTimeOffset.UtcNow)));
        });
        return command;
    }
}

using System.CommandLine;
using OfflineKit.Cli.Options;
using OfflineKit.Host.Answers;
using OfflineKit.Host.Requests;

namespace OfflineKit.Cli.Commands;

/// <summary><c>offlinekit verify-envelope ENVELOPE [ARTIFACT]</c>: a DSSE envelope, its signers, and what it says.</summary>
internal static class VerifyEnvelopeCommand
{
    /// <summary>The command with its options and help.</summary>
    public static Command Create(LineWords words)
    {
        Argument<string> envelope = new("ENVELOPE") { Description = "the DSSE envelope; - reads standard input" };
        Argument<string?> artifact = new("ARTIFACT")
        {
            Description = "the file that the envelope must speak of; without it only the payload is authenticated",
            Arity = ArgumentArity.ZeroOrOne,
        };
        ParameterOptions parameters = new(Questions.Envelope, words);
        OutputOption output = OutputOption.OfVerdict();
        Command command = new CommandWithExample(
            "verify-envelope",
            "Verify a DSSE envelope against the keys that you trust.",
            "offlinekit verify-envelope app.intoto.json app.tar.gz --key build.pem --key release.pem --threshold 2")
        {
            envelope,
            artifact,
        };
        parameters.AddTo(command);
        output.AddTo(command);
        command.SetAction(arguments =>
        {
            string path = arguments.GetRequiredValue(envelope);
            Subject? subject = arguments.GetValue(artifact) is { } name ? ThisRun.Subject(name) : null;
            return VerdictOutput.Of(subject?.Name ?? path, subject is null ? "" : path, output.VerdictForm(arguments), () => parameters.Request(arguments, ThisRun.Inputs), request =>
                EnvelopeAnswer.Of(Resolution.Of(request, ThisRun.Machine), ThisRun.Subject(path), subject, request.TimeOr(DateTimeOffset.UtcNow)));
        });
        return command;
    }
}

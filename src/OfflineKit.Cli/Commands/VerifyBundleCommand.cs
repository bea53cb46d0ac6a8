using System.CommandLine;
using OfflineKit.Cli.Options;
using OfflineKit.Host.Answers;
using OfflineKit.Host.Requests;

namespace OfflineKit.Cli.Commands;

/// <summary><c>offlinekit verify-bundle --bundle FILE … ARTIFACT</c>: a Sigstore bundle; the protocol of sigstore-conformance.</summary>
internal static class VerifyBundleCommand
{
    /// <summary>The command with its options and help.</summary>
    public static Command Create(LineWords words)
    {
        Argument<string> artifact = new("ARTIFACT") { Description = "the artefact, or its digest as sha256:HEX" };
        Option<string> bundle = new("--bundle", "-b") { Description = "the Sigstore bundle", HelpName = "FILE", Required = true };
        ParameterOptions parameters = new(Questions.Bundle, words);
        OutputOption output = OutputOption.OfVerdict();
        Command command = new CommandWithExample(
            "verify-bundle",
            "Verify a Sigstore bundle against the identity or the key that you trust.",
            "offlinekit verify-bundle --bundle app.tgz.sigstore.json --certificate-identity dev@example.com --certificate-oidc-issuer https://accounts.example.com app.tgz")
        {
            bundle, artifact,
        };
        parameters.AddTo(command);
        output.AddTo(command);
        command.SetAction(arguments =>
        {
            Subject subject = BundleAnswer.Named(ThisRun.Subject(arguments.GetRequiredValue(artifact))) with { Signature = arguments.GetRequiredValue(bundle) };
            return VerdictOutput.Of(subject.Name, subject.Signature!, output.VerdictForm(arguments), () => parameters.Request(arguments, ThisRun.Inputs), request =>
                BundleAnswer.Of(Resolution.Of(request, ThisRun.Machine), subject, request.TimeOr(DateTimeOffset.UtcNow)));
        });
        return command;
    }
}

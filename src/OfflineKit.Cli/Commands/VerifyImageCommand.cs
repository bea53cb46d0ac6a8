using System.CommandLine;
using OfflineKit.Cli.Options;
using OfflineKit.Crypto;
using OfflineKit.Host.Answers;
using OfflineKit.Host.Requests;

namespace OfflineKit.Cli.Commands;

/// <summary><c>offlinekit verify-image LAYOUT --digest sha256:…</c>: the signatures of a container image in an OCI layout.</summary>
internal static class VerifyImageCommand
{
    /// <summary>The command with its options and help.</summary>
    public static Command Create(LineWords words)
    {
        Argument<string> layout = new("LAYOUT") { Description = "an OCI image layout: a folder, or a tar archive of one; or what `cosign download` printed" };
        Option<string> digest = new("--digest") { Description = "the image's manifest digest, as you know it from outside", HelpName = "sha256:HEX", Required = true };
        ParameterOptions parameters = new(Questions.Image, words);
        OutputOption output = OutputOption.OfVerdict();
        Command command = new CommandWithExample(
            "verify-image",
            "Verify the signatures and attestations of a container image in an OCI layout.",
            "offlinekit verify-image ./layout --digest sha256:4bcff63911fcb4448bd4fdacec207030997caf25e9bea4045fa6c8c44de311d1 --key cosign.pub --allow-promise-only")
        {
            layout, digest,
        };
        parameters.AddTo(command);
        output.AddTo(command);
        command.SetAction(arguments =>
        {
            (string path, Digest image) = (arguments.GetRequiredValue(layout), ImageAnswer.DigestOf(arguments.GetRequiredValue(digest), "--digest"));
            return VerdictOutput.Of(image.ToString(), path, output.VerdictForm(arguments), () => parameters.Request(arguments, ThisRun.Inputs), request =>
                ImageAnswer.Of(Resolution.Of(request, ThisRun.Machine), path, image, request.TimeOr(DateTimeOffset.UtcNow)));
        });
        return command;
    }
}

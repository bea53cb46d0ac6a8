using OfflineKit.Host.Requests;
using System.CommandLine;
using OfflineKit.Encoding;
using OfflineKit.Signing.Cli.Plugin;

namespace OfflineKit.Signing.Cli.Commands;

/// <summary><c>offlinekit-sign cosign-plugin v1 REQUEST</c>: what runs when this program is called <c>sigstore-kms-offlinekit</c>.</summary>
internal static class CosignPluginCommand
{
    /// <summary>The name under which cosign finds it.</summary>
    public const string ProgramName = "sigstore-kms-offlinekit", CommandName = "cosign-plugin";

    public static Command Create()
    {
        Argument<string> version = new("VERSION") { Description = "the protocol's version: v1" };
        Argument<string> request = new("REQUEST") { Description = "the request, a JSON object; the message comes on standard input" };
        CommandWithExample command = new(
            CommandName,
            $"Answer one request of sigstore's plugin protocol; cosign calls this program by the name {ProgramName}.",
            $"ln -s /usr/local/bin/offlinekit-sign /usr/local/bin/{ProgramName}",
            "cosign sign-blob --tlog-upload=false --key offlinekit:///secure/release.pem --output-signature app.sig app")
        {
            version, request,
        };
        command.SetAction((arguments, cancellation) => AnswerAsync(arguments.GetRequiredValue(version), arguments.GetRequiredValue(request), cancellation));
        return command;
    }

    private static async Task<int> AnswerAsync(string version, string request, CancellationToken cancellation)
    {
        byte[] answer;
        int exit = ExitCode.Done;
        try
        {
            answer = version == Plugins.PluginRequest.Version
                ? await PluginAnswers.AnswerAsync(StrictJson.ParseObject(Utf8Text.Encode(request), "request"), Console.OpenStandardInput(), cancellation)
                : throw new MalformedException($"protocol version \"{version}\", wanted {Plugins.PluginRequest.Version}");
        }
        catch (SigningException fault)
        {
            (answer, exit) = (PluginAnswers.Refusal($"{fault.Finding.Detail} [{fault.Finding.Reason.Code}]; {fault.Finding.Advice.In(SurfaceWording.CommandLine)}"), ExitCode.Refused);
        }
        catch (Exception fault) when (fault is MalformedException or UsageException or IOException or UnauthorizedAccessException)
        {
            (answer, exit) = (PluginAnswers.Refusal(fault.Message), ExitCode.Refused);
        }

        using Stream output = Terminal.OpenOutput();
        await output.WriteAsync(answer, cancellation);
        return exit;
    }
}

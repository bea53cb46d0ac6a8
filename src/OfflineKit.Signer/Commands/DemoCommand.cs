using OfflineKit.Files;
using System.CommandLine;
using OfflineKit.Reporting;
using OfflineKit.Signer.Service;

namespace OfflineKit.Signer.Commands;

/// <summary><c>offlinekit-signer demo FOLDER</c>: makes keys and a configuration for a first signature on one's own machine.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        Argument<string> folder = new("FOLDER") { Description = "a folder that is not there yet" };
        CommandWithExample command = new("demo", "Make keys and a configuration for a first signature on this machine; none of it is of use elsewhere.", "offlinekit-signer demo signer-demo");
        command.Arguments.Add(folder);
        command.SetAction(arguments =>
        {
            string place = arguments.GetRequiredValue(folder);
            new Demonstration(PhysicalPath.Of(place), TimeProvider.System.GetUtcNow()).Write();
            string shown = TerminalText.Escape(place);
            Terminal.Out.WriteLine($"made {shown}; now: offlinekit-signer run {shown}/signer.yaml");
            return ExitCode.Done;
        });
        return command;
    }
}

using System.CommandLine;
using OfflineKit.Signer.Configuration;
using OfflineKit.Signer.Service;

namespace OfflineKit.Signer.Commands;

/// <summary><c>offlinekit-signer run CONFIG</c>: serves until it is asked to end.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        Argument<string> file = new("CONFIG") { Description = "the configuration, YAML or JSON" };
        CommandWithExample command = new("run", "Serve until the process is asked to end (SIGTERM); what is under way is finished.", "offlinekit-signer run signer.yaml");
        command.Arguments.Add(file);
        command.SetAction(async (arguments, cancellation) =>
        {
            SignerConfiguration configuration = ConfigurationFile.Read(arguments.GetRequiredValue(file), TimeProvider.System);
            SignerParts parts = await SignerParts.OpenAsync(configuration, TimeProvider.System, cancellation);
            await using SignerHost host = await SignerHost.StartAsync(parts, cancellation);
            Console.Out.WriteLine($"serving at {host.Addresses[0]}, health at {host.Addresses[^1]}");
            await host.WaitAsync();
            return ExitCode.Done;
        });
        return command;
    }
}

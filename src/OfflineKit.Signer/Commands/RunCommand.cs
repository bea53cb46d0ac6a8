using System.CommandLine;
using System.Runtime.InteropServices;
using OfflineKit.Files;
using OfflineKit.Reporting;
using OfflineKit.Signer.Configuration;
using OfflineKit.Signer.Service;
using OfflineKit.Signer.Stores;
using OfflineKit.Signing;

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
            using PosixSignalRegistration hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
            {
                signal.Cancel = true;
                _ = ReloadAsync(host, arguments.GetRequiredValue(file));
            });
            Terminal.Out.WriteLine($"serving at {host.Addresses[0]}, health at {host.Addresses[^1]}");
            await host.WaitAsync();
            return ExitCode.Done;
        });
        return command;
    }

    // A configuration that does not do is told, and the one that is in force stays.
    private static async Task ReloadAsync(SignerHost host, string file)
    {
        try
        {
            await host.ReloadAsync(ConfigurationFile.Read(file, TimeProvider.System), CancellationToken.None);
            await Terminal.Error.WriteLineAsync("offlinekit-signer: note: the configuration was read again");
        }
        catch (Exception fault) when (fault is ConfigurationException or SigningException or UsageException or IOException or UnauthorizedAccessException or InputTooLargeException or OutputException or StoreUnavailableException)
        {
            await Terminal.Error.WriteLineAsync($"offlinekit-signer: error: the configuration in force stays: {TerminalText.Escape(fault.Message)}");
        }
    }
}

using System.CommandLine;
using OfflineKit.Signer.Configuration;

namespace OfflineKit.Signer.Commands;

/// <summary><c>offlinekit-signer check CONFIG</c>: says in words what a configuration means, or every fault in it. Opens no key and starts nothing.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        Argument<string> file = new("CONFIG") { Description = "the configuration, YAML or JSON" };
        CommandWithExample command = new("check", "Say what a configuration means, or every fault in it; nothing is started.", "offlinekit-signer check signer.yaml");
        command.Arguments.Add(file);
        command.SetAction(arguments =>
        {
            SignerConfiguration configuration = ConfigurationFile.Read(arguments.GetRequiredValue(file), TimeProvider.System);
            foreach (string line in ConfigurationInWords.Of(configuration))
            {
                Terminal.Out.WriteLine(line);
            }

            return ExitCode.Done;
        });
        return command;
    }
}

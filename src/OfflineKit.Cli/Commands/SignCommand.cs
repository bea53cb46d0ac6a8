using System.CommandLine;

namespace OfflineKit.Cli.Commands;

/// <summary><c>offlinekit sign …</c>, for the list of commands: the program hands over before it parses.</summary>
internal static class SignCommand
{
    public const string Name = "sign";

    public static Command Create() => new(Name, "Sign files: hands over to offlinekit-sign, the program beside this one that may use the network.");
}

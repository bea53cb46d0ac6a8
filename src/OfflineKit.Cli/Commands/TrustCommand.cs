using System.CommandLine;

namespace OfflineKit.Cli.Commands;

/// <summary><c>offlinekit trust …</c>: what is trusted, where it came from, and how it is renewed.</summary>
internal static class TrustCommand
{
    /// <summary>The group.</summary>
    public static Command CreateGroup() => new("trust", "Trust roots and trust bundles.")
    {
        TrustRootCommand.CreateList(),
        TrustRootCommand.CreateShow(),
        TrustRootCommand.CreateEnable(),
        TrustRootCommand.CreateDisable(),
        TrustFingerprintCommand.Create(),
        TrustKeyCommand.CreateAdd(),
        TrustKeyCommand.CreateRemove(),
        TrustStatusCommand.Create(),
        TrustImportCommand.CreateCheck(),
        TrustImportCommand.CreateImport(),
        TrustExportCommand.Create(),
        TrustDiffCommand.Create(),
    };
}

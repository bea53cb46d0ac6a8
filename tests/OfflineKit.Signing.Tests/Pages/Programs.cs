using OfflineKit.Testing;

namespace OfflineKit.Signing.Tests.Pages;

/// <summary>The words that start programs which pages name.</summary>
internal static class Programs
{
    /// <summary>offlinekit-sign: $OFFLINEKIT_SIGN, else the published program, else as it was built beside this test.</summary>
    public static string[] Sign { get; } = Published("offlinekit-sign", "OFFLINEKIT_SIGN") ?? ["dotnet", Path.Combine(AppContext.BaseDirectory, "OfflineKit.Signing.Cli.dll")];

    /// <summary>Where <paramref name="program"/> is; the calling test is skipped where it is nowhere.</summary>
    public static string[] Needed(string program) => Published(program, "OFFLINEKIT_SIGNER") is { } ours ? ours : [Peer.Needed(program)];

    private static string[]? Published(string program, string variable)
    {
        string path = program.StartsWith("offlinekit", StringComparison.Ordinal) ? Environment.GetEnvironmentVariable(variable) ?? Repository.Path("artifacts", "linux-x64", program) : "";
        return File.Exists(path) ? [Path.GetFullPath(path)] : null;
    }
}

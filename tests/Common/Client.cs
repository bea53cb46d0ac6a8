namespace OfflineKit.Testing;

/// <summary>The <c>offlinekit</c> under test: $OFFLINEKIT, else the published native binary, else the build beside the tests.</summary>
internal static class Client
{
    /// <summary>The published binary, whether or not it exists.</summary>
    public static string Native => Repository.Path("artifacts", "linux-x64", "offlinekit");

    /// <summary>The words that start it.</summary>
    public static string[] Command { get; } = Find();

    /// <summary>Runs it with <paramref name="arguments"/>.</summary>
    public static Execution Run(IEnumerable<string> arguments, string? folder = null, byte[]? stdin = null, int seconds = 30, string? configuration = null) =>
        Execution.Of([.. Command, .. arguments], folder, stdin, seconds, configuration);

    private static string[] Find()
    {
        if (Environment.GetEnvironmentVariable("OFFLINEKIT") is { Length: > 0 } named)
        {
            return named.EndsWith(".dll", StringComparison.Ordinal) ? ["dotnet", Path.GetFullPath(named)] : [Path.GetFullPath(named)];
        }

        return File.Exists(Native) ? [Native] : ["dotnet", Path.Combine(AppContext.BaseDirectory, "OfflineKit.Cli.dll")];
    }
}

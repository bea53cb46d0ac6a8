using OfflineKit.Testing;

namespace OfflineKit.Signing.Tests;

/// <summary>docs/air-gap.md is a transcript: every command on it is run, in order, and says what the page says.</summary>
public sealed class AirGapGuideTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("offlinekit-guide-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void Every_command_of_the_guide_says_what_the_guide_says()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the guide is written for a Unix shell");
        Execution.Needs("openssl");
        Execution.Needs("sha256sum");
        Guide.Shim(_folder, "offlinekit", Client.Command);
        Guide.Shim(_folder, "offlinekit-sign", ["dotnet", Path.Combine(AppContext.BaseDirectory, "OfflineKit.Signing.Cli.dll")]);
        int count = new Guide(Repository.Path("docs", "air-gap.md")).Replay(_folder);
        Assert.True(count > 25, $"only {count} commands found");
    }
}

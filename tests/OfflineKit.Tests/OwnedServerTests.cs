using System.Diagnostics;
using OfflineKit.Testing;

namespace OfflineKit.Tests;

/// <summary>Servers that tests start do not outlive them.</summary>
public sealed class OwnedServerTests
{
    [Fact]
    public void A_server_ends_when_nobody_holds_its_standard_input_any_more()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "servers of tests run on Linux");
        Process keeper = OwnedServer.Start(new ProcessStartInfo("sh", ["-c", "echo $$; exec sleep 600"]) { RedirectStandardOutput = true });
        string server = keeper.StandardOutput.ReadLine()!;
        Assert.True(Directory.Exists($"/proc/{server}"));

        // What happens to the pipe when the tests are killed.
        keeper.StandardInput.Close();
        Assert.True(keeper.WaitForExit(TimeSpan.FromSeconds(30)));
        Assert.Equal("", keeper.StandardOutput.ReadToEnd());
        keeper.Dispose();
    }
}

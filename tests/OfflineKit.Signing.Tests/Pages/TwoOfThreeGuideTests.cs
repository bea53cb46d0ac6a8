using System.Runtime.Versioning;
using OfflineKit.Testing;

namespace OfflineKit.Signing.Tests.Pages;

/// <summary>docs/two-of-three.md is a transcript: every command on it is run, in order, and says what the page says.</summary>
public sealed class TwoOfThreeGuideTests
{
    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Every_command_of_the_page_says_what_the_page_says()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the page is written for a Unix shell");
        Execution.Needs("openssl");
        using Folder folder = new();
        Guide.Shim(folder.Path, "offlinekit", Client.Command);
        Guide.Shim(folder.Path, "offlinekit-sign", Programs.Sign);
        Guide guide = new(Repository.Path("docs", "two-of-three.md"));
        Assert.Equal(guide.Count, guide.Replay(folder.Path));
    }
}

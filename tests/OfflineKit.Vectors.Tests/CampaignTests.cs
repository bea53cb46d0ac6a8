using OfflineKit.Testing;

namespace OfflineKit.Vectors.Tests;

/// <summary>A slice of the mutation campaign (tests/campaign): the harness works, and every change is refused or explained.</summary>
public sealed class CampaignTests
{
    [Fact]
    public void Each_change_of_a_slice_is_refused_or_explained()
    {
        Execution run = Execution.Of(["dotnet", Path.Combine(AppContext.BaseDirectory, "OfflineKit.Campaign.dll"), "--root", Repository.Root, "--program", string.Join(' ', Client.Command), "--changes", "1000", "--jobs", "2"], seconds: 500);
        Assert.True(run.ExitCode == 0, run.Everything);
        Assert.Contains(" not explained 0, undecided 0, failed 0", run.Stdout, StringComparison.Ordinal);
    }
}

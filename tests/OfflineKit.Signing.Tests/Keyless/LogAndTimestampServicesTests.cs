using OfflineKit.Signing.Instances;

namespace OfflineKit.Signing.Tests.Keyless;

/// <summary>As many logs as are wanted record a signature.</summary>
public sealed class LogAndTimestampServicesTests
{
    [Fact]
    public async Task Two_logs_are_two()
    {
        using SigstoreStub stub = new();
        using KeylessBench bench = new(stub) { Logs = [1, 2], LogsWanted = 2 };
        Assert.Equal(2, (await bench.SignAsync()).Remarks.Length);
    }

    [Fact]
    public void One_log_at_two_addresses_is_one()
    {
        LoggedIn first = new("rekor.example", Index: 1, TreeSize: 3, Root: ""), again = first with { Index = 2 };
        Assert.Equal("rekor.not-logged", new Witnessed(Logs: 2, Timestamps: 0).Check([first, again])?.Reason.Code);
        Assert.Null(new Witnessed(Logs: 2, Timestamps: 0).Check([first, again with { Log = "rekor2.example" }]));
    }
}

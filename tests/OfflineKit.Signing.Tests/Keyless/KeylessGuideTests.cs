using OfflineKit.Signing.Instances;
using OfflineKit.Signing.Keyless;
using OfflineKit.Signing.Rekor;
using OfflineKit.Signing.Timestamps;
using OfflineKit.Testing;

namespace OfflineKit.Signing.Tests.Keyless;

/// <summary>docs/providers/keyless.md explains every reason.</summary>
public sealed class KeylessGuideTests
{
    [Fact]
    public void Every_reason_stands_in_the_guide()
    {
        string guide = File.ReadAllText(Repository.Path("docs", "providers", "keyless.md"));
        Assert.All([.. KeylessReasons.All, .. RekorReasons.All, .. TimestampRequestReasons.All, .. InstanceReasons.All], reason => Assert.Contains($"`{reason.Code}`", guide, StringComparison.Ordinal));
    }
}

using OfflineKit.Host.Results;

namespace OfflineKit.Cli.Tests.Media;

/// <summary>The table of standings names reasons that exist, each once.</summary>
public sealed class StandingTests
{
    [Fact]
    public void Every_reason_in_the_table_exists_and_stands_there_once()
    {
        string[] known = [.. KnownReasons.All.Select(reason => reason.Code), "signature.missing"];
        Assert.Empty(Standings.Reasons.Except(known, StringComparer.Ordinal));
        Assert.Equal(Standings.Reasons.Count(), Standings.Reasons.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Only_a_trusted_verdict_is_trusted()
    {
        Assert.All(KnownReasons.All, reason => Assert.NotEqual(Standing.Trusted, Standings.OfReason(reason.Code)));
        Assert.Equal(Standing.NotTrusted, Standings.OfReason("no.such-reason"));
        Assert.All(Standings.InOrder, standing => Assert.Equal(standing, Standings.Named(standing.Word())));
        Assert.Null(Standings.Named("Trusted"));
    }
}

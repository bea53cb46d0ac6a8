using System.Collections.Immutable;
using System.Text.Json.Nodes;
using OfflineKit.Signer.Quotas;
using OfflineKit.Signer.Stores;

namespace OfflineKit.Signer.Tests;

/// <summary>Quotas: what is counted, what is given back, and that nobody gets more.</summary>
public sealed class QuotaTests
{
    private static readonly QuotaKey Key = new("acme", "pro");

    [Fact]
    public async Task Two_hundred_at_once_and_a_hundred_a_day_are_a_hundred_signatures()
    {
        await using World world = await World.StartAsync(configuration => configuration["plans"]!["pro"]!["daily"] = 100);
        Reply[] replies = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => new Call(world).SendAsync()));
        Assert.Equal(100, replies.Count(reply => reply.Status == 200));
        Assert.Equal(100, replies.Count(reply => reply.Code == "quota_daily"));
        Assert.Equal(100, world.AuditLines().Count(line => line["outcome"]!.GetValue<string>() == "signed"));
        Assert.Equal("43200", replies.First(reply => reply.Status == 429).Header("Retry-After"));
        world.Clock.Now += TimeSpan.FromHours(12);
        Assert.Equal(200, (await new Call(world).SendAsync()).Status);
    }

    [Fact]
    public async Task The_smaller_of_plan_and_entitlement_counts()
    {
        await using World world = await World.StartAsync();
        Call Limited()
        {
            Call call = new(world);
            call.Poe["entitlements"]!["daily"] = 1;
            return call;
        }

        Reply first = await Limited().SendAsync();
        Assert.Equal((1, 0), (first.Body!["policy"]!["quota"]!["limit"]!.GetValue<int>(), first.Body["policy"]!["quota"]!["remaining"]!.GetValue<int>()));
        Assert.Equal("\"daily\";r=0", first.Header("RateLimit"));
        Assert.Equal("quota_daily", (await Limited().SendAsync()).Code);
    }

    [Fact]
    public async Task A_request_that_fails_after_its_reservation_gives_it_back()
    {
        await using World world = await World.StartAsync(configuration =>
        {
            configuration["plans"]!["pro"]!["daily"] = 1;
            configuration["profiles"]![0]!["signers"]![1]!["notAfter"] = "2026-01-01T00:00:00Z";
        });
        Assert.Equal("no_active_key", (await new Call(world).SendAsync()).Code);
        Call one = new(world);
        one.Body["options"] = new JsonObject { ["signers"] = new JsonArray("default") };
        Assert.Equal(200, (await one.SendAsync()).Status);
    }

    [Theory]
    [InlineData("qps", 1, "quota_rate", "\"rate\";r=0;t=1")]
    [InlineData("concurrency", 0, "quota_concurrency", "\"rate\";r=0;t=1")]
    public async Task A_limit_that_is_reached_is_told_with_the_time_to_wait(string limit, int value, string code, string header)
    {
        await using World world = await World.StartAsync();
        Call Limited()
        {
            Call call = new(world);
            (call.Poe["entitlements"]![limit], call.Poe["entitlements"]!["burst"]) = (value, 0);
            return call;
        }

        await Limited().SendAsync();
        Reply reply = await Limited().SendAsync();
        Assert.Equal((429, code, "1", header), (reply.Status, reply.Code, reply.Header("Retry-After"), reply.Header("RateLimit")));
    }

    [Theory]
    [InlineData("replay", "replay_store_unavailable")]
    [InlineData("quota", "quota_store_unavailable")]
    [InlineData("reservation", "quota_store_unavailable")]
    [InlineData("key_state", "quota_store_unavailable")]
    public async Task A_store_that_does_not_answer_refuses(string table, string code)
    {
        await using World world = await World.StartAsync();
        await world.Host.Parts.Store.InTransactionAsync(session => session.Execute($"DROP TABLE {table}"), default);
        Reply reply = await new Call(world).SendAsync();
        Assert.Equal((503, code), (reply.Status, reply.Code));
        Assert.NotEqual("", reply.Header("Retry-After"));
    }

    [Fact]
    public async Task The_rate_is_counted_by_cells()
    {
        (SqliteStore store, FakeClock clock, string folder) = await OpenAsync();
        SqlQuotaStore quotas = new(store);
        QuotaLimits limits = new(1, Qps: 10, Burst: 2, Concurrency: 100, Daily: 100);
        for (int at = 0; at < 3; at++)
        {
            Assert.NotNull((await quotas.ReserveAsync(Key, limits, default)).Granted);
        }

        QuotaDecision refused = await quotas.ReserveAsync(Key, limits, default);
        Assert.Equal((QuotaLimit.Rate, TimeSpan.FromMilliseconds(100)), (refused.Limit, refused.RetryAfter));
        clock.Now += TimeSpan.FromMilliseconds(100);
        Assert.NotNull((await quotas.ReserveAsync(Key, limits, default)).Granted);
        Assert.Null((await quotas.ReserveAsync(Key, limits, default)).Granted);
        await CloseAsync(store, folder);
    }

    [Fact]
    public async Task A_reservation_whose_owner_died_lapses_with_its_lease()
    {
        (SqliteStore store, FakeClock clock, string folder) = await OpenAsync();
        SqlQuotaStore quotas = new(store);
        QuotaLimits limits = new(1, 1000, 1000, Concurrency: 1, Daily: 1);
        Reservation dead = (await quotas.ReserveAsync(Key, limits, default)).Granted!;
        Assert.Equal(QuotaLimit.Concurrency, (await quotas.ReserveAsync(Key, limits, default)).Limit);
        clock.Now += TimeSpan.FromSeconds(29);
        await quotas.RenewAsync(dead, default);
        clock.Now += TimeSpan.FromSeconds(29);
        Assert.Null((await quotas.ReserveAsync(Key, limits, default)).Granted);
        clock.Now += TimeSpan.FromSeconds(2);
        Reservation next = (await quotas.ReserveAsync(Key, limits, default)).Granted!;
        Assert.True(await quotas.CommitAsync(next, default));
        Assert.False(await quotas.CommitAsync(dead, default));
        Assert.Equal(QuotaLimit.Daily, (await quotas.ReserveAsync(Key, limits, default)).Limit);
        await CloseAsync(store, folder);
    }

    [Fact]
    public async Task A_commit_after_midnight_does_not_count_for_the_new_day()
    {
        (SqliteStore store, FakeClock clock, string folder) = await OpenAsync();
        SqlQuotaStore quotas = new(store);
        QuotaLimits limits = new(1, 1000, 1000, 10, Daily: 1);
        clock.Now = new DateTimeOffset(2026, 11, 30, 23, 59, 59, TimeSpan.Zero);
        Reservation late = (await quotas.ReserveAsync(Key, limits, default)).Granted!;
        clock.Now += TimeSpan.FromSeconds(2);
        Reservation early = (await quotas.ReserveAsync(Key, limits, default)).Granted!;
        Assert.True(await quotas.CommitAsync(late, default));
        Assert.True(await quotas.CommitAsync(early, default));
        Assert.Equal(QuotaLimit.Daily, (await quotas.ReserveAsync(Key, limits, default)).Limit);
        await CloseAsync(store, folder);
    }

    [Fact]
    public async Task Work_that_fails_in_a_batch_takes_nothing_along()
    {
        (SqliteStore store, _, string folder) = await OpenAsync();
        Task<int>[] jobs = [.. Enumerable.Range(0, 50).Select(at => store.InTransactionAsync(
            session => at == 25 ? throw new InvalidOperationException() : session.Execute("INSERT INTO replay (key, expires) VALUES (@key, 0)", ("@key", $"k{at}")), default))];
        await Assert.ThrowsAsync<InvalidOperationException>(() => jobs[25]);
        await Task.WhenAll(jobs.Where((_, at) => at != 25));
        Assert.Equal(49, (await store.InTransactionAsync(session => session.Query("SELECT COUNT(*) FROM replay", row => row.GetInt64(0)), default))[0]);
        await CloseAsync(store, folder);
    }

    private static async Task<(SqliteStore Store, FakeClock Clock, string Folder)> OpenAsync()
    {
        string folder = Directory.CreateTempSubdirectory("signer-quota-").FullName;
        FakeClock clock = new();
        SqliteStore store = new(Path.Combine(folder, "signer.db"), clock);
        await store.PrepareAsync(default);
        return (store, clock, folder);
    }

    private static async Task CloseAsync(SqliteStore store, string folder)
    {
        await store.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}

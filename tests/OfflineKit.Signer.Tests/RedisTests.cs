using System.Text.Json.Nodes;
using OfflineKit.Signer.Quotas;
using OfflineKit.Signer.Stores;
using OfflineKit.Signer.Stores.Redis;

namespace OfflineKit.Signer.Tests;

/// <summary>Replay and quotas in a Redis that these tests start: shared by instances, and never waved through when it forgets, is full or is gone.</summary>
[Collection("alone")]
public sealed class RedisTests : IAsyncLifetime
{
    private static readonly QuotaKey Key = new("acme", "pro");
    private RedisProcess _redis = null!;

    public async ValueTask InitializeAsync() => _redis = await RedisProcess.StartAsync();

    public ValueTask DisposeAsync() => _redis?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task Two_instances_share_quota_and_replay()
    {
        await using World one = await StartAsync(daily: 100), two = await StartAsync(daily: 100, like: one);
        Reply[] replies = await Task.WhenAll(Enumerable.Range(0, 200).Select(at => new Call(at % 2 == 0 ? one : two).SendAsync()));
        string codes = string.Join(", ", replies.GroupBy(reply => $"{reply.Status} {reply.Code}", StringComparer.Ordinal).Select(group => $"{group.Count()} × {group.Key}"));
        Assert.True((100, 100) == (replies.Count(reply => reply.Status == 200), replies.Count(reply => reply.Code == "quota_daily")), codes);

        Call first = new(one);
        first.Poe["plan"] = "free";
        await first.SendAsync();
        Assert.Equal("invalid_dpop_proof", (await first.As(two).SendAsync()).Code);
        Assert.Equal("dpop_replay", two.AuditLines()[^1]["reason"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_a_server_that_began_anew_cannot_know_is_refused()
    {
        await using World world = await StartAsync();
        Call before = new(world);
        Assert.Equal(200, (await before.SendAsync()).Status);
        _redis.Kill();
        _redis.Forget();
        Reply gone = await new Call(world).SendAsync();
        Assert.Equal((503, "replay_store_unavailable"), (gone.Status, gone.Code));
        await _redis.StartAgainAsync();
        world.Clock.Now += TimeSpan.FromSeconds(10);
        Reply again = await before.SendAgainAsync();
        for (int attempt = 0; attempt < 200 && await _redis.AskAsync("HLEN", "{offlinekit-signer}:runs") == "0"; attempt++)
        {
            await Task.Delay(100);
            again = await before.SendAgainAsync();
        }

        Assert.Equal((503, "replay_store_unavailable"), (again.Status, again.Code));

        // What is made after it began can be known; what was sent meanwhile is remembered.
        world.Clock.Now += TimeSpan.FromSeconds(40);
        Assert.Equal(200, (await new Call(world).SendAsync()).Status);
        Assert.Equal("invalid_dpop_proof", (await before.SendAgainAsync()).Code);
    }

    [Theory]
    [InlineData("noeviction", "--maxmemory-policy", "allkeys-lru")]
    [InlineData("appendonly is off", "--appendonly", "no")]
    public async Task A_server_that_would_forget_keeps_the_service_from_starting(string words, string setting, string value)
    {
        _redis.Kill();
        await _redis.StartAgainAsync(setting, value);
        StoreUnavailableException fault = await Assert.ThrowsAsync<StoreUnavailableException>(() => StartAsync());
        Assert.Contains(words, fault.Message);
    }

    [Fact]
    public async Task A_server_that_is_told_to_evict_while_it_runs_is_refused_from_then_on()
    {
        await using World world = await StartAsync();
        await _redis.AskAsync("CONFIG", "SET", "maxmemory-policy", "volatile-ttl");
        Reply reply = await new Call(world).SendAsync();
        Assert.Equal((503, "replay_store_unavailable"), (reply.Status, reply.Code));
        Assert.Contains("cannot remember", await (await world.Http.GetAsync(new Uri(world.Operations, "/healthz/ready"))).Content.ReadAsStringAsync());
        await _redis.AskAsync("CONFIG", "SET", "maxmemory-policy", "noeviction");
        Assert.Equal(200, (await new Call(world).SendAsync()).Status);
    }

    [Fact]
    public async Task A_full_server_refuses_and_forgets_nothing()
    {
        await using World world = await StartAsync();
        Call first = new(world);
        Assert.Equal(200, (await first.SendAsync()).Status);
        await _redis.AskAsync("CONFIG", "SET", "maxmemory", "1");
        Reply full = await new Call(world).SendAsync();
        Assert.Equal((503, "replay_store_unavailable"), (full.Status, full.Code));
        await _redis.AskAsync("CONFIG", "SET", "maxmemory", "0");
        Assert.Equal("invalid_dpop_proof", (await first.SendAgainAsync()).Code);
    }

    [Fact]
    public async Task All_limits_are_counted_and_reservations_are_given_back()
    {
        await using RedisServer server = await RedisServer.OpenAsync(new Configuration.CacheConfiguration(_redis.Address, null));
        RedisQuotaStore quotas = new(server);
        QuotaLimits one = new(1, Qps: 1_000_000, Burst: 1_000_000, Concurrency: 1, Daily: 2);
        Reservation first = (await quotas.ReserveAsync(Key, one, default)).Granted!;
        Assert.Equal(1, first.Remaining);
        Assert.Equal(QuotaLimit.Concurrency, (await quotas.ReserveAsync(Key, one, default)).Limit);
        await quotas.GiveBackAsync(first, default);
        Reservation second = (await quotas.ReserveAsync(Key, one, default)).Granted!;
        Assert.True(await quotas.CommitAsync(second, default));
        Reservation third = (await quotas.ReserveAsync(Key, one, default)).Granted!;
        Assert.True(await quotas.CommitAsync(third, default));
        QuotaDecision full = await quotas.ReserveAsync(Key, one, default);
        Assert.Equal((null, QuotaLimit.Daily), (full.Granted, full.Limit));
        Assert.InRange(full.RetryAfter, TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(1));

        QuotaLimits slow = one with { Qps = 1, Burst = 0, Concurrency = 10, Daily = 10 };
        QuotaKey other = new("acme", "slow");
        Assert.NotNull((await quotas.ReserveAsync(other, slow, default)).Granted);
        QuotaDecision soon = await quotas.ReserveAsync(other, slow, default);
        Assert.Equal((null, QuotaLimit.Rate), (soon.Granted, soon.Limit));
        Assert.InRange(soon.RetryAfter, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_reservation_whose_owner_died_lapses_and_is_counted_once()
    {
        await using RedisServer server = await RedisServer.OpenAsync(new Configuration.CacheConfiguration(_redis.Address, null));
        RedisQuotaStore quotas = new(server);
        QuotaLimits one = new(1, 1_000_000, 1_000_000, Concurrency: 1, Daily: 1);
        Reservation dead = (await quotas.ReserveAsync(Key, one, default)).Granted!;
        await quotas.RenewAsync(dead, default);
        Assert.Null((await quotas.ReserveAsync(Key, one, default)).Granted);
        await _redis.AskAsync("ZADD", $"{{offlinekit-signer}}:leases:acme/pro:{dead.Day}", "XX", "1", dead.Id);
        Reservation next = (await quotas.ReserveAsync(Key, one, default)).Granted!;
        Assert.True(await quotas.CommitAsync(next, default));
        Assert.False(await quotas.CommitAsync(dead, default));
        Assert.Equal(QuotaLimit.Daily, (await quotas.ReserveAsync(Key, one, default)).Limit);
    }

    // A fresh server remembers from now on: the clock of the service is a minute past that.
    private async Task<World> StartAsync(int daily = 1000, World? like = null)
    {
        World world = await World.StartAsync(configuration =>
        {
            configuration["cache"] = new JsonObject { ["kind"] = "redis", ["connection"] = _redis.Address };
            configuration["plans"]!["pro"]!["daily"] = daily;
        }, like);
        await new Call(world).SendAsync();
        world.Clock.Now += TimeSpan.FromSeconds(61);
        return world;
    }
}

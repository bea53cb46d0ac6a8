using OfflineKit.Signer.Keys;

namespace OfflineKit.Signer.Tests;

/// <summary>Tenants that wait for one key.</summary>
public sealed class KeyTurnsTests
{
    [Fact]
    public async Task Tenants_come_in_turn_however_much_one_of_them_asks()
    {
        KeyTurns turns = new(1);
        TaskCompletionSource first = new();
        List<string> order = [];
        Task<int> Asked(string tenant) => turns.InTurnAsync(tenant, () =>
        {
            order.Add(tenant);
            return Task.FromResult(0);
        }, default);
        Task<int> running = turns.InTurnAsync("a", async () =>
        {
            await first.Task;
            return 0;
        }, default);
        Task[] waiting = [Asked("a"), Asked("a"), Asked("a"), Asked("b"), Asked("c")];
        Assert.Equal(5, turns.Length);
        first.SetResult();
        await Task.WhenAll(waiting.Append(running));
        Assert.Equal(["a", "b", "c", "a", "a"], order);
        Assert.Equal(0, turns.Length);
    }

    [Fact]
    public async Task Who_went_away_or_failed_holds_no_place()
    {
        KeyTurns turns = new(1);
        TaskCompletionSource first = new();
        using CancellationTokenSource gone = new();
        Task<int> running = turns.InTurnAsync<int>("a", async () =>
        {
            await first.Task;
            throw new InvalidOperationException();
        }, default);
        Task<int> left = turns.InTurnAsync("a", () => Task.FromResult(1), gone.Token), stays = turns.InTurnAsync("a", () => Task.FromResult(2), default);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        first.SetResult();
        await Assert.ThrowsAsync<InvalidOperationException>(() => running);
        Assert.Equal(2, await stays);
        Assert.Equal(3, await turns.InTurnAsync("b", () => Task.FromResult(3), default));
    }
}

namespace OfflineKit.Signer.Tests;

/// <summary>One service for a whole table of requests.</summary>
public sealed class SharedWorld : IAsyncLifetime
{
    internal World World { get; private set; } = null!;

    public async ValueTask InitializeAsync() => World = await World.StartAsync();

    public ValueTask DisposeAsync() => World.DisposeAsync();
}

/// <summary>One request of a table: what is changed of a good one, and how it ends.</summary>
/// <param name="Change">Changes it.</param>
/// <param name="Status">The status of the answer.</param>
/// <param name="Code">The problem's code; empty for an accepted request.</param>
/// <param name="Reason">The reason in the audit log; null where it is the code.</param>
internal sealed record Row(Action<Call> Change, int Status = 200, string Code = "", string? Reason = null)
{
    public async Task CheckAsync(World world)
    {
        Call call = new(world);
        Change(call);
        call.Headers.Add(("X-Request-Id", Guid.NewGuid().ToString("N")));
        Reply reply = await call.SendAsync();
        Assert.True(Status == reply.Status && Code == reply.Code, $"{reply.Status} {reply.Body?.ToJsonString()}");
        if (Reason is not null)
        {
            Assert.Equal(Reason, world.AuditLines().Last(line => line["requestId"]!.GetValue<string>() == reply.Header("X-Request-Id"))["reason"]!.GetValue<string>());
        }
    }
}

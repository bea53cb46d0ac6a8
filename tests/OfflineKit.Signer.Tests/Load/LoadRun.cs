using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace OfflineKit.Signer.Tests;

/// <summary>What a run came to.</summary>
/// <param name="Rate">Requests a second, by the clock.</param>
/// <param name="Cost">Microseconds of the service's processor time for each.</param>
/// <param name="Times">How long each took, in milliseconds, in order.</param>
internal sealed record Figures(double Rate, double Cost, double[] Times)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Rate:F0} requests/s, p50 {At(50):F1} ms, p95 {At(95):F1} ms, p99 {At(99):F1} ms, {Cost:F0} µs of processor time each");

    private double At(int percent) => Times[Math.Min(Times.Length - 1, Times.Length * percent / 100)];
}

/// <summary>Sends requests over connections that stay open. They are made before the clock runs, and the client is as bare as it can be: it shares the machine with what it measures.</summary>
internal static class LoadRun
{
    public static async Task<Figures> SendAsync(World world, ServiceProcess service, int total, int clients)
    {
        world.Clock.Now = DateTimeOffset.UtcNow;
        Call model = Model(world);
        (string token, string poe) = (world.Authority.Sign(model.TokenHeader, model.Token), world.Licensing.Sign(model.PoeHeader, model.Poe));
        byte[][] requests = [.. Enumerable.Range(0, total).AsParallel().AsOrdered().Select(_ => Bytes(world, service.Address, token, poe))];
        double[] times = new double[total];
        int next = -1;
        TimeSpan before = service.ProcessorTime;
        long start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
        {
            using TcpClient client = new() { NoDelay = true };
            await client.ConnectAsync(service.Address.Host, service.Address.Port);
            NetworkStream stream = client.GetStream();
            byte[] answer = new byte[64 * 1024];
            for (int at; (at = Interlocked.Increment(ref next)) < total;)
            {
                long began = Stopwatch.GetTimestamp();
                await stream.WriteAsync(requests[at]);
                await ReadAsync(stream, answer);
                times[at] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            }
        })));
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Array.Sort(times);
        return new Figures(total / seconds, (service.ProcessorTime - before).TotalMicroseconds / total, times);
    }

    private static Call Model(World world)
    {
        Call call = new(world);
        call.Poe["entitlements"]!["daily"] = int.MaxValue;
        return call;
    }

    // A client has one token and one proof of entitlement for many requests, and a DPoP proof for each.
    private static byte[] Bytes(World world, Uri address, string token, string poe)
    {
        Call call = new(world) { TokenText = token, PoeText = poe };
        using HttpRequestMessage request = call.Made(address);
        byte[] body = request.Content!.ReadAsByteArrayAsync().GetAwaiter().GetResult();
        StringBuilder head = new($"POST {call.Path} HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n");
        foreach ((string name, IEnumerable<string> values) in request.Headers)
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {values.First()}\r\n");
        }

        return [.. System.Text.Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), .. body];
    }

    private static async Task ReadAsync(NetworkStream stream, byte[] answer)
    {
        int have = 0, end = -1, length = -1;
        while (end < 0 || have < end + 4 + length)
        {
            int count = await stream.ReadAsync(answer.AsMemory(have));
            Assert.True(count > 0, System.Text.Encoding.ASCII.GetString(answer, 0, have));
            have += count;
            if (end < 0 && (end = answer.AsSpan(0, have).IndexOf("\r\n\r\n"u8)) >= 0)
            {
                string head = System.Text.Encoding.ASCII.GetString(answer, 0, end);
                int at = head.IndexOf("Content-Length: ", StringComparison.Ordinal) + "Content-Length: ".Length;
                length = int.Parse(head[at..].Split('\r')[0], CultureInfo.InvariantCulture);
            }
        }

        Assert.True(answer.AsSpan(0, have).StartsWith("HTTP/1.1 200"u8), System.Text.Encoding.ASCII.GetString(answer, 0, have));
    }
}

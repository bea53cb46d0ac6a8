using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace OfflineKit.Signer.Tests;

/// <summary>How fast, beside the bare key: run by hand, <c>SIGNER_LOAD=REQUESTS</c>; see docs/signer/telemetry.md.</summary>
public sealed class LoadTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Requests_a_second_beside_the_bare_key()
    {
        int total = int.TryParse(Environment.GetEnvironmentVariable("SIGNER_LOAD"), NumberStyles.None, CultureInfo.InvariantCulture, out int wanted) ? wanted : 0;
        Assert.SkipUnless(total > 0, "SIGNER_LOAD is not set");
        await using World world = await World.StartAsync(configuration =>
        {
            configuration["plans"]!["pro"]!["daily"] = int.MaxValue;
            configuration["profiles"]![0]!["signers"]!.AsArray().RemoveAt(1);
        });
        await RunAsync(world, 500, 16);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        double bare = Bare();
        foreach (int clients in (int[])[1, 16, 64])
        {
            (double rate, double[] times) = await RunAsync(world, total, clients);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clients} clients: {rate:F0} requests/s ({rate / bare:P1} of the bare key's {bare:F0}/s), p50 {times[times.Length / 2]:F1} ms, p95 {times[times.Length * 95 / 100]:F1} ms, p99 {times[times.Length * 99 / 100]:F1} ms"));
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"memory: {before / 1e6:F1} MB before, {GC.GetTotalMemory(forceFullCollection: true) / 1e6:F1} MB after"));
    }

    private static async Task<(double Rate, double[] Times)> RunAsync(World world, int total, int clients)
    {
        // Requests are made before the clock runs: what is measured is the service, not the client's signatures.
        Call[] calls = [.. Enumerable.Range(0, total).Select(_ =>
        {
            Call call = new(world);
            call.Poe["entitlements"]!["daily"] = int.MaxValue;
            return call;
        })];
        HttpRequestMessage[] requests = [.. calls.AsParallel().AsOrdered().Select(call => call.Made())];
        double[] times = new double[total];
        int next = -1;
        long start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(async _ =>
        {
            for (int at; (at = Interlocked.Increment(ref next)) < total;)
            {
                long began = Stopwatch.GetTimestamp();
                using HttpResponseMessage answer = await world.Http.SendAsync(requests[at]);
                await answer.Content.ReadAsByteArrayAsync();
                times[at] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
                Assert.Equal(200, (int)answer.StatusCode);
            }
        }));
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Array.Sort(times);
        return (total / seconds, times);
    }

    private static double Bare()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] digest = new byte[32];
        long start = Stopwatch.GetTimestamp();
        int count = 0;
        for (; Stopwatch.GetElapsedTime(start).TotalSeconds < 2; count++)
        {
            key.SignHash(digest);
        }

        return count / 2.0;
    }
}

using System.Globalization;
using System.Text.Json.Nodes;

namespace OfflineKit.Signer.Tests;

/// <summary>How fast and how steady the program is, beside the bare key in the same run: by hand, tests/benchmarks/signer.sh; figures in docs/signer/telemetry.md.</summary>
[Collection("alone")]
public sealed class LoadTests(ITestOutputHelper output)
{
    private static int Total => int.TryParse(Environment.GetEnvironmentVariable("SIGNER_LOAD"), NumberStyles.None, CultureInfo.InvariantCulture, out int wanted) ? wanted : 0;

    [Fact]
    public async Task Requests_a_second_beside_the_bare_key()
    {
        Assert.SkipUnless(Total > 0, "SIGNER_LOAD is not set");
        await using World world = await World.StartAsync();
        await using ServiceProcess service = await ServiceProcess.StartAsync(world, OneKey);
        await LoadRun.SendAsync(world, service, 2000, 16);
        foreach (int clients in (int[])[1, 16, 64])
        {
            BareKey bare = BareKey.Measured();
            Figures figures = await LoadRun.SendAsync(world, service, Total, clients);
            Say($"{clients,3} clients: {figures}; the bare key {bare.Rate:F0}/s on two cores, {bare.Cost:F1} µs each: {figures.Rate / bare.Rate:P1} by the clock, {bare.Cost / figures.Cost:P1} by processor time");
        }
    }

    [Fact]
    public async Task Memory_over_a_hundred_thousand_requests()
    {
        Assert.SkipUnless(Total > 0, "SIGNER_LOAD is not set");
        await using World world = await World.StartAsync();
        await using ServiceProcess service = await ServiceProcess.StartAsync(world, OneKey);
        for (int round = 0; round < 20; round++)
        {
            await LoadRun.SendAsync(world, service, Total, 16);
            Say($"{(round + 1) * Total,7} requests: {service.Memory / 1e6:F1} MB");
        }
    }

    private static void OneKey(JsonObject configuration)
    {
        configuration["plans"]!["pro"]!["daily"] = int.MaxValue;
        configuration["profiles"]![0]!["signers"]!.AsArray().RemoveAt(1);
    }

    private void Say(FormattableString line) => output.WriteLine(FormattableString.Invariant(line));
}

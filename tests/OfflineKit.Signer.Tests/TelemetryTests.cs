using System.Text.RegularExpressions;
using OfflineKit.Testing;

namespace OfflineKit.Signer.Tests;

/// <summary>What is exported is what the page, the alert rules and the dashboard speak of.</summary>
public sealed partial class TelemetryTests
{
    [Fact]
    public async Task Every_metric_that_is_spoken_of_is_exported()
    {
        await using World world = await World.StartAsync();
        Assert.Equal(200, (await new Call(world).SendAsync()).Status);
        await new Call(world) { TokenSigner = world.Licensing }.SendAsync();
        Call limited = new(world);
        limited.Poe["entitlements"]!["daily"] = 0;
        Assert.Equal("quota_daily", (await limited.SendAsync()).Code);
        string exported = await world.Http.GetStringAsync(new Uri(world.Operations, "/metrics"));
        HashSet<string> names = [.. Metric().Matches(string.Join('\n', exported.Split('\n').Where(line => !line.StartsWith('#')))).Select(match => match.Value)];
        foreach (string page in (string[])["telemetry.md", "alerts.yaml", "dashboard.json"])
        {
            foreach (string name in Metric().Matches(File.ReadAllText(Repository.Path("docs", "signer", page))).Select(match => match.Value).Distinct())
            {
                Assert.True(names.Contains(name) || names.Contains(name + "_bucket"), $"{page}: {name} is not exported:\n{string.Join('\n', names.Order(StringComparer.Ordinal))}");
            }
        }

        Assert.Matches("signer_token_rejections_total\\{.*reason=\"signature\"", exported);
        Assert.Matches("signer_quota_rejections_total\\{.*limit=\"daily\"", exported);
        Assert.Matches("signer_poe_checks_total\\{.*result=\"offline\"", exported);
        Assert.Equal(404, (int)(await world.Http.GetAsync(new Uri(world.Address, "/metrics"))).StatusCode);
    }

    [Fact]
    public async Task A_trace_that_a_request_names_stands_in_its_line()
    {
        await using World world = await World.StartAsync();
        Call call = new(world);
        call.Headers.Add(("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));
        await call.SendAsync();
        Assert.Equal("4bf92f3577b34da6a3ce929d0e0e4736", world.AuditLines()[^1]["traceId"]!.GetValue<string>());
    }

    [Fact]
    public void The_alert_rules_hold_their_tests()
    {
        Execution.Needs("promtool");
        Execution run = Execution.Of(["promtool", "test", "rules", "alerts.test.yaml"], Repository.Path("docs", "signer"));
        Assert.True(run.ExitCode == 0, run.Everything);
    }

    [GeneratedRegex(@"\bsigner_[a-z_]+[a-z]\b")]
    private static partial Regex Metric();
}

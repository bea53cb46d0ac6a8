using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OfflineKit.Testing;

namespace OfflineKit.Signer.Tests;

/// <summary>What is exported is what the page, the alert rules and the dashboard speak of.</summary>
[Collection("alone")]
public sealed partial class TelemetryTests
{
    [Fact]
    public async Task Every_metric_that_is_spoken_of_is_exported()
    {
        await using World world = await World.StartAsync(configuration => configuration["profiles"]![0]!["signers"]![0]!["notBefore"] = "2026-01-01T00:00:00Z");
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
    public async Task Spans_of_a_request_and_its_steps_are_sent_to_the_collector()
    {
        List<string> bodies = [];
        using StubServer collector = new(request =>
        {
            lock (bodies)
            {
                bodies.Add(request.Path + request.Body);
            }

            return new StubAnswer(200, "");
        });
        World world = await World.StartAsync(configuration => configuration["telemetry"] = new JsonObject { ["otlp"] = new Uri(collector.Address, "/v1/traces").ToString() });
        Call call = new(world);
        string token = world.Authority.Sign(call.TokenHeader, call.Token);
        call.TokenText = token;
        Assert.Equal(200, (await call.SendAsync()).Status);
        Assert.NotEqual("", world.AuditLines()[^1]["traceId"]!.GetValue<string>());
        await world.DisposeAsync();
        string sent = string.Concat(bodies);
        Assert.StartsWith("/v1/traces", sent);
        foreach (string part in (string[])["offlinekit-signer", "sign/dsse", "entitlement", "release", "signer.tenant", "acme"])
        {
            Assert.Contains(part, sent);
        }

        Assert.DoesNotContain(token, sent);
        Assert.DoesNotContain(token.Split('.')[2], sent);
    }

    [Fact]
    public async Task Each_request_is_a_line_where_that_is_wanted()
    {
        await using World world = await World.StartAsync();
        await using ServiceProcess service = await ServiceProcess.StartAsync(world, configuration => configuration["telemetry"] = new JsonObject { ["requestLines"] = true });
        using HttpRequestMessage request = new Call(world).Made(service.Address);
        using HttpResponseMessage answer = await world.Http.SendAsync(request);
        JsonNode line = JsonNode.Parse((await service.NextLineAsync())!)!;
        Assert.Equal(["traceId", "requestId", "endpoint", "tenant", "subjectSha256", "mode", "outcome", "status", "code", "durationMs"], line.AsObject().Select(member => member.Key));
        Assert.Equal(("sign/dsse", "acme", "signed", 200), (line["endpoint"]!.GetValue<string>(), line["tenant"]!.GetValue<string>(), line["outcome"]!.GetValue<string>(), line["status"]!.GetValue<int>()));
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

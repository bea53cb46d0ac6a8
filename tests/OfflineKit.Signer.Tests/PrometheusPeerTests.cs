using System.Text.Json.Nodes;
using OfflineKit.Testing;

namespace OfflineKit.Signer.Tests;

/// <summary>A real Prometheus scrapes the service, evaluates the alert rules, and answers every query of the dashboard with something.</summary>
[Collection("alone")]
public sealed class PrometheusPeerTests
{
    [Fact]
    public async Task Every_query_of_the_dashboard_is_answered_and_every_rule_is_evaluated()
    {
        PeerTools.Needed("prometheus");
        string folder = Directory.CreateTempSubdirectory("signer-prometheus-").FullName;
        Uri address = new($"http://127.0.0.1:{StubServer.FreePort()}/");
        await using World world = await World.StartAsync();
        File.Copy(Repository.Path("docs", "signer", "alerts.yaml"), Path.Combine(folder, "alerts.yaml"));
        File.WriteAllText(Path.Combine(folder, "prometheus.yml"), $"global: {{scrape_interval: 1s, evaluation_interval: 1s}}\nrule_files: [alerts.yaml]\nscrape_configs: [{{job_name: signer, static_configs: [{{targets: ['{world.Operations.Authority}']}}]}}]\n");
        await using (await PeerProcess.StartAsync(new Uri(address, "-/ready"), folder, "prometheus", "--config.file", "prometheus.yml", "--storage.tsdb.path", "data", "--web.listen-address", address.Authority, "--log.level", "error"))
        {
            JsonNode dashboard = JsonNode.Parse(File.ReadAllText(Repository.Path("docs", "signer", "dashboard.json")))!;
            string[] queries = [.. dashboard["panels"]!.AsArray().SelectMany(panel => panel!["targets"]?.AsArray() ?? []).Select(target => target!["expr"]!.GetValue<string>())];
            Assert.True(queries.Length > 10);
            List<string> open = [.. queries];
            for (int attempt = 0; attempt < 120 && open.Count > 0; attempt++)
            {
                await OneOfEachAsync(world);
                List<string> still = [];
                foreach (string query in open)
                {
                    if (!await IsAnsweredAsync(world.Http, address, query))
                    {
                        still.Add(query);
                    }
                }

                open = still;
                await Task.Delay(250);
            }

            Assert.Empty(open);
            JsonNode rules = JsonNode.Parse(await world.Http.GetStringAsync(new Uri(address, "api/v1/rules")))!;
            Assert.All(rules["data"]!["groups"]!.AsArray().SelectMany(group => group!["rules"]!.AsArray()), rule => Assert.Equal("ok", rule!["health"]!.GetValue<string>()));
        }

        Directory.Delete(folder, recursive: true);
    }

    // Signed, refused, limited: what every panel speaks of.
    private static async Task OneOfEachAsync(World world)
    {
        Assert.Equal(200, (await new Call(world).SendAsync()).Status);
        await new Call(world) { TokenSigner = world.Licensing }.SendAsync();
        Call limited = new(world);
        limited.Poe["entitlements"]!["daily"] = 0;
        await limited.SendAsync();
    }

    private static async Task<bool> IsAnsweredAsync(HttpClient http, Uri address, string query)
    {
        JsonNode answer = JsonNode.Parse(await (await http.GetAsync(new Uri(address, "api/v1/query?query=" + Uri.EscapeDataString(query)))).Content.ReadAsStringAsync())!;
        Assert.True(answer["status"]!.GetValue<string>() == "success", $"{query}: {answer["error"]}");
        return answer["data"]!["result"]!.AsArray().Count > 0;
    }
}

using System.Text.Json.Nodes;
using OfflineKit.Testing;

namespace OfflineKit.Signer.Tests;

/// <summary>The runbooks of docs/signer/runbooks.md, each gone through once: what is seen, what is done, and that it is over.</summary>
[Collection("alone")]
public sealed class RunbookTests : IAsyncLifetime
{
    private const string Words = "rehearsal of the runbook, nothing happened";
    private readonly Operators _operators = new();
    private World _world = null!;

    public async ValueTask InitializeAsync() => _world = await World.StartAsync(Operators.Configure);

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public void Every_runbook_is_rehearsed()
    {
        string[] headings = [.. File.ReadLines(Repository.Path("docs", "signer", "runbooks.md")).Where(line => line.StartsWith("## ", StringComparison.Ordinal)).Select(line => line[3..].Replace(' ', '_').Replace('-', '_'))];
        string[] tests = [.. typeof(RunbookTests).GetMethods().Concat(typeof(KeysElsewhereTests).GetMethods()).Select(method => method.Name)];
        Assert.NotEmpty(headings);
        Assert.Empty(headings.Where(heading => !tests.Contains(heading, StringComparer.Ordinal)));
    }

    [Fact]
    public async Task Rotation_of_a_key()
    {
        // The new key is pinned, pending, and published before it signs anything.
        Action<JsonObject> both = configuration =>
        {
            Operators.Configure(configuration);
            configuration["profiles"]![0]!["signers"]![1]!["state"] = "pending";
        };
        await _world.StartAgainAsync(both);
        Reply before = await SignedAsync();
        string[] ids = [.. (await KeysAsync()).Take(2).Select(key => key["keyid"]!.GetValue<string>())];
        Assert.Equal(("active", "pending"), (await StateAsync(0), await StateAsync(1)));
        Assert.Equal([ids[0]], Signers(before));

        Assert.Equal(200, (await DecideAsync(ids[1], "activate")).Status);
        Assert.Equal(2, Signers(await SignedAsync()).Length);
        Assert.Equal(200, (await DecideAsync(ids[0], "retire")).Status);
        Reply after = await SignedAsync();
        Assert.Equal([ids[1]], Signers(after));
        Assert.Equal("retiring", await StateAsync(0));
        Assert.Equal(200, (await DecideAsync(ids[0], "retire")).Status);
        await _world.StartAgainAsync(both);
        Assert.Equal(("retired", "active"), (await StateAsync(0), await StateAsync(1)));

        // What the old key signed is as good as before.
        Assert.Equal(0, Verified(before, "signing.pub"));
        Assert.Equal(0, Verified(after, "second.pub"));
        Assert.Equal(1, Verified(after, "signing.pub"));
    }

    [Fact]
    public async Task A_key_may_be_stolen()
    {
        string stolen = (await KeysAsync()).First()["keyid"]!.GetValue<string>();
        string[] signed = [(await SignedAsync()).Body!["bundleSha256"]!.GetValue<string>(), (await SignedAsync()).Body!["bundleSha256"]!.GetValue<string>()];
        Assert.Equal(200, (await DecideAsync(stolen, "revoke")).Status);
        Assert.DoesNotContain(stolen, Signers(await SignedAsync()));
        Call named = new(_world);
        named.Body["options"] = new JsonObject { ["signers"] = new JsonArray("default") };
        Assert.Equal("no_active_key", (await named.SendAsync()).Code);
        Assert.Equal("revoked", await StateAsync(0));

        // What it signed is known by the audit log.
        await _world.StartAgainAsync(Operators.Configure);
        JsonNode[] records = [.. (await new Call(_world).Get("/api/v1/signer/audit?limit=1000").SendAsync()).Body!["records"]!.AsArray().Select(line => line!["record"]!)];
        string[] affected = [.. records.Where(record => record["signers"]!.AsArray().Any(signer => signer!["keyid"]!.GetValue<string>() == stolen)).Select(record => record["bundleSha256"]!.GetValue<string>())];
        Assert.Equal(signed, affected);
    }

    [Fact]
    public async Task The_licensing_service_is_down()
    {
        JsonObject answer = new() { ["active"] = true };
        new Call(_world).Poe.ToList().ForEach(member => answer[member.Key] = member.Value?.DeepClone());
        bool isUp = true;
        using StubServer licensing = new(_ => isUp ? new StubAnswer(200, answer.ToJsonString()) : null);
        await _world.StartAgainAsync(configuration =>
        {
            Operators.Configure(configuration);
            configuration["bypass"] = new JsonObject { ["enabled"] = true };
            configuration["licensing"]!.AsObject().Remove("offline");
            (configuration["licensing"]!["url"], configuration["licensing"]!["cacheKey"]) = (licensing.Address.ToString(), "seal.key");
        });
        Call model = new(_world);
        string poe = _world.Licensing.Sign(model.PoeHeader, model.Poe);
        Assert.Equal("live", Entitlement(await SignedAsync(poe)));
        isUp = false;
        _world.Clock.Now += TimeSpan.FromHours(1);
        Reply stale = await SignedAsync(poe);
        Assert.Equal(("stale", 500), (Entitlement(stale), stale.Body!["policy"]!["quota"]!["limit"]!.GetValue<int>()));
        Assert.Contains("signer_poe_checks_total{", await MetricsAsync());
        Assert.Matches("signer_entitlement_age_seconds\\{[^}]*tenant=\"acme\"[^}]*\\} 3600", await MetricsAsync());
        Assert.Equal("ready\n", await ReadyAsync());

        _world.Clock.Now += TimeSpan.FromHours(24);
        Assert.Equal("poe_unavailable", (await new Call(_world) { PoeText = poe }.SendAsync()).Code);
        await BypassAsync("poe");
        Assert.Equal("bypass", Entitlement(await SignedAsync(poe)));
        isUp = true;
        Assert.Equal("live", Entitlement(await SignedAsync(poe)));
    }

    [Fact]
    public async Task A_source_of_releases_is_down()
    {
        int port = StubServer.FreePort();
        void WithRegistry(JsonObject configuration)
        {
            Operators.Configure(configuration);
            configuration["bypass"] = new JsonObject { ["enabled"] = true };
            configuration["release"]!["sources"]!.AsArray().Add(new JsonObject { ["kind"] = "registry", ["url"] = $"http://127.0.0.1:{port}/v2/stella/scanner" });
        }

        await _world.StartAgainAsync(WithRegistry);
        string digest = "sha256:" + new string('9', 64);
        Call Scanned()
        {
            Call call = new(_world);
            call.Body["scannerImageDigest"] = digest;
            return call;
        }

        Assert.Equal("release_check_unavailable", (await Scanned().SendAsync()).Code);
        await SignedAsync();

        // Minutes by two operators, days by the allow-list that is asked first.
        await BypassAsync("release");
        Assert.Equal("bypass", (await Scanned().SendAsync()).Body!["policy"]!["scannerRelease"]!.GetValue<string>());
        _world.Clock.Now += TimeSpan.FromMinutes(16);
        Assert.Equal("release_check_unavailable", (await Scanned().SendAsync()).Code);
        _world.Write("allow-list.json", World.AllowList(_world.ReleaseKey, $$"""[{"digest": "{{digest}}", "version": "2027.06", "notAfter": "2027-12-31T00:00:00Z", "approvedBy": "ada", "reason": "registry down"}]"""));
        Assert.Equal("verified", (await Scanned().SendAsync()).Body!["policy"]!["scannerRelease"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_quota_is_used_up()
    {
        void Plan(JsonObject configuration, int daily)
        {
            Operators.Configure(configuration);
            configuration["plans"]!["pro"]!["daily"] = daily;
        }

        await _world.StartAgainAsync(configuration => Plan(configuration, 2));
        await SignedAsync();
        Reply last = await SignedAsync();
        Assert.Equal(0, last.Body!["policy"]!["quota"]!["remaining"]!.GetValue<int>());
        Reply refused = await new Call(_world).SendAsync();
        Assert.Equal((429, "quota_daily", "43200"), (refused.Status, refused.Code, refused.Header("Retry-After")));
        string metrics = await MetricsAsync();
        Assert.Matches("signer_quota_rejections_total\\{[^}]*limit=\"daily\"[^}]*\\} 1", metrics);
        Assert.Matches("signer_quota_remaining\\{[^}]*limit=\"daily\"[^}]*\\} 0", metrics);

        // The smaller of plan and entitlement counts: raising the one is not enough.
        await _world.StartAgainAsync(configuration => Plan(configuration, 10));
        Call small = new(_world), large = new(_world);
        small.Poe["entitlements"]!["daily"] = 2;
        Assert.Equal("quota_daily", (await small.SendAsync()).Code);
        Assert.Equal(200, (await large.SendAsync()).Status);
    }

    [Fact]
    public async Task The_disk_of_the_audit_log_is_full()
    {
        Assert.SkipUnless(Environment.UserName == "root", "a small disk is mounted by root");
        string audit = _world.FilePath("audit");
        await _world.EndAsync();
        Directory.Delete(audit, recursive: true);
        Directory.CreateDirectory(audit);
        Assert.SkipUnless(Execution.Of(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", audit]).ExitCode == 0, "nothing can be mounted here");
        try
        {
            await _world.StartAgainAsync(configuration =>
            {
                Operators.Configure(configuration);
                configuration["plans"]!["pro"]!["daily"] = 100;
            });
            Reply first = await SignedAsync();
            int signed = 1;
            Fill(Path.Combine(audit, "filler"));
            for (int attempt = 0; attempt < 40; attempt++)
            {
                Reply full = await new Call(_world).SendAsync();
                signed += full.Status == 200 ? 1 : 0;
                if (full.Code == "audit_unavailable")
                {
                    Assert.Null(full.Body!["bundle"]);
                    break;
                }

                Assert.NotEqual(39, attempt);
            }

            Assert.Contains("audit", await ReadyAsync());
            Assert.Matches("signer_audit_write_failures_total(\\{[^}]*\\})? [1-9]", await MetricsAsync());

            // Room is made: what was not signed cost nothing, and the chain is whole.
            File.Delete(Path.Combine(audit, "filler"));
            Assert.Equal(100 - signed - 1, (await SignedAsync()).Body!["policy"]!["quota"]!["remaining"]!.GetValue<int>());
            Assert.Contains(first.Body!["audit"]!["hash"]!.GetValue<string>(), File.ReadAllText(Directory.GetFiles(audit, "*.jsonl")[0]));
            Execution checkedLog = Audited(Directory.GetFiles(audit, "*.jsonl")[0]);
            Assert.True(checkedLog.ExitCode == 0, checkedLog.Everything);
        }
        finally
        {
            await _world.EndAsync();
            Assert.Equal(0, Execution.Of(["umount", audit]).ExitCode);
        }
    }

    [Fact]
    public async Task The_clock_jumped()
    {
        Call made = new(_world);
        Assert.Equal("ready\n", await ReadyAsync());
        _world.Clock.Now -= TimeSpan.FromMinutes(10);
        Assert.Equal("the clock went back\n", await ReadyAsync());
        Assert.Contains((await made.SendAsync()).Code, (string[])["invalid_dpop_proof", "invalid_token"]);
        _world.Clock.Now += TimeSpan.FromMinutes(20);
        Assert.Contains((await made.SendAgainAsync()).Code, (string[])["invalid_dpop_proof", "invalid_token"]);
        _world.Clock.Now -= TimeSpan.FromMinutes(10);
        await _world.StartAgainAsync(Operators.Configure);
        Assert.Equal("ready\n", await ReadyAsync());
        await SignedAsync();
    }

    [Fact]
    public async Task An_emergency_bypass()
    {
        await _world.StartAgainAsync(configuration =>
        {
            Operators.Configure(configuration);
            configuration["bypass"] = new JsonObject { ["enabled"] = true };
        });
        string id = await BypassAsync("release");
        Assert.Matches("signer_bypass_active\\{[^}]*kind=\"release\"[^}]*\\} 1", await MetricsAsync());
        Call unknown = new(_world);
        unknown.Body["scannerImageDigest"] = "sha256:" + new string('8', 64);
        Assert.Equal(200, (await unknown.SendAsync()).Status);
        Assert.Equal(id, _world.AuditLines()[^1]["bypass"]!.GetValue<string>());
        Assert.Equal(200, (await _operators.AskAsync(_world, "cid", $"bypass/{id}", null)).Status);
        Assert.Matches("signer_bypass_active\\{[^}]*kind=\"release\"[^}]*\\} 0", await MetricsAsync());
        Assert.Equal(3, _world.AuditLines().Count(line => line["format"]!.GetValue<string>() == "admin/bypass"));
    }

    [Fact]
    public async Task Verifying_without_a_network()
    {
        Reply signed = await SignedAsync();
        string kit = _world.FilePath("kit");
        Directory.CreateDirectory(kit);
        foreach (JsonNode key in await KeysAsync())
        {
            File.WriteAllText(Path.Combine(kit, key["keyid"]!.GetValue<string>() + ".pub"), key["publicKey"]!.GetValue<string>());
        }

        await _world.EndAsync();
        _world.Write("kit/envelope.json", signed.Body!["bundle"]!["dsse"]!.ToJsonString());
        string[] keys = [.. Directory.GetFiles(kit, "*.pub").SelectMany(path => (string[])["--key", path])];
        Execution verified = Client.Run(["verify-envelope", Path.Combine(kit, "envelope.json"), .. keys, "--threshold", "2"]);
        Assert.True(verified.ExitCode == 0, verified.Everything);
        Execution audited = Audited(Directory.GetFiles(_world.FilePath("audit"))[0], "--head", _world.AuditHead());
        Assert.True(audited.ExitCode == 0, audited.Everything);
        await _world.StartAgainAsync(Operators.Configure);
    }

    private static void Fill(string path)
    {
        using FileStream file = new(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            for (int at = 0; at < 1024; at++)
            {
                file.Write(new byte[512]);
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    private static Execution Audited(string log, params string[] more) => Execution.Of(["dotnet", Path.Combine(AppContext.BaseDirectory, "OfflineKit.Signing.Cli.dll"), "audit", "verify", log, .. more]);

    private static string Entitlement(Reply reply) => reply.Body!["policy"]!["entitlement"]!.GetValue<string>();

    private static string[] Signers(Reply reply) => [.. reply.Body!["bundle"]!["dsse"]!["signatures"]!.AsArray().Select(signature => signature!["keyid"]!.GetValue<string>())];

    private async Task<Reply> SignedAsync(string? poe = null)
    {
        Reply reply = await new Call(_world) { PoeText = poe }.SendAsync();
        Assert.True(reply.Status == 200, reply.Body?.ToJsonString());
        return reply;
    }

    private async Task<IEnumerable<JsonNode>> KeysAsync() => (await new Call(_world).Get("/api/v1/signer/keys").SendAsync()).Body!["keys"]!.AsArray().Select(key => key!);

    private async Task<string> StateAsync(int key) => (await KeysAsync()).ElementAt(key)["state"]!.GetValue<string>();

    private Task<Reply> DecideAsync(string id, string action) => _operators.AskAsync(_world, "ada", $"keys/{id}/{action}", new JsonObject { ["reason"] = Words });

    private async Task<string> BypassAsync(string kind)
    {
        Reply opened = await _operators.AskAsync(_world, "ada", "bypass", new JsonObject { ["kind"] = kind, ["tenant"] = "acme", ["reasonCode"] = "disaster-recovery", ["reason"] = Words, ["minutes"] = 15, ["ticket"] = "INC-7" });
        string id = opened.Body!["id"]!.GetValue<string>();
        Assert.Equal(200, (await _operators.AskAsync(_world, "ben", $"bypass/{id}/confirm", [])).Status);
        return id;
    }

    private Task<string> MetricsAsync() => _world.Http.GetStringAsync(new Uri(_world.Operations, "/metrics"));

    private async Task<string> ReadyAsync() => await (await _world.Http.GetAsync(new Uri(_world.Operations, "/healthz/ready"))).Content.ReadAsStringAsync();

    private int Verified(Reply reply, string key)
    {
        _world.Write("envelope.json", reply.Body!["bundle"]!["dsse"]!.ToJsonString());
        return Client.Run(["verify-envelope", _world.FilePath("envelope.json"), "--key", _world.FilePath(key)]).ExitCode;
    }
}

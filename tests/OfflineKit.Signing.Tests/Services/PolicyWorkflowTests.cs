using System.Text.Json;
using OfflineKit.Formats.Sentinel;
using OfflineKit.Signing.Aws;
using OfflineKit.Signing.Formats;
using OfflineKit.Signing.Output;
using OfflineKit.Signing.Sentinel;

namespace OfflineKit.Signing.Tests.Services;

/// <summary>Policies are pushed whole or not at all, and loaded only when a pinned key signed them.</summary>
public sealed class PolicyWorkflowTests
{
    private const string Name = "/sentinel/policies/prod", SignatureName = "/sentinel/signatures/prod";
    private const string Policy = "version: \"1\"\nrules:\n  - name: all\n    effect: allow\n    conditions:\n      profiles: [prod]\n";

    [Fact]
    public async Task A_push_writes_the_signature_first_and_reads_both_again()
    {
        using Bench bench = new();
        await bench.PushAsync(Policy);
        Assert.Equal(
            ["GetParameter " + Name, "GetParameter " + SignatureName, "PutParameter " + SignatureName, "PutParameter " + Name, "GetParameter " + Name, "GetParameter " + SignatureName],
            bench.Calls);
        Assert.Equal(Policy, bench.Parameters[Name]);
    }

    [Theory]
    [InlineData("PutParameter " + SignatureName)]
    [InlineData("PutParameter " + Name)]
    [InlineData("GetParameter " + Name)]
    public async Task A_failed_push_puts_back_what_was_live(string failing)
    {
        using Bench bench = new();
        await bench.PushAsync(Policy);
        Dictionary<string, string> before = new(bench.Parameters);
        bool isPushing = false, failed = false;
        bench.Fault = call =>
        {
            isPushing |= call.StartsWith("Put", StringComparison.Ordinal);
            bool fails = call == failing && (isPushing || failing.StartsWith("Put", StringComparison.Ordinal)) && !failed;
            failed |= fails;
            return fails ? new Told(400, "{\"__type\":\"AccessDeniedException\",\"Message\":\"not today\"}") : null;
        };
        SigningException refusal = await Assert.ThrowsAsync<SigningException>(() => bench.PushAsync(Policy + "# new\n"));
        Assert.Equal("policy.rolled-back", refusal.Finding.Reason.Code);
        Assert.Equal(before, bench.Parameters);
        bench.Fault = _ => null;
        Assert.Equal(Policy, (await bench.Loader().LoadAsync(Name, default)).Content);
    }

    [Theory]
    [InlineData("GetParameter " + Name, 1, "service.denied", true)]
    [InlineData("GetParameter " + SignatureName, 1, "service.denied", true)]
    [InlineData("PutParameter " + SignatureName, 1, "policy.rolled-back", true)]
    [InlineData("PutParameter " + Name, 1, "policy.rolled-back", true)]
    [InlineData("GetParameter " + Name, 2, "policy.half-pushed", false)]
    [InlineData("GetParameter " + SignatureName, 2, "policy.half-pushed", false)]
    public async Task A_right_that_is_missing_for_good_leaves_the_old_pair_where_that_is_possible(string failing, int from, string reason, bool isAsBefore)
    {
        using Bench bench = new();
        await bench.PushAsync(Policy);
        Dictionary<string, string> before = new(bench.Parameters);
        int count = 0;
        bench.Fault = call => call == failing && ++count >= from ? new Told(400, "{\"__type\":\"AccessDeniedException\",\"Message\":\"not you\"}") : null;
        SigningException refusal = await Assert.ThrowsAsync<SigningException>(() => bench.PushAsync(Policy + "# new\n"));
        Assert.True(refusal.Finding.Reason.Code == reason && refusal.Finding.Detail.Contains("not you", StringComparison.Ordinal), refusal.Finding.Detail);
        Assert.Equal(isAsBefore, before.OrderBy(pair => pair.Key).SequenceEqual(bench.Parameters.OrderBy(pair => pair.Key)));
        bench.Fault = _ => null;

        // Never is anything live that enforcing servers would load and nobody signed.
        try
        {
            Assert.Contains((await bench.Loader().LoadAsync(Name, default)).Content, (string[])[Policy, Policy + "# new\n"]);
        }
        catch (SigningException closed)
        {
            Assert.Equal(("policy.not-loaded", false), (closed.Finding.Reason.Code, isAsBefore));
        }
    }

    [Theory]
    [InlineData((int)Cut.BeforeTheAnswer)]
    [InlineData((int)Cut.InTheBody)]
    public async Task A_write_whose_answer_is_lost_is_put_back(int cut)
    {
        using Bench bench = new();
        await bench.PushAsync(Policy);
        Dictionary<string, string> before = new(bench.Parameters);
        bench.After = (call, told) => call == "PutParameter " + Name && bench.Parameters[Name] != Policy ? told with { Cut = (Cut)cut } : told;
        SigningException refusal = await Assert.ThrowsAsync<SigningException>(() => bench.PushAsync(Policy + "# new\n"));
        Assert.Equal("policy.rolled-back", refusal.Finding.Reason.Code);
        Assert.Equal(before, bench.Parameters);
    }

    [Fact]
    public async Task Somebody_elses_trusted_push_is_not_undone()
    {
        using Bench bench = new();
        await bench.PushAsync(Policy + "# theirs\n");
        Dictionary<string, string> theirs = new(bench.Parameters);
        bench.Parameters.Clear();
        bool written = false;
        bench.Fault = call =>
        {
            written |= call == "PutParameter " + Name;
            if (written && call == "GetParameter " + Name)
            {
                theirs.ToList().ForEach(pair => bench.Parameters[pair.Key] = pair.Value);
            }

            return null;
        };
        SigningException refusal = await Assert.ThrowsAsync<SigningException>(() => bench.PushAsync(Policy));
        Assert.Equal("policy.exists", refusal.Finding.Reason.Code);
        Assert.Equal(theirs, bench.Parameters);
    }

    [Fact]
    public async Task A_first_push_that_fails_leaves_nothing_and_a_store_that_changes_text_is_noticed()
    {
        using Bench bench = new();
        bench.Fault = call => call == "PutParameter " + Name ? new Told(400, "{\"__type\":\"ValidationException\"}") : null;
        await Assert.ThrowsAsync<SigningException>(() => bench.PushAsync(Policy));
        Assert.Empty(bench.Parameters);
        bench.Fault = _ => null;
        bench.Mangle = true;
        Assert.Equal("policy.rolled-back", (await Assert.ThrowsAsync<SigningException>(() => bench.PushAsync(Policy))).Finding.Reason.Code);
        Assert.Empty(bench.Parameters);
    }

    [Fact]
    public async Task The_loader_fails_closed_and_keeps_verified_policies_for_thirty_seconds()
    {
        using Bench bench = new();
        SteppedClock clock = new();
        PolicyLoader loader = bench.Loader(clock: clock);
        await NotLoadedAsync(loader);
        await bench.PushAsync(Policy);
        Assert.Equal(Policy, (await loader.LoadAsync(Name, default)).Content);
        bench.Parameters[Name] = Policy.Replace("allow", "deny", StringComparison.Ordinal);
        clock.Now += TimeSpan.FromSeconds(29);
        int calls = bench.Calls.Length;
        Assert.Equal(Policy, (await loader.LoadAsync(Name, default)).Content);
        Assert.Equal(calls, bench.Calls.Length);
        clock.Now += TimeSpan.FromSeconds(2);
        await NotLoadedAsync(loader);
        bench.Parameters.Remove(SignatureName);
        await NotLoadedAsync(loader);
        LoadedPolicy warned = await bench.Loader(Enforcement.Warn).LoadAsync(Name, default);
        Assert.StartsWith("WARNING: policy", warned.Warning, StringComparison.Ordinal);
        bench.Parameters[SignatureName] = "{}";
        await NotLoadedAsync(bench.Loader(Enforcement.Warn));
        bench.Fault = _ => new Told(500, "");
        Assert.Equal("service.failed", (await Assert.ThrowsAsync<SigningException>(() => loader.LoadAsync(Name, default))).Finding.Reason.Code);
    }

    [Fact]
    public async Task Against_moto_the_whole_workflow_runs()
    {
        using Moto moto = await Moto.StartAsync();
        using Folder folder = new();
        folder.Write("policy.yaml", Policy);
        string arn = await moto.CreateKeyAsync("RSA_2048");
        Run(folder, moto, 0, "public-key", "awskms:///" + arn, "-o", "pin.pem");
        Run(folder, moto, 0, "policy", "validate", "policy.yaml");
        Run(folder, moto, 1, "policy", "diff", "prod", "policy.yaml");
        Run(folder, moto, 0, "policy", "push", "prod", "policy.yaml", "--sign", "--key-id", "awskms:///" + arn, "--public-key", "pin.pem");
        Run(folder, moto, 0, "policy", "diff", "prod", "policy.yaml");
        Run(folder, moto, 0, "policy", "pull", "prod", "-o", "pulled.yaml");
        Assert.Equal(Policy, File.ReadAllText(folder["pulled.yaml"]));
        Assert.Contains("profiles: [prod]", Run(folder, moto, 0, "policy", "load", "prod", "--public-key", "pin.pem"), StringComparison.Ordinal);
        folder.Write("policy.yaml", Policy + "# changed\n");
        Assert.Contains("policy.exists", Run(folder, moto, 1, "policy", "push", "prod", "policy.yaml", "--sign", "--key-id", "awskms:///" + arn, "--public-key", "pin.pem"), StringComparison.Ordinal);
        Run(folder, moto, 0, "policy", "push", "prod", "policy.yaml", "--sign", "--key-id", "awskms:///" + arn, "--public-key", "pin.pem", "--force");
        await moto.CallAsync("AmazonSSM.PutParameter", "{\"Name\":\"/sentinel/policies/prod\",\"Value\":\"version: evil\",\"Type\":\"String\",\"Overwrite\":true}");
        Assert.Contains("policy.not-loaded", Run(folder, moto, 1, "policy", "load", "prod", "--public-key", "pin.pem"), StringComparison.Ordinal);
        folder.Write("bad.yaml", "version: \"2\"\n");
        Run(folder, moto, 1, "policy", "validate", "bad.yaml");
        Run(folder, moto, 1, "policy", "load", "nobody", "--public-key", "pin.pem");
    }

    private static string Run(Folder folder, Moto moto, int wanted, params string[] arguments)
    {
        (int exit, string output) = Peer.Sign(folder.Path, arguments, "", moto.WithKeys);
        Assert.True(exit == wanted, $"{string.Join(' ', arguments)}: exit {exit}, wanted {wanted}: {output}");
        return output;
    }

    private static async Task NotLoadedAsync(PolicyLoader loader) =>
        Assert.Equal("policy.not-loaded", (await Assert.ThrowsAsync<SigningException>(() => loader.LoadAsync(Name, default))).Finding.Reason.Code);

    private sealed class SteppedClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 26, 10, 30, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }

    /// <summary>A parameter store on this machine and a key that signs in memory.</summary>
    private sealed class Bench : IDisposable
    {
        private readonly LoopbackServer _server;
        private readonly Trust.MemoryKey _key = Trust.MemoryKey.P256();
        private readonly ParameterStore _store;

        public Bench()
        {
            _server = new LoopbackServer(Answer);
            _store = ParameterStore.OpenAsync(
                new Amazon.Runtime.BasicAWSCredentials("x", "y"),
                new KeyOpening { Variable = name => name switch { "AWS_ENDPOINT_URL_SSM" => _server.Url, "AWS_REGION" => "eu-central-1", _ => null } },
                CancellationToken.None).GetAwaiter().GetResult();
        }

        public Dictionary<string, string> Parameters { get; } = [];

        public Func<string, Told?> Fault { get; set; } = _ => null;

        public Func<string, Told, Told> After { get; set; } = (_, told) => told;

        public bool Mangle { get; set; }

        public string[] Calls => [.. _server.Requests.Select(Call)];

        public PolicyLoader Loader(Enforcement enforcement = Enforcement.Enforce, TimeProvider? clock = null) =>
            new(_store, new PolicyTrust(_key.Material), enforcement, clock ?? TimeProvider.System);

        public async Task PushAsync(string policy)
        {
            using MemoryStream content = new(System.Text.Encoding.UTF8.GetBytes(policy)), written = new();
            SigningSession session = new(_key, _key.Material, new SentinelSignature(SentinelLayout.Parameter, "k"), DateTimeOffset.UnixEpoch, audit: null);
            await session.SignAsync(new SigningOrder("p", content, OutputTarget.To(written, "w")), default);
            await new PolicyPush(_store, new PolicyTrust(_key.Material)).PushAsync(Name, policy, System.Text.Encoding.UTF8.GetString(written.ToArray()), default);
        }

        public void Dispose()
        {
            _store.Dispose();
            _server.Dispose();
        }

        private static string Call(Asked asked)
        {
            using JsonDocument request = JsonDocument.Parse(asked.Body);
            return $"{asked.Header("X-Amz-Target")["AmazonSSM.".Length..]} {request.RootElement.GetProperty("Name").GetString()}";
        }

        private Told Answer(Asked asked)
        {
            Assert.StartsWith("AWS4-HMAC-SHA256 Credential=x/", asked.Header("Authorization"), StringComparison.Ordinal);
            string call = Call(asked), name = call.Split(' ')[1];
            return Fault(call) ?? After(call, Done(asked, call, name));
        }

        private Told Done(Asked asked, string call, string name)
        {
            using JsonDocument request = JsonDocument.Parse(asked.Body);
            switch (call.Split(' ')[0])
            {
                case "PutParameter":
                    Parameters[name] = request.RootElement.GetProperty("Value").GetString()! + (Mangle ? "\n" : "");
                    return new Told(200, "{\"Version\":1,\"Tier\":\"Standard\"}");
                case "DeleteParameter":
                    return Parameters.Remove(name) ? new Told(200, "{}") : new Told(400, "{\"__type\":\"ParameterNotFound\"}");
                default:
                    return Parameters.TryGetValue(name, out string? value)
                        ? new Told(200, $"{{\"Parameter\":{{\"Name\":\"{name}\",\"Type\":\"String\",\"Value\":{JsonSerializer.Serialize(value)},\"Version\":1}}}}")
                        : new Told(400, "{\"__type\":\"ParameterNotFound\"}");
            }
        }
    }
}

using System.Diagnostics;
using System.Text.Json.Nodes;

namespace OfflineKit.Signer.Tests;

/// <summary>Tests that count what a busy machine answers run when nothing else does.</summary>
[CollectionDefinition("alone", DisableParallelization = true)]
public sealed class AloneCollection;

/// <summary>Several instances on one PostgreSQL, which these tests start in a folder of their own.</summary>
[Collection("alone")]
public sealed class PostgresTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("signer-postgres-").FullName;
    private Process? _server;

    private static string? Programs => new[] { "/usr/lib/postgresql/17/bin", "/usr/lib/postgresql/15/bin" }.FirstOrDefault(Directory.Exists);

    public async ValueTask InitializeAsync()
    {
        if (Programs is not { } programs)
        {
            return;
        }

        Run("chmod", "777", _folder);
        string data = Path.Combine(_folder, "data");
        AsNobody(Path.Combine(programs, "initdb"), "-D", data, "-U", "signer", "-A", "trust", "--no-sync");
        _server = Process.Start(Nobody(Path.Combine(programs, "postgres"), "-D", data, "-k", _folder, "-c", "listen_addresses=", "-c", "max_connections=200", "-c", "fsync=off"))!;
        for (int attempt = 0; attempt < 100 && !File.Exists(Path.Combine(_folder, ".s.PGSQL.5432")); attempt++)
        {
            await Task.Delay(100);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            Run("kill", "-INT", File.ReadLines(Path.Combine(_folder, "data", "postmaster.pid")).First());
            await _server.WaitForExitAsync();
            _server.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Two_instances_share_quota_and_replay()
    {
        Assert.SkipWhen(Programs is null, "PostgreSQL is not installed");
        await using World one = await World.StartAsync(Configure), two = await World.StartAsync(Configure, like: one);

        // The server's clock is the real one, so that of the instances is too.
        one.Clock.Now = two.Clock.Now = DateTimeOffset.UtcNow;
        Reply[] replies = await Task.WhenAll(Enumerable.Range(0, 200).Select(at => DecidedAsync(at % 2 == 0 ? one : two)));
        string codes = string.Join(", ", replies.GroupBy(reply => $"{reply.Status} {reply.Code}", StringComparer.Ordinal).Select(group => $"{group.Count()} × {group.Key}"));
        Assert.True(replies.Count(reply => reply.Status == 200) == 100, codes);
        Assert.Equal(100, replies.Count(reply => reply.Code == "quota_daily"));

        Call first = new(one);
        first.Poe["plan"] = "free";
        await first.SendAsync();
        Call again = first.As(two);
        Assert.Equal("invalid_dpop_proof", (await again.SendAsync()).Code);
        Assert.Equal("dpop_replay", two.AuditLines()[^1]["reason"]!.GetValue<string>());
    }

    // What a busy machine answers for lack of time is asked again, as clients do: it must have cost nothing.
    private static async Task<Reply> DecidedAsync(World world)
    {
        Reply reply = await new Call(world).SendAsync();
        for (int attempt = 0; attempt < 20 && reply.Status != 200 && reply.Code != "quota_daily"; attempt++)
        {
            reply = await new Call(world).SendAsync();
        }

        return reply;
    }

    private void Configure(JsonObject configuration)
    {
        configuration["store"] = new JsonObject { ["kind"] = "postgres", ["connection"] = $"Host={_folder};Username=signer;Database=postgres;Maximum Pool Size=40" };
        configuration["plans"]!["pro"]!["daily"] = 100;
        configuration["authority"]!["maxAge"] = 315360000;
    }

    private static ProcessStartInfo Nobody(string program, params string[] arguments)
    {
        string[] command = Environment.UserName == "root" ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", program, .. arguments] : [program, .. arguments];
        return new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
    }

    private static void AsNobody(string program, params string[] arguments) => Finish(Process.Start(Nobody(program, arguments))!);

    private static void Run(string program, params string[] arguments) => Finish(Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!);

    private static void Finish(Process process)
    {
        Task<string> error = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error.Result);
        process.Dispose();
    }
}

using System.Text.Json;
using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests;

/// <summary>What the time decided is not kept by <c>--resume</c>: the file may be decided otherwise by now.</summary>
public sealed class ResumedTimeTests : IDisposable
{
    private const string Time = "2026-11-30T12:00:00Z";

    private static readonly string Vectors = Repository.Path("tests", "vectors");
    private readonly string _folder = Directory.CreateTempSubdirectory("offlinekit-time-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("minisign/prehashed", "a.txt", false, "--key", "minisign/_keys/alice.pub")]
    [InlineData("jws/at-its-end", "a.jwt", true, "--key", "jws/_keys/p256.pem")]
    [InlineData("trust-store/in-window", "a.txt", true, "--trust", "trust-store/in-window/trust")]
    [InlineData("trust-store/on-by-default", "a.txt", false, "--trust", "trust-store/on-by-default/trust")]
    [InlineData("openpgp/detached-ed", "a.txt", true, "--key", "openpgp/_keys/ed.asc")]
    [InlineData("cms/detached-p256", "a.txt", true, "--ca", "cms/_keys/root.crt")]
    [InlineData("codesentinel/numbers", "gate.csevent.json", false, "--key", "codesentinel/_keys/p256.pem")]
    [InlineData("exports/checksums-as-apt-expired/e", "{\"path\":\"main/binary-amd64/Packages\",\"signaturePath\":\"InRelease\"}", true, "--key", "exports/_keys/lena.asc")]
    [InlineData("exports/checksums-as-aws-json/e", "{\"path\":\"app-1.0-windows.zip\",\"signaturePath\":\"SHA256SUMS\"}", false, "--key", "exports/_keys/lena.pem")]
    public void A_result_says_whether_the_time_decided_it_and_is_kept_only_then_when_it_did_not(string vector, string entry, bool isTimed, string option, string trust)
    {
        string[] words = ["verify", "--batch", List(entry), option, Path.Combine(Vectors, trust)];
        string folder = Path.Combine(Vectors, vector);
        (JsonElement line, string results) = One(Client.Run(words, folder));
        Assert.Equal(isTimed, line.TryGetProperty("timed", out _));
        Assert.Equal(!isTimed, One(Client.Run([.. words, "--resume", results], folder)).Line.TryGetProperty("resumed", out _));

        (JsonElement stated, string statedResults) = One(Client.Run([.. words, "--at", Time], folder));
        Assert.False(stated.TryGetProperty("timed", out _));
        Assert.True(One(Client.Run([.. words, "--at", Time, "--resume", statedResults], folder)).Line.TryGetProperty("resumed", out _));
    }

    [Fact]
    public void A_policy_s_limit_on_age_is_asked_again()
    {
        File.WriteAllText(In("policy.yaml"), "version: 1\nname: young\nsigners:\n  - any-of: [one]\nmax-age-days: 36500\n");
        string[] words = ["verify", "--batch", List("a.txt"), "--policy", In("policy.yaml"), "--key", "one=" + Path.Combine(Vectors, "minisign/_keys/alice.pub")];
        string folder = Path.Combine(Vectors, "minisign/prehashed");
        (JsonElement line, string results) = One(Client.Run(words, folder));
        Assert.True(line.GetProperty("timed").GetBoolean());
        Assert.False(One(Client.Run([.. words, "--resume", results], folder)).Line.TryGetProperty("resumed", out _));
    }

    [Fact]
    public void Nothing_is_kept_when_imported_trust_has_become_too_old()
    {
        string state = In("state"), folder = Path.Combine(Vectors, "minisign/prehashed");
        string pin = File.ReadAllText(Path.Combine(Vectors, "trust/sound/case.txt")).Split("--root-fingerprint ")[1][..64];
        Execution import = Client.Run(["trust", "import", Path.Combine(Vectors, "trust/_bundles/v1.tar"), "--root-fingerprint", pin, "--state", state, "--accept-expired-metadata"]);
        Assert.True(import.ExitCode == 0, import.Everything);
        string[] words = ["verify", "--batch", List("a.txt"), "--key", Path.Combine(Vectors, "minisign/_keys/alice.pub"), "--state", state, "--max-trust-age"];
        Execution now = Client.Run([.. words, "1"], folder), earlier = Client.Run([.. words, "36500"], folder);
        Assert.Contains("trust.too-old", now.Stdout, StringComparison.Ordinal);
        Assert.True(earlier.ExitCode == 0, earlier.Everything);
        File.WriteAllText(In("younger"), earlier.Stdout);
        Assert.True(One(Client.Run([.. words, "36500", "--resume", In("younger")], folder)).Line.TryGetProperty("resumed", out _));

        // What the first question would have come to while the trust was young.
        File.WriteAllText(In("results"), now.Stdout.Split('\n')[0] + "\n" + earlier.Stdout.Split('\n')[1] + "\n");
        Execution later = Client.Run([.. words, "1", "--resume", In("results")], folder);
        Assert.Equal(1, later.ExitCode);
        Assert.Contains("trust.too-old", later.Stdout, StringComparison.Ordinal);
    }

    private (JsonElement Line, string Results) One(Execution run)
    {
        string[] lines = run.Stdout.TrimEnd('\n').Split('\n');
        Assert.True(lines.Length == 3, run.Everything);
        string results = In(Guid.NewGuid().ToString());
        File.WriteAllText(results, run.Stdout);
        JsonElement line = JsonDocument.Parse(lines[1]).RootElement;
        Assert.True(line.GetProperty("status").GetString() is "valid" or "invalid", run.Everything);
        return (line, results);
    }

    private string List(string entry)
    {
        string list = In(entry.StartsWith('{') ? "list.ndjson" : "list");
        File.WriteAllText(list, entry + "\n");
        return list;
    }

    private string In(string name) => Path.Combine(_folder, name);
}

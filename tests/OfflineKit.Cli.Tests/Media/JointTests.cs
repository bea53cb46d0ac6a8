using OfflineKit.Signing;
using OfflineKit.Signing.Formats;
using OfflineKit.Signing.Keys;
using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests.Media;

/// <summary>Signatures of one file by several signers add up on every surface alike, and too few are called that.</summary>
public sealed class JointTests : IDisposable
{
    private readonly Stick _stick = new();

    public JointTests() => File.WriteAllBytes(_stick.Beside("keys/second.pub"), PublicKeyText.Write(_stick.Stranger, PublicKeyForm.Minisign));

    public void Dispose() => _stick.Dispose();

    [Fact]
    public async Task On_a_medium_two_signers_are_enough_and_one_is_too_few()
    {
        await FillAsync();
        Execution run = _stick.Verify("stick", "--key", "keys", "--threshold", "2");
        Assert.Equal(["both trusted", "one too-few-signed", "twice too-few-signed"], _stick.Standings(run).Select(pair => $"{pair.Key} {pair.Value}").Order(StringComparer.Ordinal));
        Execution text = _stick.Verify("stick", "--key", "keys", "--threshold", "2", "--output", "text");
        Assert.Contains("too few of those asked signed it: stick/one: policy.signers: 1 distinct trusted keys signed, wanted 2 (1 of the 2 asked)", text.Stdout, StringComparison.Ordinal);
        Assert.Contains("trusted: stick/both (team.pub, second.pub)", text.Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_says_the_same()
    {
        await FillAsync();
        File.WriteAllLines(_stick.Beside("list"), ["stick/both", "stick/one", "stick/twice"]);
        Execution run = _stick.Verify("--batch", "list", "--key", "keys", "--threshold", "2");
        Assert.Equal(["both trusted", "one too-few-signed", "twice too-few-signed"], _stick.Standings(run).Select(pair => $"{pair.Key} {pair.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Serve_says_the_same()
    {
        await FillAsync();
        string[] requests = [.. new[] { "both", "one", "twice" }.Select(name => System.Text.Json.JsonSerializer.Serialize(
            new Dictionary<string, object> { ["id"] = name, ["verb"] = "verify", ["path"] = _stick[name], ["publicKey"] = new[] { _stick.Beside("keys") }, ["threshold"] = 2 }))];
        Execution run = Client.Run(["serve"], stdin: System.Text.Encoding.UTF8.GetBytes(string.Join('\n', requests) + "\n"));
        Assert.Equal(["both valid", "one invalid", "twice invalid"], Statuses(run).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Statuses(Execution run) => run.Stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
        .Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement).Select(answer => $"{answer.GetProperty("id").GetString()} {answer.GetProperty("status").GetString()}");

    private async Task FillAsync()
    {
        await _stick.SignedAsync("both", "a", _stick.Team, new MinisignSignature());
        await _stick.SignAsync("both", _stick.Stranger, new MinisignSignature(), _stick["both.second.minisig"]);
        await _stick.SignedAsync("one", "b", _stick.Team, new MinisignSignature());
        await _stick.SignedAsync("twice", "c", _stick.Team, new MinisignSignature());
        await _stick.SignAsync("twice", _stick.Team, new MinisignSignature(), _stick["twice.second.minisig"]);
    }
}

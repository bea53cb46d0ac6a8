using System.Text.Json;

namespace OfflineKit.Signing.Tests.Output;

/// <summary>Runs at the same time lose nothing of each other: whoever says that it is done is in the file.</summary>
public sealed class TogetherTests
{
    private const int Runs = 6;

    [Fact]
    public async Task Every_signature_that_was_reported_is_in_the_envelope()
    {
        using Bench bench = new();
        int done = await AtOnce(bench, i => $"sign b --format dsse --append b.dsse.json --key k{i}.pem");
        using JsonDocument envelope = JsonDocument.Parse(File.ReadAllText(bench.Folder["b.dsse.json"]));
        Assert.Equal((Runs, Runs + 1), (done, envelope.RootElement.GetProperty("signatures").GetArrayLength()));
        Assert.DoesNotContain(Tree.Of(bench.Folder.Path), entry => entry.Contains(".lock", StringComparison.Ordinal) || entry.Contains(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_bundle_that_was_reported_is_one_line()
    {
        using Bench bench = new();
        int done = await AtOnce(bench, i => $"sign b --format sigstore --append b.jsonl --key k{i}.pem");
        string[] lines = File.ReadAllLines(bench.Folder["b.jsonl"]);
        Assert.Equal((Runs, Runs + 1), (done, lines.Length));
        Assert.All(lines, line => JsonDocument.Parse(line).Dispose());
    }

    [Fact]
    public async Task One_of_several_gets_a_new_name_and_the_others_say_so()
    {
        using Bench bench = new();
        Assert.Equal(1, await AtOnce(bench, i => $"sign a --format minisign --key k{i}.pem -o one.minisig"));
    }

    [Fact]
    public async Task Every_key_that_was_reported_is_staged()
    {
        using Bench bench = new();
        int done = await AtOnce(bench, i => $"trust add repo k{i}.pub --name k{i}");
        using JsonDocument list = JsonDocument.Parse(File.ReadAllText(bench.Folder["repo/staged/targets/trust.json"]));
        Assert.Equal((Runs, Runs), (done, list.RootElement.GetProperty("roots").GetArrayLength()));
    }

    private static async Task<int> AtOnce(Bench bench, Func<int, string> line)
    {
        for (int i = 0; i < Runs; i++)
        {
            Peer.Must(bench.Folder.Path, "openssl", ["genpkey", "-algorithm", "ed25519", "-out", $"k{i}.pem"]);
            Peer.Must(bench.Folder.Path, "openssl", ["pkey", "-in", $"k{i}.pem", "-pubout", "-out", $"k{i}.pub"]);
        }

        int done = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, Runs), new ParallelOptions { MaxDegreeOfParallelism = Runs }, (i, _) =>
        {
            if (bench.Sign(line(i)).Exit == 0)
            {
                Interlocked.Increment(ref done);
            }

            return ValueTask.CompletedTask;
        });
        return done;
    }
}

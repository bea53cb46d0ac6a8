using System.Text.Json;
using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests;

/// <summary>Many files in one run: results in order, an honest exit status, and nothing kept that changed.</summary>
public sealed class BatchTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("offlinekit-batch-").FullName;
    private readonly string[] _key = ["--key", Repository.Path("tests", "vectors", "minisign", "_keys", "alice.pub")];

    [Fact]
    public void Results_come_in_the_order_of_the_list_with_any_number_of_threads()
    {
        string[] names = [.. Enumerable.Range(0, 500).Select(i => $"f{i * 7919 % 500:D3}.txt")];
        Array.ForEach(names, name => Copy(name));
        File.WriteAllLines(In("list"), names);
        foreach (string jobs in new[] { "1", "2", "9" })
        {
            Execution run = Verify(["--batch", "list", "--jobs", jobs]);
            Assert.Equal(0, run.ExitCode);
            Assert.Equal(names, Paths(run));
        }
    }

    [Fact]
    public void One_invalid_file_makes_the_run_not_trusted()
    {
        Copy("good.txt");
        Copy("bad.txt");
        File.AppendAllText(In("bad.txt"), "x");
        Execution run = Verify(["good.txt", "bad.txt"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(["valid", "invalid"], Lines(run)[1..^1].Select(line => line.GetProperty("status").GetString()));
        Assert.Equal(1, Lines(run)[^1].GetProperty("summary").GetProperty("reasons").GetProperty("signature.mismatch").GetInt64());
    }

    [Fact]
    public void What_cannot_be_decided_is_neither_trusted_nor_refused()
    {
        Copy("good.txt");
        File.WriteAllText(In("unsigned.txt"), "");
        Execution run = Verify(["good.txt", "unsigned.txt", "missing.txt"]);
        Assert.Equal(2, run.ExitCode);
        Assert.Equal(["valid", "not-signed", "error"], Lines(run)[1..^1].Select(line => line.GetProperty("status").GetString()));
    }

    [Fact]
    public void An_empty_list_trusts_nothing()
    {
        File.WriteAllText(In("list"), "\n\n");
        Assert.Equal(2, Verify(["--batch", "list"]).ExitCode);
    }

    [Fact]
    public void A_misspelt_member_is_an_error_of_its_entry()
    {
        Copy("good.txt");
        File.WriteAllText(In("list"), """{"path":"good.txt","identiti":"x"}""" + "\n" + """{"path":"good.txt"}""" + "\n");
        Execution run = Verify(["--batch", "list", "--list-format", "ndjson"]);
        Assert.Equal(2, run.ExitCode);
        Assert.Equal(["error", "valid"], Lines(run)[1..^1].Select(line => line.GetProperty("status").GetString()));
    }

    [Fact]
    public void Folders_give_their_files_but_not_the_signatures_beside_them()
    {
        Directory.CreateDirectory(In("d/e"));
        Copy("d/b.txt");
        Copy("d/a.txt");
        Copy("d/e/c.txt");
        Assert.Equal(["d/a.txt", "d/b.txt", "d/e/c.txt"], Paths(Verify(["--recurse", "d"])));
    }

    [Fact]
    public void Resume_keeps_what_did_not_change_and_decides_the_rest()
    {
        Copy("same.txt");
        Copy("changed.txt");
        File.WriteAllText(In("earlier"), Verify(["same.txt", "changed.txt"]).Stdout);
        File.AppendAllText(In("changed.txt"), "x");
        Execution run = Verify(["same.txt", "changed.txt", "--resume", "earlier"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Equal([true, false], Lines(run)[1..^1].Select(line => line.TryGetProperty("resumed", out _)));
        Assert.Equal(1, Lines(run)[^1].GetProperty("summary").GetProperty("resumed").GetInt64());
    }

    [Fact]
    public void What_was_refused_is_decided_again_when_another_signature_has_come()
    {
        Copy("a.txt");
        File.Copy(In("a.txt.minisig"), In("good"));
        File.WriteAllText(In("a.txt.minisig"), File.ReadAllText(In("a.txt.minisig")).Replace("comment: ", "comment: not ", StringComparison.Ordinal));
        File.WriteAllText(In("earlier"), Verify(["a.txt", "./a.txt"]).Stdout);
        Execution same = Verify(["a.txt", "./a.txt", "--resume", "earlier"]);
        Assert.Equal((1, 2), (same.ExitCode, same.Stdout.Split("\"resumed\":true").Length - 1));
        File.Move(In("good"), In("a.txt.sig"));
        Execution run = Verify(["a.txt", "./a.txt", "--resume", "earlier"]);
        Assert.True(run.ExitCode == 0, run.Everything);
    }

    [Fact]
    public void Results_under_another_key_are_not_kept()
    {
        Copy("same.txt");
        File.WriteAllText(In("earlier"), Verify(["same.txt", "same.txt"]).Stdout);
        string other = Repository.Path("tests", "vectors", "minisign", "_keys", "mallory.pub");
        Execution run = Client.Run(["verify", "same.txt", "--resume", "earlier", "--key", other], _folder);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("answers another question", run.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public void Results_are_not_kept_when_a_revocation_was_imported_since()
    {
        string vectors = Repository.Path("tests", "vectors", "trust-life"), state = In("state"), key = Path.Combine(vectors, "_inputs", "mini.pub");
        File.Copy(Path.Combine(vectors, "_inputs", "a.txt"), In("a.txt"));
        File.Copy(Path.Combine(vectors, "_inputs", "a.txt.minisig"), In("a.txt.minisig"));
        string[] words = ["verify", "a.txt", "./a.txt", "--key", key, "--state", state];
        Copy(Path.Combine(vectors, "state-in-force", "state"), state);
        Execution earlier = Client.Run(words, _folder);
        Assert.Equal(0, earlier.ExitCode);
        File.WriteAllText(In("earlier"), earlier.Stdout);
        Directory.Delete(state, recursive: true);
        Copy(Path.Combine(vectors, "revoked-minisign-key", "state"), state);
        Assert.Equal(1, Client.Run(words, _folder).ExitCode);
        Execution run = Client.Run([.. words, "--resume", "earlier"], _folder);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("answers another question", run.Stderr, StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static JsonElement[] Lines(Execution run) => [.. run.Stdout.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement)];

    private static IEnumerable<string?> Paths(Execution run) => Lines(run)[1..^1].Select(line => line.GetProperty("path").GetString());

    private Execution Verify(string[] words) => Client.Run(["verify", .. words, .. _key], _folder, configuration: In("configuration"));

    private string In(string name) => Path.Combine(_folder, name);

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private void Copy(string name)
    {
        string good = Repository.Path("tests", "vectors", "minisign", "prehashed", "a.txt");
        File.Copy(good, In(name));
        File.Copy(good + ".minisig", In(name) + ".minisig");
    }
}

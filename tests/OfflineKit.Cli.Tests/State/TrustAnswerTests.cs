using System.Text.Json;
using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests.State;

/// <summary>docs/spec/trust-reports.md names every member of every JSON answer of the trust commands, and none that is never given.</summary>
public sealed class TrustAnswerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("offlinekit-answers-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_page_and_the_answers_name_the_same_members()
    {
        string state = Repository.Path("tests", "vectors", "trust-life", "state-in-force", "state"), damaged = Repository.Path("tests", "vectors", "trust-life", "state-generation-missing", "state");
        string bundle = Path.Combine(_folder, "bundle.tar"), next = Path.Combine(_folder, "next");
        HashSet<string> seen = new(StringComparer.Ordinal);
        Collect(seen, 0, "trust", "export", bundle, "--state", state);
        string pin = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(Path.Combine(state, "default", "generations", "000001", "metadata", "1.root.json"))));
        foreach (string[] line in (string[][])
        [
            ["trust", "list", "--state", state], ["trust", "show", "demo", "--state", state], ["trust", "status", "--state", state], ["trust", "check", "--state", state],
            ["trust", "check", bundle, "--root-fingerprint", pin, "--accept-expired-metadata"], ["trust", "import", bundle, "--root-fingerprint", pin, "--state", next, "--accept-expired-metadata"],
            ["trust", "diff", bundle, "--state", next],
        ])
        {
            Collect(seen, 0, line);
        }

        Collect(seen, 1, "trust", "list", "--state", damaged);
        Collect(seen, 1, "trust", "status", "--state", damaged);
        HashSet<string> described = [.. Described(File.ReadAllLines(Repository.Path("docs", "spec", "trust-reports.md")))];
        Assert.Equal("", string.Join(", ", seen.Except(described, StringComparer.Ordinal).Order(StringComparer.Ordinal)));
        Assert.Equal("", string.Join(", ", described.Except(seen, StringComparer.Ordinal).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void An_export_gives_the_same_bytes_in_every_form_and_every_form_imports()
    {
        string state = Repository.Path("tests", "vectors", "trust-life", "state-in-force", "state");
        string[] names = ["one.tar", "two.tar", "three.tar.zst", "four.tar.zst", "folder"];
        string pin = "";
        foreach (string name in names)
        {
            using JsonDocument answer = Answer(0, "trust", "export", Path.Combine(_folder, name), "--state", state);
            pin = answer.RootElement.GetProperty("pinnedRoot").GetString()!;
            Answer(0, "trust", "check", Path.Combine(_folder, name), "--root-fingerprint", pin, "--accept-expired-metadata").Dispose();
        }

        Assert.Equal(File.ReadAllBytes(Path.Combine(_folder, "one.tar")), File.ReadAllBytes(Path.Combine(_folder, "two.tar")));
        Assert.Equal(File.ReadAllBytes(Path.Combine(_folder, "three.tar.zst")), File.ReadAllBytes(Path.Combine(_folder, "four.tar.zst")));
        Assert.Equal(2, Client.Run(["trust", "export", Path.Combine(_folder, "folder"), "--state", state]).ExitCode);
    }

    [Fact]
    public void An_imported_root_is_switched_like_any_other()
    {
        string state = Repository.Path("tests", "vectors", "trust-life", "state-in-force", "state"), inputs = Repository.Path("tests", "vectors", "trust-life", "_inputs");
        string[] verify = ["verify", Path.Combine(inputs, "a.txt"), "--state", state];
        Assert.Equal(0, Client.Run(verify, configuration: _folder).ExitCode);
        Assert.Equal(0, Client.Run(["trust", "disable", "demo", "--state", state], configuration: _folder).ExitCode);
        Assert.Equal(2, Client.Run(verify, configuration: _folder).ExitCode);
        Assert.Contains("demo                     off  active      public-key", Client.Run(["trust", "list", "--state", state], configuration: _folder).Stdout, StringComparison.Ordinal);
        Assert.Equal(0, Client.Run(["trust", "enable", "demo", "--state", state], configuration: _folder).ExitCode);
        Assert.Equal(0, Client.Run(verify, configuration: _folder).ExitCode);
    }

    private static void Collect(HashSet<string> seen, int exit, params string[] arguments)
    {
        using JsonDocument answer = Answer(exit, arguments);
        Collect(seen, answer.RootElement);
    }

    private static JsonDocument Answer(int exit, params string[] arguments)
    {
        Execution run = Client.Run([.. arguments, "--output", "json"]);
        Assert.True(run.ExitCode == exit, run.Everything);
        return JsonDocument.Parse(run.Stdout);
    }

    private static void Collect(HashSet<string> seen, JsonElement element)
    {
        foreach (JsonElement child in element.ValueKind switch
        {
            JsonValueKind.Object => element.EnumerateObject().Select(member => Named(seen, member)),
            JsonValueKind.Array => element.EnumerateArray(),
            _ => (IEnumerable<JsonElement>)[],
        })
        {
            Collect(seen, child);
        }
    }

    private static JsonElement Named(HashSet<string> seen, JsonProperty member)
    {
        seen.Add(member.Name);
        return member.Value;
    }

    // The first column of each table, and the words in the meanings that begin their cell.
    private static IEnumerable<string> Described(string[] page) => page
        .Where(line => line.StartsWith("| `", StringComparison.Ordinal) || line.StartsWith("An import: ", StringComparison.Ordinal))
        .SelectMany(line => Words(line.StartsWith("An import", StringComparison.Ordinal) ? "`name`" : line.Split('|')[1])
            .Concat(line.Contains("`reason`", StringComparison.Ordinal) || line.Contains("| `role`", StringComparison.Ordinal) || line.Contains("| `version` and", StringComparison.Ordinal) || line.Contains("| `path`", StringComparison.Ordinal)
                ? Words(line.Split('|')[2]) : []));

    private static IEnumerable<string> Words(string cell) => cell.Split('`').Where((_, i) => i % 2 == 1);
}

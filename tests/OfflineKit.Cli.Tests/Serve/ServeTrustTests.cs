using System.Text.Json;
using OfflineKit.Host.State;
using OfflineKit.Encoding;
using OfflineKit.Testing;
using OfflineKit.Trust;

namespace OfflineKit.Cli.Tests.Serve;

/// <summary>Keys that a user adds are trusted like bundled ones, until they are removed; bundled ones cannot be touched.</summary>
public sealed class ServeTrustTests : IDisposable
{
    private static readonly string Key = Repository.Path("tests", "vectors", "minisign", "_keys", "alice.pub"), Good = Repository.Path("tests", "vectors", "minisign", "prehashed", "a.txt");
    private readonly string _folder = Directory.CreateTempSubdirectory("offlinekit-roots-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void An_added_key_is_listed_consulted_exported_tested_and_removed()
    {
        string fingerprint = Fingerprint();
        Engine engine = Ask(
            $$"""{"id":"1","verb":"trust-add","name":"alice","path":{{Json(Key)}},"fingerprint":"{{fingerprint}}"}""");
        Assert.Equal("added", ServeTests.Status(engine.Only("1")));
        engine = Ask(
            """{"id":"1","verb":"trust-list"}""",
            $$"""{"id":"2","verb":"verify","path":{{Json(Good)}}}""",
            """{"id":"3","verb":"trust-export","name":"alice"}""",
            """{"id":"4","verb":"trust-test","name":"alice"}""");
        Assert.Contains(engine.Only("1").GetProperty("trustRoots").EnumerateArray(), root => root.GetProperty("name").GetString() == "alice" && root.GetProperty("source").GetString() == "Imported");
        Assert.Equal("valid", ServeTests.Status(engine.Only("2")));
        Assert.Equal(File.ReadAllBytes(Key), engine.Only("3").GetProperty("content").GetBytesFromBase64());
        Assert.StartsWith("-----BEGIN PUBLIC KEY-----", engine.Only("3").GetProperty("pem").GetString(), StringComparison.Ordinal);
        Assert.True(engine.Only("4").GetProperty("usable").GetBoolean());
        Assert.Equal("removed", ServeTests.Status(Ask("""{"id":"1","verb":"trust-remove","name":"alice"}""").Only("1")));
        Assert.Equal("nobody-trusted", ServeTests.Code(Ask($$"""{"id":"1","verb":"verify","path":{{Json(Good)}}}""").Only("1")));
    }

    [Fact]
    public void Imported_roots_are_listed_and_an_import_that_does_not_verify_is_named()
    {
        string state = Repository.Path("tests", "vectors", "trust-life", "state-in-force", "state"), home = Path.Combine(_folder, "data", "offlinekit", "trust");
        foreach (string file in Directory.EnumerateFiles(state, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(home, Path.GetRelativePath(state, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        System.Text.Json.JsonElement listed = Ask("""{"id":"1","verb":"trust-list"}""").Only("1");
        Assert.Contains(listed.GetProperty("trustRoots").EnumerateArray(), root => root.GetProperty("name").GetString() == "demo");
        Assert.Equal(0, listed.GetProperty("refusedImports").GetArrayLength());
        Assert.Equal(0, listed.GetProperty("remarks").GetArrayLength());
        Assert.True(Ask("""{"id":"2","verb":"trust-test","name":"demo"}""").Only("2").GetProperty("usable").GetBoolean());
        Directory.CreateDirectory(Path.Combine(home, "lost+found"));
        Assert.Equal("note.foreign-state", Assert.Single(Ask("{\"id\":\"1\",\"verb\":\"trust-list\"}").Only("1").GetProperty("remarks").EnumerateArray()).GetProperty("code").GetString());
        File.WriteAllText(Path.Combine(home, "default", "current"), "9\n");
        listed = Ask("""{"id":"1","verb":"trust-list"}""").Only("1");
        Assert.Equal("trust.state-damaged", Assert.Single(listed.GetProperty("refusedImports").EnumerateArray()).GetProperty("reason").GetString());
    }

    [Fact]
    public void A_key_whose_fingerprint_is_another_is_not_added()
    {
        Engine engine = Ask($$"""{"id":"1","verb":"trust-add","name":"alice","path":{{Json(Key)}},"fingerprint":"{{new string('0', 64)}}"}""");
        Assert.Equal("trust.malformed", ServeTests.Code(engine.Only("1")));
        Assert.False(File.Exists(Path.Combine(_folder, "data", "offlinekit", "trust-roots", "trust.json")));
    }

    [Fact]
    public void A_bundled_root_is_read_only()
    {
        string bundled = BundledTrust.ReadManifest().Roots[0].Name;
        Engine engine = Ask(
            $$"""{"id":"1","verb":"trust-remove","name":"{{bundled}}"}""",
            $$"""{"id":"2","verb":"trust-add","name":"{{bundled}}","path":{{Json(Key)}},"fingerprint":"{{Fingerprint()}}"}""");
        Assert.Equal("trust-root-read-only", ServeTests.Code(engine.Only("1")));
        Assert.Equal("trust-root-read-only", ServeTests.Code(engine.Only("2")));
    }

    [Theory]
    [InlineData("../up")]
    [InlineData("Upper")]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a/b")]
    public void A_name_that_is_no_name_writes_nothing(string name)
    {
        UserRoots roots = new(Path.Combine(_folder, "roots"));
        Assert.Throws<MalformedException>(() => roots.Add(name, File.ReadAllBytes(Key), Fingerprint(), "test", DateTimeOffset.UnixEpoch));
        Assert.Empty(Directory.EnumerateFiles(_folder, "*.key", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_cut_at_any_step_leaves_the_old_roots_or_the_new_ones()
    {
        int steps = 0;
        string counted = Path.Combine(_folder, "counted");
        Two(counted, new Disk(_ => steps++));
        for (int cut = 1; cut <= steps; cut++)
        {
            string folder = Path.Combine(_folder, $"cut-{cut}");
            int left = cut;
            try
            {
                Two(folder, new Disk(step => _ = --left <= 0 ? throw new IOException(step) : 0));
            }
            catch (IOException)
            {
                // The power cut.
            }

            Assert.All(new UserRoots(folder).Roots, root => Assert.Equal(Fingerprint(), new UserRoots(folder).Open(root).Keys[0].Material.Fingerprint));
        }
    }

    [Fact]
    public void The_commands_add_and_remove_too()
    {
        string configuration = _folder;
        Execution added = Client.Run(["trust", "add", "alice", Key, "--fingerprint", Fingerprint()], configuration: configuration);
        Assert.True(added.ExitCode == 0, added.Everything);
        Assert.Contains("alice", Client.Run(["trust", "list"], configuration: configuration).Stdout, StringComparison.Ordinal);
        Assert.Equal(0, Client.Run(["verify", Good], configuration: configuration).ExitCode);
        Assert.Equal(2, Client.Run(["trust", "add", "alice", Key, "--fingerprint", Fingerprint()], configuration: configuration).ExitCode);
        Assert.Equal(0, Client.Run(["trust", "remove", "alice"], configuration: configuration).ExitCode);
        Assert.Equal(2, Client.Run(["verify", Good], configuration: configuration).ExitCode);
        Assert.Equal(2, Client.Run(["trust", "remove", BundledTrust.ReadManifest().Roots[0].Name], configuration: configuration).ExitCode);
    }

    private static void Two(string folder, Disk files)
    {
        UserRoots roots = new(folder, files);
        roots.Add("one", File.ReadAllBytes(Key), Fingerprint(), "test", DateTimeOffset.UnixEpoch);
        roots.Add("two", File.ReadAllBytes(Key), Fingerprint(), "test", DateTimeOffset.UnixEpoch);
        roots.Remove("one");
    }

    private static string Fingerprint() => KeyFile.Parse(File.ReadAllBytes(Key), "alice", "alice.pub").Material.Fingerprint;

    private static string Json(string text) => JsonSerializer.Serialize(text);

    private Engine Ask(params IEnumerable<string> requests) =>
        Engine.Fed(System.Text.Encoding.UTF8.GetBytes(string.Concat(requests.Append("""{"verb":"bye"}""").Select(request => request + "\n"))), _folder);
}

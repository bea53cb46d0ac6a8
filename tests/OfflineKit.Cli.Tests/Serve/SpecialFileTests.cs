using System.Text.Json;
using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests.Serve;

/// <summary>A pipe that nobody writes to, or a device that never ends, is refused before it is opened: the engine lives on, and so does the command line.</summary>
public sealed class SpecialFileTests : IDisposable
{
    private static readonly string Good = Repository.Path("tests", "vectors", "minisign", "prehashed", "a.txt"), Alice = Repository.Path("tests", "vectors", "minisign", "_keys", "alice.pub");
    private readonly string _folder = Directory.CreateTempSubdirectory("offlinekit-special-").FullName;

    public static TheoryData<string> Specials => ["pipe", "link", "/dev/stdin", "/dev/zero", "/proc/self/fd/0", "/proc/kmsg", "/dev/fd/0", "../../../../../dev/tty", "kernel"];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Specials))]
    public void A_request_that_names_one_is_answered_at_once(string name)
    {
        string special = Json(Special(name)), good = Json(Good), key = Json(Alice);
        Engine engine = Engine.Asked(
            $$"""{"id":"path","verb":"verify","path":{{special}},"publicKey":{{key}}}""",
            $$"""{"id":"signature","verb":"verify","path":{{good}},"publicKey":{{key}},"signaturePath":{{special}}}""",
            $$"""{"id":"key","verb":"verify","path":{{good}},"publicKey":{{special}}}""",
            $$"""{"id":"policy","verb":"verify","path":{{good}},"publicKey":{{key}},"policy":{{special}}}""",
            $$"""{"id":"signers","verb":"verify","path":{{good}},"allowedSigners":{{special}}}""",
            $$"""{"id":"inspect","verb":"inspect","path":{{special}}}""",
            $$"""{"id":"read","verb":"trust-read","path":{{special}}}""",
            $$"""{"id":"export","verb":"verify-export","path":{{special}},"publicKey":{{key}}}""",
            $$"""{"id":"manifest","verb":"verify-export","path":{{Json(_folder)}},"publicKey":{{key}},"offlineManifest":{{special}}}""",
            $$"""{"id":"entry","verb":"verify-export","path":{{Json(_folder)}},"publicKey":{{key}},"receiptEntry":{{special}}}""",
            ServeTests.Verify("after", Good),
            """{"verb":"bye"}""");
        foreach (string id in (string[])["path", "signature", "key", "policy", "signers", "inspect", "read", "export", "manifest", "entry"])
        {
            Assert.Equal("path-not-found", ServeTests.Code(engine.Only(id)));
        }

        Assert.Equal("valid", ServeTests.Status(engine.Only("after")));
        Assert.True(engine.SaidBye);
    }

    [Fact]
    public void A_folder_that_is_named_as_a_file_is_answered_at_once()
    {
        Engine engine = Engine.Asked(ServeTests.Verify("1", _folder), """{"verb":"bye"}""");
        Assert.Equal("path-not-found", ServeTests.Code(engine.Only("1")));
    }

    [Fact]
    public void One_that_lies_where_a_signature_is_looked_for_is_refused()
    {
        string file = Path.Combine(_folder, "a.txt");
        File.Copy(Good, file);
        Pipe(file + ".minisig");
        Engine engine = Engine.Asked(ServeTests.Verify("1", file), ServeTests.Verify("after", Good), """{"verb":"bye"}""");
        Assert.NotEqual("valid", ServeTests.Status(engine.Only("1")));
        Assert.Equal("valid", ServeTests.Status(engine.Only("after")));
        Execution run = Client.Run(["verify", file, "--key", Alice]);
        Assert.True(run.ExitCode == 2 && run.Stderr.Contains("is a pipe, a socket or a device", StringComparison.Ordinal), run.Everything);
    }

    [Fact]
    public void On_a_command_line_a_descriptor_still_names_a_pipe()
    {
        Execution run = Execution.Of(["bash", "-c", $"'{string.Join("' '", Client.Command)}' verify <(cat '{Good}') --signature '{Good}.minisig' --key '{Alice}'"]);
        Assert.True(run.ExitCode == 0, run.Everything);
    }

    [Fact]
    public void A_trust_bundle_that_holds_one_is_refused_at_once()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "metadata"));
        Pipe(Path.Combine(_folder, "metadata", "1.root.json"));
        Execution run = Client.Run(["trust", "check", _folder, "--root-fingerprint", new string('0', 64)]);
        Assert.True(run.ExitCode == 1 && run.Stdout.Contains("tuf.malformed", StringComparison.Ordinal), run.Everything);
    }

    [Theory]
    [InlineData("index.json")]
    [InlineData("blobs/sha256/0522ca52173d41ac32a4a8c5e9748999efdccd6d6d50489c7c9817f09b525a74")]
    public void A_pipe_in_an_image_layout_is_refused(string name)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "blobs", "sha256"));
        File.WriteAllText(Path.Combine(_folder, "oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
        Pipe(Path.Combine(_folder, name));
        Execution run = Execution.Of([.. Client.Command, "verify-image", _folder, "--digest", "sha256:0522ca52173d41ac32a4a8c5e9748999efdccd6d6d50489c7c9817f09b525a74", "--key", Alice], _folder, seconds: 30);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("is a pipe, a socket or a device", run.Everything, StringComparison.Ordinal);
    }

    private string Special(string name)
    {
        switch (name)
        {
            case "pipe":
                return Pipe(Path.Combine(_folder, name));
            case "link":
                return File.CreateSymbolicLink(Path.Combine(_folder, name), Pipe(Path.Combine(_folder, "target"))).FullName;
            case "kernel":
                return File.CreateSymbolicLink(Path.Combine(_folder, name), "/proc/self/status").FullName;
            default:
                return name;
        }
    }

    private static string Pipe(string path)
    {
        Assert.Equal(0, Execution.Of(["mkfifo", path]).ExitCode);
        return path;
    }

    private static string Json(string text) => JsonSerializer.Serialize(text);
}

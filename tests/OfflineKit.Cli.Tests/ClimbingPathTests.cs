using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests;

/// <summary>A path that climbs out of a folder behind a link means what it means to every other program: <c>current/..</c> is the parent of what <c>current</c> leads to.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class ClimbingPathTests : IDisposable
{
    private static readonly string Vectors = Repository.Path("tests", "vectors");
    private readonly string _folder = Directory.CreateTempSubdirectory("offlinekit-climbing-").FullName;

    public ClimbingPathTests()
    {
        Directory.CreateDirectory(In("srv/releases"));
        File.CreateSymbolicLink(In("current"), "srv/releases");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("blob-changed", "key", 1)]
    [InlineData("key", "blob-changed", 0)]
    public void An_image_is_read_where_it_lies(string there, string here, int exit)
    {
        Shell($"cp -r {Layout(there)} srv/image; cp -r {Layout(here)} image");
        Execution run = Client.Run(["verify-image", "current/../image", "--digest", "sha256:0522ca52173d41ac32a4a8c5e9748999efdccd6d6d50489c7c9817f09b525a74", "--key", Path.Combine(Vectors, "oci-image/_instance/cosign.pub")], _folder);
        Assert.True(run.ExitCode == exit, run.Everything);
    }

    [Fact]
    public void State_and_quarantine_are_kept_where_they_are_named()
    {
        string key = Path.Combine(Vectors, "exports/_keys/alice.pem");
        Execution run = Client.Run(["verify-export", Path.Combine(Vectors, "exports/offlinekit-kit-good/e"), "--key", key, "--state", "current/../state"], _folder);
        Assert.True(run.ExitCode == 0, run.Everything);
        Assert.True(File.Exists(In("srv/state/accepted.json")) && File.Exists(In("srv/state/audit.jsonl")) && !Directory.Exists(In("state")), run.Everything);
        Shell($"cp -r {Path.Combine(Vectors, "exports/offlinekit-kit-digest/e")} e");
        Execution refused = Client.Run(["verify-export", "e", "--key", key, "--quarantine", "current/../quarantine"], _folder);
        Assert.True(refused.ExitCode == 1 && Directory.Exists(In("srv/quarantine/e")) && !Directory.Exists(In("quarantine")), refused.Everything);
    }

    [Fact]
    public void Imported_trust_is_looked_for_where_it_is_named()
    {
        Directory.CreateDirectory(In("srv/trust"));
        Assert.Equal(In("srv/trust"), Host.State.TrustState.At(In("current/../trust")).Path);
    }

    private static string Layout(string vector) => Path.Combine(Vectors, "oci-image", vector, "layout");

    private string In(string path) => Path.Combine(_folder, path);

    private void Shell(string command) => Assert.Equal(0, Execution.Of(["sh", "-c", command], _folder).ExitCode);
}

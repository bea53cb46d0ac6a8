using System.Runtime.Versioning;
using OfflineKit.Testing;

namespace OfflineKit.Release.Tests;

/// <summary>The programs of this release judge the next one: a release of a higher version, made of what is published here and signed by the same keys.</summary>
/// <remarks><c>build/release/bootstrap.sh</c> does the same with two builds.</remarks>
[UnsupportedOSPlatform("windows")]
public sealed class BootstrapTests(AssembledRelease release) : IClassFixture<AssembledRelease>
{
    private const string Next = "999.0.0";

    [Fact]
    public void The_next_release_is_trusted_and_the_one_before_it_refused_from_then_on()
    {
        string next = NextKit(), state = Path.Combine(release.Work, "state");
        Assert.Contains("TRUSTED", Judge(release.Kit, exit: 0, "--state", state), StringComparison.Ordinal);
        Assert.Contains(Next, Judge(next, exit: 0, "--state", state), StringComparison.Ordinal);
        Assert.Contains("export.rollback", Judge(release.Kit, exit: 1, "--state", state), StringComparison.Ordinal);
        Tampered(next);
    }

    // An artefact, a bill of materials and the provenance, each by its own reason.
    private void Tampered(string next)
    {
        foreach (string name in (string[])[$"offlinekit_{Next}_amd64.deb", $"offlinekit-{Next}-linux-x64.cdx.json", "provenance.intoto.json", "provenance.intoto.dsse.json"])
        {
            string path = Path.Combine(next, name);
            byte[] before = File.ReadAllBytes(path), changed = [.. before];
            changed[changed.Length / 2] ^= 1;
            File.WriteAllBytes(path, changed);
            Assert.Contains("export.digest-mismatch", Judge(next, exit: 1), StringComparison.Ordinal);
            File.WriteAllBytes(path, before);
        }

        Assert.Contains("TRUSTED", Judge(next, exit: 0), StringComparison.Ordinal);
        string envelope = Path.Combine(next, "provenance.intoto.dsse.json"), other = Path.Combine(release.Kit, $"offlinekit_{AssembledRelease.Version}_amd64.deb");
        Execution stranger = Offlinekit("verify-envelope", envelope, other, "--key", release.PublicKey, "--predicate-type", "https://slsa.dev/provenance/v1");
        Assert.True(stranger.ExitCode == 1 && stranger.Stdout.Contains("statement.artifact-not-subject", StringComparison.Ordinal), stranger.Everything);
    }

    private string Judge(string kit, int exit, params string[] more)
    {
        Execution run = Offlinekit(["verify-export", kit, "--key", release.PublicKey, .. more]);
        Assert.True(run.ExitCode == exit, run.Everything);
        return run.Everything;
    }

    private static Execution Offlinekit(params string[] words) => Execution.Of([Path.Combine(AssembledRelease.Programs, "offlinekit"), .. words], seconds: 120);

    // A checkout of links, in which the module's packages alone have another name.
    private string NextKit()
    {
        _ = AssembledRelease.Folder;
        string root = Directory.CreateDirectory(Path.Combine(release.Work, "next")).FullName, artifacts = Directory.CreateDirectory(Path.Combine(root, "artifacts")).FullName;
        Link(Repository.Root, root, "artifacts", ".git");
        Link(Repository.Path("artifacts"), artifacts, "packages", "release");
        string packages = Directory.CreateDirectory(Path.Combine(artifacts, "packages")).FullName;
        foreach (string name in (string[])["OfflineKit-{0}.zip", "OfflineKit.{0}.nupkg"])
        {
            File.Copy(Repository.Path("artifacts", "packages", name.Replace("{0}", AssembledRelease.Version, StringComparison.Ordinal)), Path.Combine(packages, name.Replace("{0}", Next, StringComparison.Ordinal)));
        }

        string folder = Path.Combine(release.Work, "next-release");
        AssembledRelease.Must("dotnet", typeof(ReleaseEntry).Assembly.Location, root, Next, new string('a', 40), folder);
        return release.Sign(folder, Next, "next-kit");
    }

    private static void Link(string from, string to, params string[] but)
    {
        foreach (string path in Directory.GetFileSystemEntries(from).Where(path => !but.Contains(Path.GetFileName(path), StringComparer.Ordinal)))
        {
            _ = File.CreateSymbolicLink(Path.Combine(to, Path.GetFileName(path)), path);
        }
    }
}

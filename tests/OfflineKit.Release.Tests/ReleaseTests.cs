using System.Runtime.Versioning;
using System.Text.Json;
using OfflineKit.Testing;

namespace OfflineKit.Release.Tests;

/// <summary>What a release consists of, read by the tools of those who get it.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ReleaseTests(AssembledRelease release) : IClassFixture<AssembledRelease>
{
    [Fact]
    public void The_same_sources_give_the_same_bytes()
    {
        string again = Path.Combine(release.Work, "again"), commit = AssembledRelease.Must("git", "-C", Repository.Root, "rev-parse", "HEAD").Trim(), first = AssembledRelease.Folder;
        AssembledRelease.Must("dotnet", typeof(ReleaseEntry).Assembly.Location, Repository.Root, AssembledRelease.Version, commit, again);
        Execution difference = Execution.Of(["diff", "-r", first, again], seconds: 120);
        Assert.True(difference is { ExitCode: 0, Stdout: "" }, difference.Everything);
    }

    [Fact]
    public void The_list_names_every_file()
    {
        string[] there = [.. Directory.GetFiles(AssembledRelease.Folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(AssembledRelease.Folder, path)).Order(StringComparer.Ordinal)];
        string[] listed = [.. File.ReadAllLines(Path.Combine(AssembledRelease.Folder, "SHA256SUMS")).Select(line => line[66..]), "SHA256SUMS"];
        Assert.Equal(there, listed.Order(StringComparer.Ordinal));
        Execution sums = Execution.Of(["sha256sum", "--quiet", "--strict", "-c", "SHA256SUMS"], AssembledRelease.Folder, seconds: 120);
        Assert.True(sums.ExitCode == 0, sums.Everything);
    }

    [Fact]
    public void The_package_of_Debian_installs_a_program_that_verifies_the_release()
    {
        string deb = Path.Combine(AssembledRelease.Folder, $"offlinekit_{AssembledRelease.Version}_amd64.deb"), root = Path.Combine(release.Work, "root");
        Execution.Needs("dpkg-deb");
        Assert.Contains("Package: offlinekit\n", AssembledRelease.Must("dpkg-deb", "-f", deb), StringComparison.Ordinal);
        AssembledRelease.Must("dpkg-deb", "-x", deb, root);
        AssembledRelease.Must(Path.Combine(root, "usr/bin/offlinekit"), "verify-export", release.Kit, "--key", release.PublicKey);
        AssembledRelease.Must("gzip", "-t", Path.Combine(root, "usr/share/man/man1/offlinekit.1.gz"), Path.Combine(root, "usr/share/man/man1/offlinekit-sign.1.gz"), Path.Combine(root, "usr/share/doc/offlinekit/changelog.gz"));
        AssembledRelease.Must("bash", "-n", Path.Combine(root, "usr/share/bash-completion/completions/offlinekit"));
        Assert.Equal("offlinekit-sign", File.ResolveLinkTarget(Path.Combine(root, "usr/bin/sigstore-kms-offlinekit"), returnFinalTarget: false)!.Name);
    }

    [Theory]
    [InlineData("tar.gz", "tar", "-xzf", "-C")]
    [InlineData("zip", "unzip", "-q", "-d")]
    public void An_archive_holds_the_published_programs(string suffix, string tool, string extract, string into)
    {
        Execution.Needs(tool);
        string name = $"offlinekit-{AssembledRelease.Version}-linux-x64", folder = Directory.CreateDirectory(Path.Combine(release.Work, "unpacked-" + tool)).FullName;
        AssembledRelease.Must(tool, extract, Path.Combine(AssembledRelease.Folder, $"{name}.{suffix}"), into, folder);
        AssembledRelease.Must("cmp", Path.Combine(folder, name, "offlinekit"), Path.Combine(AssembledRelease.Programs, "offlinekit"));
        Assert.StartsWith($"offlinekit {AssembledRelease.Version}", AssembledRelease.Must(Path.Combine(folder, name, "offlinekit"), "--version"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_bill_names_the_packages_and_the_C_libraries()
    {
        using JsonDocument bill = JsonDocument.Parse(File.ReadAllText(Path.Combine(AssembledRelease.Folder, $"offlinekit-{AssembledRelease.Version}-linux-x64.cdx.json")));
        string[] names = [.. bill.RootElement.GetProperty("components").EnumerateArray().Select(component => component.GetProperty("name").GetString()!)];
        Assert.All((string[])["NSec.Cryptography", "BouncyCastle.Cryptography", "System.CommandLine", "libssl-dev", "libsodium-dev", "libzstd-dev", "zlib1g-dev", "libc6-dev"], name => Assert.Contains(name, names));
        Assert.All(bill.RootElement.GetProperty("components").EnumerateArray(), component => Assert.True(component.GetProperty("licenses").GetArrayLength() == 1 && component.GetProperty("hashes").GetArrayLength() == 1));
    }

    [Theory]
    [InlineData("offlinekit-VERSION-linux-x64.tar.gz")]
    [InlineData("offlinekit-VERSION-linux-x64.cdx.json")]
    [InlineData("provenance.intoto.json")]
    [InlineData("nuget/OfflineKit.VERSION.nupkg")]
    public void A_file_that_was_changed_is_refused(string name)
    {
        string kit = release.Copy("changed-" + Path.GetFileName(name)), path = Path.Combine(kit, name.Replace("VERSION", AssembledRelease.Version, StringComparison.Ordinal));
        byte[] content = File.ReadAllBytes(path);
        content[content.Length / 2] ^= 1;
        File.Delete(path);
        File.WriteAllBytes(path, content);
        Execution run = Execution.Of([Path.Combine(AssembledRelease.Programs, "offlinekit"), "verify-export", kit, "--key", release.PublicKey], seconds: 60);
        Assert.True(run.ExitCode == 1 && run.Stdout.Contains("export.digest-mismatch", StringComparison.Ordinal), run.Everything);
    }

    [Fact]
    public void The_provenance_names_every_file_before_it()
    {
        using JsonDocument statement = JsonDocument.Parse(File.ReadAllText(Path.Combine(AssembledRelease.Folder, "provenance.intoto.json")));
        string[] subjects = [.. statement.RootElement.GetProperty("subject").EnumerateArray().Select(subject => $"{subject.GetProperty("digest").GetProperty("sha256").GetString()}  {subject.GetProperty("name").GetString()}")];
        string[] listed = [.. File.ReadAllLines(Path.Combine(AssembledRelease.Folder, "SHA256SUMS")).Where(line => !line.EndsWith("  provenance.intoto.json", StringComparison.Ordinal))];
        Assert.Equal(listed, subjects.Order(StringComparer.Ordinal).OrderBy(line => line[66..], StringComparer.Ordinal));
        Execution run = Execution.Of(
            [Path.Combine(AssembledRelease.Programs, "offlinekit"), "verify-envelope", Path.Combine(release.Kit, "provenance.intoto.dsse.json"),
                Path.Combine(release.Kit, $"offlinekit_{AssembledRelease.Version}_amd64.deb"), "--key", release.PublicKey, "--predicate-type", "https://slsa.dev/provenance/v1"]);
        Assert.True(run.ExitCode == 0, run.Everything);
    }

    [Fact]
    public void A_stranger_needs_minisign_and_sha256sum_alone()
    {
        Execution.Needs("minisign");
        AssembledRelease.Must("minisign", "-Vq", "-p", release.MinisignKey, "-m", Path.Combine(release.Kit, "SHA256SUMS"));
        Execution sums = Execution.Of(["sha256sum", "--quiet", "--strict", "-c", "SHA256SUMS"], release.Kit, seconds: 120);
        Assert.True(sums.ExitCode == 0, sums.Everything);
    }

    [Fact]
    public void A_release_that_differs_is_told_file_by_file()
    {
        string copy = Path.Combine(release.Work, "received"), compare = Repository.Path("build", "release", "compare.sh"), archive = $"offlinekit-{AssembledRelease.Version}-linux-x64.tar.gz";
        AssembledRelease.Must("cp", "-r", release.Kit, copy);
        Execution same = Execution.Of(["sh", compare, AssembledRelease.Folder, copy], seconds: 120);
        Assert.True(same.ExitCode == 0 && same.Stdout.Contains("kit.json: only in the received release", StringComparison.Ordinal), same.Everything);
        string inside = Directory.CreateDirectory(Path.Combine(release.Work, "inside")).FullName;
        AssembledRelease.Must("tar", "-xzf", Path.Combine(copy, archive), "-C", inside);
        string folder = $"offlinekit-{AssembledRelease.Version}-linux-x64";
        File.AppendAllText(Path.Combine(inside, folder, "LICENSE"), "and more\n");
        AssembledRelease.Must("tar", "-czf", Path.Combine(copy, archive), "-C", inside, folder);
        File.Delete(Path.Combine(copy, "provenance.intoto.json"));
        Execution other = Execution.Of(["sh", compare, AssembledRelease.Folder, copy], seconds: 120);
        Assert.True(other.ExitCode == 1, other.Everything);
        Assert.Contains($"{archive}: DIFFERENT\n  inside: {folder}/LICENSE\n", other.Stdout, StringComparison.Ordinal);
        Assert.Contains("provenance.intoto.json: NOT THERE in the received release", other.Stdout, StringComparison.Ordinal);
    }
}

using System.Formats.Tar;
using System.IO.Compression;
using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests.State;

/// <summary>The repositories that Sigstore really publishes, imported by the program from their first root, or the embedded one, to the newest.</summary>
public sealed class RealImportTests : IDisposable
{
    private const string Retrieved = "2026-08-22T00:00:00Z";

    private readonly string _folder = Directory.CreateTempSubdirectory("offlinekit-real-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SharedTheory("corpora")]
    [InlineData("production", 15)]
    [InlineData("staging", 14)]
    public void From_the_first_root_by_its_fingerprint(string name, int newest)
    {
        string repository = Unpacked(name);
        string first = Directory.EnumerateFiles(repository, "1.root.json", SearchOption.AllDirectories).Single();
        string pin = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(first)));
        Assert.Contains($"root        version {newest}, ", Must(["trust", "import", repository, "--root-fingerprint", pin, "--at", Retrieved, "--state", State]).Stdout, StringComparison.Ordinal);
        Assert.Contains("sigstore-trusted-root", Must(["trust", "list", "--state", State]).Stdout, StringComparison.Ordinal);
        Assert.StartsWith("SOUND", Must(["trust", "check", "--state", State]).Stdout, StringComparison.Ordinal);
    }

    [SharedFact("corpora")]
    public void From_the_embedded_root_and_refused_under_another()
    {
        string repository = Unpacked("production");
        Must(["trust", "import", repository, "--name", "sigstore", "--root", "sigstore", "--at", Retrieved, "--state", State]);
        Assert.Contains("sigstore: in force", Must(["trust", "status", "--state", State, "--at", Retrieved]).Stdout, StringComparison.Ordinal);
        Execution other = Client.Run(["trust", "check", repository, "--root", "github", "--at", Retrieved]);
        Assert.Contains("tuf.unknown-root", other.Stdout, StringComparison.Ordinal);
    }

    [SharedFact("corpora")]
    public void What_was_exported_imports_in_the_next_room()
    {
        string repository = Unpacked("production"), onward = Path.Combine(_folder, "onward.tar.zst"), next = Path.Combine(_folder, "next");
        Must(["trust", "import", repository, "--root", "sigstore", "--at", Retrieved, "--state", State]);
        Must(["trust", "export", onward, "--state", State]);
        Must(["trust", "import", onward, "--root", "sigstore", "--at", Retrieved, "--state", next]);
    }

    private string State => Path.Combine(_folder, "state");

    private static Execution Must(string[] arguments)
    {
        Execution run = Client.Run(arguments);
        Assert.True(run.ExitCode == 0, run.Everything);
        return run;
    }

    private string Unpacked(string name)
    {
        string archive = Path.Combine(Repository.SharedFolder(Path.Combine("corpora", "trust-roots")), name + ".tar.gz");
        using FileStream file = File.OpenRead(archive);
        using GZipStream plain = new(file, CompressionMode.Decompress);
        TarFile.ExtractToDirectory(plain, _folder, overwriteFiles: false);
        return Path.Combine(_folder, name);
    }
}

using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests;

/// <summary>The published linux-x64 binary is what we say: one static file, without network code, that needs nothing around it.</summary>
public sealed class NativeBinaryTests
{
    private const long LargestBinary = 18_000_000;

    [Fact]
    public void It_is_one_static_file_of_at_most_18_MB()
    {
        string binary = Native.Binary();
        Assert.True(new FileInfo(binary).Length <= LargestBinary, $"{new FileInfo(binary).Length} bytes");
        Execution.Needs("readelf");
        string headers = Execution.Of(["readelf", "-lWd", binary]).Stdout;
        Assert.DoesNotContain("INTERP", headers);
        Assert.DoesNotContain("(NEEDED)", headers);
    }

    [Fact]
    public void It_is_no_older_than_the_code()
    {
        DateTime published = File.GetLastWriteTimeUtc(Native.Binary());
        IEnumerable<string> newer = Directory.EnumerateFiles(Repository.Path("src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && File.GetLastWriteTimeUtc(file) > published);
        Assert.Equal("", string.Join('\n', newer));
    }

    [Fact]
    public void No_network_code_is_linked_in()
    {
        _ = Native.Binary();
        string maps = Repository.Path("artifacts", "obj", "linux-x64", "OfflineKit.Cli");
        string[] found = Directory.Exists(maps) ? Directory.GetFiles(maps, "*.map.xml", SearchOption.AllDirectories) : [];
        if (found.Length == 0)
        {
            Assert.Skip("no ILC map: the binary was not published here");
        }

        IEnumerable<string> network = File.ReadLines(found[0]).Where(line => line.Contains("System_Net_", StringComparison.Ordinal));
        Assert.Equal("", string.Join('\n', network.Take(20)));
        Assert.True(new FileInfo(found[0]).Length > 1_000_000, "the map is too small to be one");
    }

    [Theory]
    [InlineData("minisign/prehashed", "verify a.txt --signature a.txt.minisig --key alice.pub", 0)]
    [InlineData("minisign/tampered-artefact", "verify a.txt --signature a.txt.minisig --key alice.pub", 1)]
    public void It_verifies_minisign_in_an_empty_root(string vector, string arguments, int exit)
    {
        using EmptyRoot root = new(vector);
        File.Copy(Repository.Path("tests", "vectors", "minisign", "_keys", "alice.pub"), Path.Combine(root.Folder, "alice.pub"));
        Execution run = root.Run(arguments.Split(' '));
        Assert.True(run.ExitCode == exit, run.Everything);
    }

    [Fact]
    public void Its_primitives_work_in_an_empty_root()
    {
        using EmptyRoot root = new("minisign/prehashed");
        Execution run = root.Run(["selftest"]);
        Assert.True(run.ExitCode == 0, run.Everything);
    }

    /// <summary>A folder that holds the binary and the files of one vector, as the root of a process.</summary>
    private sealed class EmptyRoot : IDisposable
    {
        public EmptyRoot(string vector)
        {
            string binary = Native.Binary();
            Native.NeedsRoot();
            Execution.Needs("chroot");
            Folder = Directory.CreateTempSubdirectory("offlinekit-root").FullName;
            File.Copy(binary, Path.Combine(Folder, "offlinekit"));
            Native.CopyVector(vector, Folder);
        }

        public string Folder { get; }

        public Execution Run(IEnumerable<string> arguments) => Execution.Of(["chroot", Folder, "/offlinekit", .. arguments]);

        public void Dispose() => Directory.Delete(Folder, recursive: true);
    }
}

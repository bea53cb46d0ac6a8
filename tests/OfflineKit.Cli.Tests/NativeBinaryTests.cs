using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests;

/// <summary>The published Linux binaries are what we say: one static file, without network code, that needs nothing around it.</summary>
public sealed class NativeBinaryTests
{
    private const long LargestBinary = 18_000_000;

    public static TheoryData<string> Rids { get; } = ["linux-x64", "linux-arm64"];

    [Theory]
    [MemberData(nameof(Rids))]
    public void It_is_one_static_file_of_at_most_18_MB(string rid)
    {
        string binary = Published.Of(rid).Binary;
        Assert.True(new FileInfo(binary).Length <= LargestBinary, $"{new FileInfo(binary).Length} bytes");
        Execution.Needs("readelf");
        string headers = Execution.Of(["readelf", "-lWd", binary]).Stdout;
        Assert.DoesNotContain("INTERP", headers);
        Assert.DoesNotContain("(NEEDED)", headers);
    }

    [Theory]
    [MemberData(nameof(Rids))]
    public void It_is_no_older_than_the_code(string rid)
    {
        DateTime published = File.GetLastWriteTimeUtc(Published.Of(rid).Binary);
        IEnumerable<string> newer = Directory.EnumerateFiles(Repository.Path("src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && File.GetLastWriteTimeUtc(file) > published);
        Assert.Equal("", string.Join('\n', newer));
    }

    [Theory]
    [MemberData(nameof(Rids))]
    public void No_network_code_is_linked_in(string rid)
    {
        _ = Published.Of(rid);
        string maps = Repository.Path("artifacts", "obj", rid, "OfflineKit.Cli");
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
    [InlineData("linux-x64", "minisign/prehashed", 0)]
    [InlineData("linux-x64", "minisign/tampered-artefact", 1)]
    [InlineData("linux-arm64", "minisign/prehashed", 0)]
    [InlineData("linux-arm64", "minisign/tampered-artefact", 1)]
    public void It_verifies_minisign_in_an_empty_root(string rid, string vector, int exit)
    {
        using EmptyRoot root = new(rid, vector);
        File.Copy(Repository.Path("tests", "vectors", "minisign", "_keys", "alice.pub"), Path.Combine(root.Folder, "alice.pub"));
        Execution run = root.Run("verify", "a.txt", "--signature", "a.txt.minisig", "--key", "alice.pub");
        Assert.True(run.ExitCode == exit, run.Everything);
    }

    [Theory]
    [MemberData(nameof(Rids))]
    public void Its_primitives_work_in_an_empty_root(string rid)
    {
        using EmptyRoot root = new(rid, "minisign/prehashed");
        Execution run = root.Run("selftest");
        Assert.True(run.ExitCode == 0, run.Everything);
        Assert.Contains("ok  ML-DSA-65", run.Stdout);
        Assert.DoesNotContain("missing", run.Stdout);
    }

    [Theory]
    [MemberData(nameof(Rids))]
    public void It_names_the_runtime_and_the_libraries_that_are_linked_in(string rid)
    {
        using EmptyRoot root = new(rid, "minisign/prehashed");
        string said = root.Run("--version").Stdout;
        Assert.Contains("runtime: .NET 10.", said);
        Assert.Contains($"build: native, {rid}\n", said);
        Assert.Contains("cryptography: OpenSSL 3.5.", said);
        Assert.Contains(", libsodium 1.0.22\n", said);
    }

    /// <summary>A folder that holds the binary, where it is needed its emulator, and the files of one vector, as the root of a process.</summary>
    private sealed class EmptyRoot : IDisposable
    {
        private readonly string[] _command;

        public EmptyRoot(string rid, string vector)
        {
            Published published = Published.Of(rid);
            Native.NeedsRoot();
            Execution.Needs("chroot");
            Folder = Directory.CreateTempSubdirectory("offlinekit-root").FullName;
            File.Copy(published.Binary, Path.Combine(Folder, "offlinekit"));
            _command = ["/offlinekit"];
            if (published.Emulator is { } emulator)
            {
                File.Copy(emulator, Path.Combine(Folder, "emulator"));
                _command = ["/emulator", "/offlinekit"];
            }

            Native.CopyVector(vector, Folder);
        }

        public string Folder { get; }

        public Execution Run(params string[] arguments) => Execution.Of(["chroot", Folder, .. _command, .. arguments], seconds: 120);

        public void Dispose() => Directory.Delete(Folder, recursive: true);
    }
}

using System.Security.Cryptography;
using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests;

/// <summary>What <c>offlinekit</c> refuses leaves no trace, and what it writes takes the place of nothing but its own earlier output.</summary>
public sealed class RefusedWritesTests : IDisposable
{
    private const string Results = """{"results":"offlinekit","version":1,"engine":"0.1.0","startedAt":"2026-11-22T08:30:00Z","question":"sha256:00"}""" + "\n" + """{"summary":{"complete":true,"total":0}}""" + "\n";
    private readonly string _folder = Directory.CreateTempSubdirectory("offlinekit-writes-").FullName;

    public RefusedWritesTests()
    {
        File.WriteAllText(In("results"), Results);
        File.WriteAllText(In("secret.key"), "untrusted comment: minisign secret key\nRWQ\n");
        File.WriteAllText(In("notes"), "dear diary\n");
        Directory.CreateDirectory(In("folder"));
        File.CreateSymbolicLink(In("link"), "secret.key");
    }

    [Theory]
    [InlineData("--html")]
    [InlineData("--junit")]
    [InlineData("--csv")]
    [InlineData("--sarif")]
    public void A_report_replaces_an_earlier_report_of_its_form_and_nothing_else(string form)
    {
        string[] before = Tree();
        foreach (string foreign in (ReadOnlySpan<string>)["results", "secret.key", "notes", "folder", "link", "no/such/folder"])
        {
            Assert.Equal(2, Client.Run(["report", "results", form, foreign], _folder).ExitCode);
            Assert.Equal(before, Tree());
        }

        for (int again = 0; again < 2; again++)
        {
            Assert.DoesNotContain("not replaced", Client.Run(["report", "results", form, "out"], _folder).Stderr, StringComparison.Ordinal);
            Assert.True(new FileInfo(In("out")).Length > 0);
        }

        string other = form == "--csv" ? "--html" : "--csv";
        string[] written = Tree();
        Assert.Contains("not replaced", Client.Run(["report", "results", other, "out"], _folder).Stderr, StringComparison.Ordinal);
        Assert.Equal(written, Tree());
    }

    [Fact]
    public void Of_several_reports_all_are_written_or_none()
    {
        string[] before = Tree();
        Assert.Equal(2, Client.Run(["report", "results", "--html", "a.html", "--csv", "notes"], _folder).ExitCode);
        Assert.Equal(before, Tree());
    }

    [Theory]
    [InlineData("trust import notes --state state --root-fingerprint 73747011d0857ada15479a16c4cae0f3ed03aac698b523b97e1de314ac9d9ca8")]
    [InlineData("trust import folder --state state --root-fingerprint 73747011d0857ada15479a16c4cae0f3ed03aac698b523b97e1de314ac9d9ca8")]
    [InlineData("trust import missing --state state --root-fingerprint 73747011d0857ada15479a16c4cae0f3ed03aac698b523b97e1de314ac9d9ca8")]
    [InlineData("trust export out.tar --state state")]
    [InlineData("verify-export missing --key secret.key --state state")]
    [InlineData("verify-export notes --key missing --state state --dry-run")]
    public void A_refused_change_of_state_leaves_no_folder_and_no_lock(string line)
    {
        string[] before = Tree();
        Assert.NotEqual(0, Client.Run(line.Split(' '), _folder).ExitCode);
        Assert.Equal(before, Tree());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string In(string name) => Path.Combine(_folder, name);

    private string[] Tree() =>
    [
        .. new DirectoryInfo(_folder).EnumerateFileSystemInfos("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
            .Select(entry => $"{Path.GetRelativePath(_folder, entry.FullName)} {(entry is FileInfo file ? file.LinkTarget ?? Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file.FullName))) : "folder")}")
            .Order(StringComparer.Ordinal),
    ];
}

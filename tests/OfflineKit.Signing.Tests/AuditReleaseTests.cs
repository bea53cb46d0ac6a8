namespace OfflineKit.Signing.Tests;

/// <summary>The audit log as the system sees it: its line is on the disk before the signature has its name.</summary>
public sealed class AuditReleaseTests
{
    [Fact]
    public void The_line_is_flushed_before_the_signature_gets_its_name()
    {
        using Folder folder = new();
        folder.Write("a", "hello\n");
        Peer.Must(folder.Path, "openssl", ["genpkey", "-algorithm", "ed25519", "-out", "key.pem"]);
        string[] program = ["dotnet", Path.Combine(AppContext.BaseDirectory, "OfflineKit.Signing.Cli.dll"), "sign", "a", "--format", "kms", "--key", "key.pem", "--audit-log", "log"];
        Peer.Must(folder.Path, "strace", ["-f", "-y", "-o", "calls", "-e", "trace=write,pwrite64,fsync,fdatasync,rename,renameat,renameat2,link,linkat", .. program]);
        string[] calls = File.ReadAllLines(folder["calls"]);
        int line = First(calls, "write", "/log>"), flushed = First(calls, "sync", "/log>"), named = Array.FindIndex(calls, call => (call.Contains("rename", StringComparison.Ordinal) || call.Contains("link", StringComparison.Ordinal)) && call.Contains("a.sig\"", StringComparison.Ordinal));
        Assert.True(line >= 0 && line < flushed && flushed < named, $"written {line}, flushed {flushed}, named {named}:\n{string.Join('\n', calls.TakeLast(60))}");
        Assert.Contains(calls[..named], call => call.Contains("sync(", StringComparison.Ordinal) && call.Contains("a.sig", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("altered", "previous is ")]
    [InlineData("moved", "sequence ")]
    [InlineData("removed", "sequence ")]
    [InlineData("cut", "cut: no line feed")]
    [InlineData("forged", "does not verify")]
    public void Audit_verify_finds_a_log_that_was_touched(string how, string fault)
    {
        using Folder folder = new();
        folder.Write("a", "hello\n");
        Peer.Must(folder.Path, "openssl", ["genpkey", "-algorithm", "ed25519", "-out", "key.pem"]);
        Assert.Equal(0, Peer.Sign(folder.Path, ["public-key", "key.pem", "-o", "key.pub"]).Exit);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(0, Peer.Sign(folder.Path, ["sign", "a", "--format", "kms", "--key", "key.pem", "--force", "--audit-log", "log", "--audit-key", "key.pem"]).Exit);
        }

        string[] verify = ["audit", "verify", "log", "--public-key", "key.pub"];
        Assert.Equal(0, Peer.Sign(folder.Path, verify).Exit);
        List<string> lines = [.. File.ReadAllLines(folder["log"])];
        switch (how)
        {
            case "altered": lines[0] = lines[0].Replace("\"subject\":\"a\"", "\"subject\":\"b\"", StringComparison.Ordinal); break;
            case "moved": (lines[0], lines[1]) = (lines[1], lines[0]); break;
            case "removed": lines.RemoveAt(1); break;
            case "forged": lines[2] = lines[2].Replace("\"subject\":\"a\"", "\"subject\":\"b\"", StringComparison.Ordinal); break;
        }

        folder.Write("log", string.Join('\n', lines) + (how == "cut" ? "" : "\n"));
        (int exit, string output) = Peer.Sign(folder.Path, verify);
        Assert.True(exit == 1 && output.Contains(how == "altered" ? "does not verify" : fault, StringComparison.Ordinal), output);
        (exit, output) = Peer.Sign(folder.Path, verify[..3]);
        Assert.True(exit == (how == "forged" ? 0 : 1) && (how == "forged" || output.Contains(fault, StringComparison.Ordinal)), output);
    }

    [Fact]
    public void Neither_password_nor_content_shows_anywhere()
    {
        const string Password = "correct-horse-battery", Content = "content-of-the-file";
        using Folder folder = new();
        folder.Write("a", Content);
        Assert.Equal(0, Peer.Sign(folder.Path, ["keygen", "--secret-key", "mini.key", "--public-key", "mini.pub"], Password + "\n").Exit);
        Peer.Must(folder.Path, "openssl", ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-aes256", "-pass", "pass:" + Password, "-out", "pem.key"]);
        foreach ((string format, string key) in ((string, string)[])[("minisign", "mini.key"), ("kms", "pem.key")])
        {
            foreach ((string password, int wanted) in ((string, int)[])[(Password, 0), (Password + "x", 1), ("", 1)])
            {
                (int exit, string output) = Peer.Sign(folder.Path, ["sign", "a", "--format", format, "--key", key, "--force", "--verbose", "--audit-log", "log"], password.Length > 0 ? password + "\n" : "");
                Assert.True(exit == wanted, output);
                Assert.All((string[])[Password, Content], secret => Assert.DoesNotContain(secret, output + File.ReadAllText(folder["log"]), StringComparison.Ordinal));
            }
        }

        Assert.Equal(6, File.ReadAllLines(folder["log"]).Length);
    }

    private static int First(string[] calls, string name, string file) =>
        Array.FindIndex(calls, call => call.Contains(name, StringComparison.Ordinal) && call.Contains(file, StringComparison.Ordinal));
}

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

    private static int First(string[] calls, string name, string file) =>
        Array.FindIndex(calls, call => call.Contains(name, StringComparison.Ordinal) && call.Contains(file, StringComparison.Ordinal));
}

using OfflineKit.Testing;

namespace OfflineKit.Signing.Tests;

/// <summary>The program as users meet it: exit codes, help, and nothing written when something fails.</summary>
public sealed class CommandTests
{
    [Theory]
    [InlineData("sign", 2)]
    [InlineData("nothing", 2)]
    [InlineData("sign a --format pgp --key key.pem", 2)]
    [InlineData("sign a --key key.pem", 2)]
    [InlineData("sign a --key a", 2)]
    [InlineData("sign missing --format kms --key key.pem", 2)]
    [InlineData("sign . --format kms --key key.pem", 2)]
    [InlineData("sign a --format kms --key missing.pem", 1)]
    [InlineData("sign a --format kms --key awskms://x", 1)]
    [InlineData("sign a --format minisign --key key.pem -o no/such/folder/a.minisig", 1)]
    [InlineData("sign a a --format kms --key key.pem -o one", 2)]
    [InlineData("sign - --format kms --key key.pem", 2)]
    [InlineData("sign a --format dsse --key key.pem", 2)]
    [InlineData("sign a --format kms --key key.pem --signed-at yesterday", 1)]
    [InlineData("sign a --format kms --key key.pem --audit-key key.pem", 2)]
    [InlineData("sign a --format kms --key key.pem --algorithm ES999", 1)]
    [InlineData("sign a --format minisign --key key.pem --trusted-comment \u0001", 1)]
    [InlineData("keygen -W -s one -p one", 2)]
    [InlineData("keygen -W -s one -p ./one --force", 2)]
    [InlineData("audit verify missing", 2)]
    public void A_failure_is_never_zero_and_leaves_no_file(string line, int exit)
    {
        using Folder folder = Subject();
        string[] before = folder.Names;
        (int found, string output) = Peer.Sign(folder.Path, line.Split(' '));
        Assert.True(found == exit && output.Contains("offlinekit-sign: error: ", StringComparison.Ordinal), $"{found}: {output}");
        Assert.Equal(before, folder.Names);
    }

    [Fact]
    public void A_minisign_key_needs_no_format()
    {
        using Folder folder = Subject();
        Assert.Equal(0, Peer.Sign(folder.Path, ["keygen", "-W", "-s", "mini.key", "-p", "mini.pub"]).Exit);
        (int exit, string output) = Peer.Sign(folder.Path, ["sign", "a", "--key", "mini.key"]);
        Assert.True(exit == 0 && folder.Names.Contains("a.minisig", StringComparer.Ordinal), output);
        string key = File.ReadAllLines(folder["mini.pub"])[1];
        Execution run = Client.Run(["verify", "a", "--key", key], folder.Path);
        Assert.True(run.ExitCode == 0, run.Everything);
    }

    [Fact]
    public void Every_command_keeps_options_and_names_apart() => Assert.Equal("", string.Join('\n', OfflineKit.Testing.CommandLineRules.Broken(Cli.Program.Root())));

    [Theory]
    [InlineData("sign")]
    [InlineData("policy sign")]
    [InlineData("dossier sign")]
    [InlineData("event sign")]
    [InlineData("log sign")]
    [InlineData("keygen")]
    [InlineData("key change-password")]
    [InlineData("key recreate-public")]
    [InlineData("public-key")]
    [InlineData("audit verify")]
    [InlineData("explain")]
    public void Every_command_has_help_with_an_example(string command)
    {
        using Folder folder = new();
        (int exit, string output) = Peer.Sign(folder.Path, [.. command.Split(' '), "--help"]);
        Assert.True(exit == 0 && output.Contains("Example", StringComparison.Ordinal) && output.Contains($"offlinekit-sign {command}", StringComparison.Ordinal), output);
    }

    [Fact]
    public void The_signature_of_standard_input_is_that_of_the_file()
    {
        using Folder folder = Subject();
        Assert.Equal(0, Peer.Sign(folder.Path, ["sign", "-", "--format", "kms", "--key", "key.pem", "-o", "a.sig"], "hello\n").Exit);
        Peer.Must(folder.Path, "openssl", ["pkeyutl", "-verify", "-inkey", "key.pem", "-rawin", "-in", "a", "-sigfile", "a.sig"]);
    }

    [Fact]
    public void A_password_typed_in_a_terminal_is_not_echoed()
    {
        using Folder folder = Subject();
        Peer.Must(folder.Path, "openssl", ["pkcs8", "-topk8", "-in", "key.pem", "-out", "locked.pem", "-v2", "aes-256-cbc", "-passout", "pass:opensesame"]);
        string program = $"{Peer.Needed("dotnet")} {Path.Combine(AppContext.BaseDirectory, "OfflineKit.Signing.Cli.dll")} sign a --format kms --key locked.pem";
        (int exit, string output) = Peer.Run(folder.Path, "script", ["-qec", program, "/dev/null"], "opensesame\r");
        Assert.True(exit == 0 && File.Exists(folder["a.sig"]), output);
        Assert.Contains("password of locked.pem: ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_programs_share_one_log()
    {
        using Folder folder = Subject();
        await Parallel.ForEachAsync(Enumerable.Range(0, 4), TestContext.Current.CancellationToken, (i, _) =>
        {
            Assert.Equal(0, Peer.Sign(folder.Path, ["sign", "a", "--format", "kms", "--key", "key.pem", "-o", $"a{i}.sig", "--audit-log", "log", "--audit-key", "key.pem"]).Exit);
            return ValueTask.CompletedTask;
        });
        Assert.Equal(0, Peer.Sign(folder.Path, ["public-key", "key.pem", "-o", "key.pub"]).Exit);
        Assert.Contains("intact: 4 lines", Peer.Sign(folder.Path, ["audit", "verify", "log", "--public-key", "key.pub"]).Output, StringComparison.Ordinal);
        string[] lines = await File.ReadAllLinesAsync(folder["log"], TestContext.Current.CancellationToken);
        await File.WriteAllLinesAsync(folder["log"], lines.Where((_, i) => i != 1), TestContext.Current.CancellationToken);
        (int exit, string output) = Peer.Sign(folder.Path, ["audit", "verify", "log"]);
        Assert.True(exit == 1 && output.Contains("broken: line 2", StringComparison.Ordinal), output);
    }

    private static Folder Subject()
    {
        Folder folder = new();
        folder.Write("a", "hello\n");
        Peer.Must(folder.Path, "openssl", ["genpkey", "-algorithm", "ed25519", "-out", "key.pem"]);
        return folder;
    }
}

using OfflineKit.Crypto;
using OfflineKit.Signing.Audit;

namespace OfflineKit.Signing.Tests;

public sealed class AuditChainTests
{
    [Theory]
    [InlineData("removed")]
    [InlineData("removed first")]
    [InlineData("altered")]
    [InlineData("moved")]
    [InlineData("repeated")]
    [InlineData("cut")]
    [InlineData("emptied")]
    public void A_log_that_was_touched_is_broken(string how)
    {
        using Folder folder = new();
        List<string> lines = [.. Written(folder, signer: null, count: 5)];
        switch (how)
        {
            case "removed": lines.RemoveAt(2); break;
            case "removed first": lines.RemoveAt(0); break;
            case "altered": lines[2] = lines[2].Replace("file2", "fileX", StringComparison.Ordinal); break;
            case "moved": (lines[1], lines[2]) = (lines[2], lines[1]); break;
            case "repeated": lines.Insert(2, lines[2]); break;
            case "emptied": lines[2] = ""; break;
        }

        string text = string.Join('\n', lines) + (how == "cut" ? "" : "\n");
        Assert.NotNull(Check(text, signer: null).Fault);
    }

    [Fact]
    public void Lines_cut_off_at_the_end_show_by_the_head_only()
    {
        using Folder folder = new();
        List<string> lines = [.. Written(folder, signer: null, count: 3)];
        AuditCheck whole = Check(string.Join('\n', lines) + "\n", signer: null), shorter = Check(string.Join('\n', lines[..2]) + "\n", signer: null);
        Assert.Null(shorter.Fault);
        Assert.NotEqual(whole.Head, shorter.Head);
    }

    [Fact]
    public async Task A_signed_log_made_anew_without_the_key_is_broken()
    {
        using Folder folder = new();
        Peer.Must(folder.Path, "openssl", ["genpkey", "-algorithm", "ed25519", "-out", "audit.pem"]);
        await using SigningKey signer = await KnownKeySources.OpenAsync(KeyUri.Parse(folder["audit.pem"]), new KeyOpening(), TestContext.Current.CancellationToken);
        string signed = string.Join('\n', Written(folder, signer, count: 3)) + "\n";
        Assert.Null(Check(signed, signer.PublicKey).Fault);
        using Folder other = new();
        Assert.Contains("not signed", Check(string.Join('\n', Written(other, signer: null, count: 3)) + "\n", signer.PublicKey).Fault, StringComparison.Ordinal);
        string altered = signed.Replace("file2", "fileX", StringComparison.Ordinal);
        Assert.Contains("does not verify", Check(altered, signer.PublicKey).Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"sequence\":1.5,\"previous\":\"\"}")]
    [InlineData("{\"sequence\":\"1\"}")]
    [InlineData("[]")]
    public void A_log_whose_last_line_is_no_entry_is_not_continued(string last)
    {
        using Folder folder = new();
        folder.Write("log", last + "\n");
        Assert.Equal("sign.audit-broken", Assert.Throws<SigningException>(() => Written(folder, signer: null, count: 1)).Finding.Reason.Code);
    }

    [Fact]
    public void A_line_that_nobody_could_read_back_is_not_written()
    {
        using Folder folder = new();
        AuditLog log = new(folder["log"], new string('w', AuditChain.LineLimit), TimeProvider.System, signer: null);
        AuditEntry entry = new("key", "", "", "subject", "", "kms-detached", AuditOutcome.Signed, "", "");
        Assert.Equal("sign.audit-broken", Assert.Throws<SigningException>(() => log.Append(entry)).Finding.Reason.Code);
        Assert.False(File.Exists(folder["log"]));
    }

    private static string[] Written(Folder folder, SigningKey? signer, int count)
    {
        AuditLog log = new(folder["log"], "tester", TimeProvider.System, signer);
        for (int i = 0; i < count; i++)
        {
            log.Append(new AuditEntry("key", "ff", "ED25519_SHA_512", $"file{i}\n\"", "sha256:00", "minisign", AuditOutcome.Signed, "", ""));
        }

        return File.ReadAllText(folder["log"]).TrimEnd('\n').Split('\n');
    }

    private static AuditCheck Check(string text, PublicKey? signer)
    {
        using MemoryStream log = new(System.Text.Encoding.UTF8.GetBytes(text));
        return AuditChain.Check(log, signer);
    }
}

namespace OfflineKit.Signing.Tests;

/// <summary>minisign and signify read what we write, and we read what they write.</summary>
public sealed class MinisignPeerTests
{
    [Theory]
    [InlineData("never had a password")]
    [InlineData("password")]
    [InlineData("password removed")]
    public void We_sign_with_all_three_kinds_of_minisign_keys(string kind)
    {
        using Folder folder = Subject();
        if (kind == "never had a password")
        {
            Peer.Must(folder.Path, "minisign", ["-GW", "-s", "key", "-p", "pub"]);
        }
        else
        {
            Peer.Must(folder.Path, "minisign", ["-G", "-s", "key", "-p", "pub"], "word\nword\n");
        }

        if (kind == "password removed")
        {
            Peer.Must(folder.Path, "minisign", ["-CW", "-s", "key"], "word\n");
        }

        Assert.Equal(0, Peer.Sign(folder.Path, ["sign", "a", "--format", "minisign", "--key", "key", "--trusted-comment", "tëxt\twith tab"], kind == "password" ? "word\n" : "").Exit);
        Assert.Contains("tëxt\twith tab", Peer.Must(folder.Path, "minisign", ["-Vm", "a", "-p", "pub"]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_password_is_said_and_nothing_written()
    {
        using Folder folder = Subject();
        Peer.Must(folder.Path, "minisign", ["-G", "-s", "key", "-p", "pub"], "word\nword\n");
        (int exit, string output) = Peer.Sign(folder.Path, ["sign", "a", "--format", "minisign", "--key", "key"], "other\n");
        Assert.True(exit == 1 && output.Contains("sign.wrong-password", StringComparison.Ordinal), output);
        (exit, output) = Peer.Sign(folder.Path, ["sign", "a", "--format", "minisign", "--key", "key"]);
        Assert.True(exit == 1 && output.Contains("sign.no-password", StringComparison.Ordinal), output);
        Assert.Equal(["a", "key", "pub"], folder.Names);
    }

    [Fact]
    public void Minisign_signs_with_our_keys_whatever_happens_to_their_passwords()
    {
        using Folder folder = Subject();
        Assert.Equal(0, Peer.Sign(folder.Path, ["keygen", "-s", "key", "-p", "pub"], "one\n").Exit);
        SignedBy(folder, ["-Sm", "a", "-s", "key"], "one\n");
        Assert.Equal(0, Peer.Sign(folder.Path, ["key", "change-password", "key"], "one\ntwo\n").Exit);
        SignedBy(folder, ["-Sm", "a", "-s", "key"], "two\n");
        Assert.Equal(0, Peer.Sign(folder.Path, ["key", "change-password", "-W", "key"], "two\n").Exit);
        SignedBy(folder, ["-SWm", "a", "-s", "key"], "");
        Assert.Equal(0, Peer.Sign(folder.Path, ["key", "recreate-public", "key", "-o", "pub2"]).Exit);
        Assert.Equal(File.ReadAllText(folder["pub"]), File.ReadAllText(folder["pub2"]));
        Assert.True(folder.IsPrivate("key"));
    }

    [Theory]
    [InlineData(2, "bad scheme")]
    [InlineData(90, "bad id")]
    [InlineData(40, "bad limits")]
    [InlineData(40, "bad lanes")]
    [InlineData(130, "foreign public half")]
    public void A_damaged_secret_key_is_refused(int offset, string what)
    {
        using Folder folder = Subject();
        Assert.Equal(0, Peer.Sign(folder.Path, ["keygen", "-W", "-s", "key", "-p", "pub"]).Exit);
        string[] lines = File.ReadAllLines(folder["key"]);
        byte[] blob = Convert.FromBase64String(lines[1]);
        if (what == "bad id")
        {
            // A checksum that is there must be right.
            blob[157] = 1;
        }
        else if (what == "bad limits")
        {
            (blob[2], blob[3]) = ((byte)'S', (byte)'c');
            blob.AsSpan(38, 16).Fill(0xff);
        }
        else if (what == "bad lanes")
        {
            // Little memory and much work: 2 GiB of lanes, whatever memlimit says.
            (blob[2], blob[3]) = ((byte)'S', (byte)'c');
            System.Buffers.Binary.BinaryPrimitives.WriteUInt64LittleEndian(blob.AsSpan(38), 1 << 25);
            System.Buffers.Binary.BinaryPrimitives.WriteUInt64LittleEndian(blob.AsSpan(46), 16);
        }
        else
        {
            blob[offset] ^= 1;
        }

        folder.Write("key", $"{lines[0]}\n{Convert.ToBase64String(blob)}\n");
        (int exit, string output) = Peer.Sign(folder.Path, ["sign", "a", "--format", "minisign", "--key", "key"], "word\n");
        Assert.True(exit == 1, output);
        Assert.Contains(what is "bad limits" or "bad lanes" ? "sign.key-cost" : what == "bad scheme" ? "key.unsupported" : "sign.key-unreadable", output, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["a.minisig"]));
    }

    [Fact]
    public void A_signify_key_signs_and_an_encrypted_one_is_refused_with_a_hint()
    {
        using Folder folder = Subject();
        Peer.Must(folder.Path, "signify-openbsd", ["-G", "-n", "-s", "key.sec", "-p", "key.pub"]);
        Assert.Equal(0, Peer.Sign(folder.Path, ["sign", "a", "--format", "minisign", "--key", "key.sec"]).Exit);
        Peer.Must(folder.Path, "minisign", ["-Vm", "a", "-p", "key.pub"]);
        Assert.Equal(0, Peer.Sign(folder.Path, ["sign", "a", "--format", "signify", "--key", "key.sec"]).Exit);
        Peer.Must(folder.Path, "signify-openbsd", ["-V", "-p", "key.pub", "-m", "a"]);
        string[] lines = File.ReadAllLines(folder["key.sec"]);
        byte[] blob = Convert.FromBase64String(lines[1]);
        blob[7] = 42;
        folder.Write("key.sec", $"{lines[0]}\n{Convert.ToBase64String(blob)}\n");
        Assert.Contains("signify -G -n", Peer.Sign(folder.Path, ["sign", "a", "--format", "minisign", "--key", "key.sec", "--force"]).Output, StringComparison.Ordinal);
    }

    private static void SignedBy(Folder folder, string[] arguments, string input)
    {
        Peer.Must(folder.Path, "minisign", arguments, input);
        Peer.Must(folder.Path, "minisign", ["-Vm", "a", "-p", "pub"]);
    }

    private static Folder Subject()
    {
        Folder folder = new();
        folder.Write("a", "hello\n");
        return folder;
    }
}

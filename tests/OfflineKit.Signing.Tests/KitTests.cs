using System.Runtime.Versioning;
using System.Security.Cryptography;
using OfflineKit.Signing.Exports;
using OfflineKit.Testing;

namespace OfflineKit.Signing.Tests;

/// <summary>What <c>export pack</c> makes: the same bytes everywhere, and nothing that a receiver would refuse.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class KitTests : IDisposable
{
    // An Ed25519 key whose secret is 32 bytes of 07: everything that it signs is the same in every run.
    private static readonly string FixedKey =
        $"-----BEGIN PRIVATE KEY-----\n{Convert.ToBase64String([.. Convert.FromHexString("302e020100300506032b657004220420"), .. Enumerable.Repeat((byte)7, 32)])}\n-----END PRIVATE KEY-----\n";

    private static readonly (string Name, string Content)[] Payload =
        [("a", "1"), ("B", "2"), ("Ä.txt", "3"), ("ä/ı.txt", "4"), ("z/y/x", "5"), ("z.y", "6"), (new string('n', 120) + "/long", "7"), ("empty", "")];

    private readonly Folder _folder = new();

    public KitTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links, pipes and masks of Unix");
        _folder.Write("key.pem", FixedKey);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_golden_kit_has_the_digests_that_were_written_down()
    {
        Make("in", Payload);
        Pack("in", "golden-1.2.3.tar", "--minisign-key", "key.pem");
        Pack("in", "golden-1.2.3.tar.zst", "--minisign-key", "key.pem");
        Assert.Equal("9014e6b8308df4e3ff58fe14c10a8b750059781c93dd64771dbc6c73210fddbd", Sha256("golden-1.2.3.tar"));
        Peer.Must(_folder.Path, "zstd", ["-dq", "golden-1.2.3.tar.zst", "-o", "unpacked.tar"]);
        Peer.Must(_folder.Path, "tar", ["-tf", "unpacked.tar"]);

        // The machine's libzstd may be another version; the port packs as the version does that released programs carry (ZstdPackersTests).
        using MemoryStream packed = new();
        using (ZstdWriteStream stream = new(packed, new ManagedZstdPacker()))
        {
            stream.Write(File.ReadAllBytes(_folder["unpacked.tar"]));
            stream.Finish();
        }

        Assert.Equal("2fdec63cb7b6c24507c54ec2d91d5747db426cfa316204dc29c8bda2ea585202", Convert.ToHexStringLower(SHA256.HashData(packed.ToArray())));
    }

    [Fact]
    public void A_pin_that_is_none_of_the_keys_packs_nothing()
    {
        Make("in", Payload);
        Peer.Must(_folder.Path, "openssl", ["genpkey", "-algorithm", "ed25519", "-out", "other.pem"]);
        Peer.Must(_folder.Path, "openssl", ["pkey", "-in", "other.pem", "-pubout", "-out", "other.pub"]);
        (int exit, string output) = TryPack("in", "k.tar", "--public-key", "other.pub");
        Assert.True(exit == 1 && output.Contains("[sign.pin-mismatch]", StringComparison.Ordinal) && !File.Exists(_folder["k.tar"]), output);
    }

    [Fact]
    public void Neither_folder_nor_order_nor_mask_nor_time_nor_locale_nor_zone_changes_a_byte()
    {
        Make("in", Payload);
        Make("elsewhere/with a blank", Payload.Reverse());
        string other = _folder["elsewhere/with a blank"];
        foreach (string file in Directory.EnumerateFiles(other, "*", SearchOption.AllDirectories))
        {
            File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch.AddDays(365));
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        Directory.CreateDirectory(_folder["elsewhere/out"]);
        string sign = $"dotnet {Path.Combine(AppContext.BaseDirectory, "OfflineKit.Signing.Cli.dll")} export pack --name golden --version 1.2.3 --signed-at 2026-11-22T08:30:00Z --key {_folder["key.pem"]}";
        foreach (string form in (string[])["k.tar", "k.tar.zst"])
        {
            Peer.Must(_folder.Path, "sh", ["-c", $"umask 022; LC_ALL=C TZ=UTC {sign} in -o {form}"]);
            Peer.Must(_folder["elsewhere"], "sh", ["-c", $"umask 077; LC_ALL=tr_TR.UTF-8 LANG=tr_TR.UTF-8 TZ=Asia/Kathmandu DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=0 {sign} 'with a blank' -o out/{form}"]);
            Assert.Equal(Sha256(form), Sha256("elsewhere/out/" + form));
        }
    }

    [Theory]
    [InlineData("kit")]
    [InlineData("kit.tar")]
    [InlineData("kit.tar.zst")]
    public void One_command_of_the_receiver_verifies_every_form(string form)
    {
        Make("in", Payload);
        Pack("in", form, "--minisign-key", "key.pem");
        Assert.Equal(0, Peer.Sign(_folder.Path, ["public-key", "key.pem", "-o", "key.pub"]).Exit);
        Execution run = Client.Run(["verify-export", form, "--key", "key.pub", "--verbose"], _folder.Path);
        Assert.True(run.ExitCode == 0 && run.Stdout.Contains("kit.sigstore.json (sigstore) is by a trusted signer", StringComparison.Ordinal), run.Everything);
    }

    [Theory]
    [InlineData("link", "ln -s a in/x")]
    [InlineData("pipe", "mkfifo in/x")]
    [InlineData("two names that are one elsewhere", "touch in/A")]
    [InlineData("a name that Windows cannot hold", "touch 'in/a:b'")]
    [InlineData("the kit's own name", "touch in/Kit.json")]
    [InlineData("the kit's own instructions", "touch in/VERIFY.txt")]
    [InlineData("the kit's own certificates", "touch in/kit.certificates.pem")]
    [InlineData("the packer's public key", "mkdir in/trust && touch in/trust/packer-1.pem")]
    public void A_folder_that_makes_no_kit_is_refused_and_leaves_nothing(string what, string command)
    {
        Make("in", Payload);
        Peer.Must(_folder.Path, "sh", ["-c", command]);
        (int exit, string output) = TryPack("in", "kit.tar");
        Assert.True(exit == 1 && output.Contains("[sign.unsuitable-subject]", StringComparison.Ordinal), $"{what}: {exit}: {output}");
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(_folder.Path), path => Path.GetFileName(path).StartsWith("kit", StringComparison.Ordinal));
    }

    [Fact]
    public void A_certificate_for_another_key_is_refused()
    {
        Make("in", Payload);
        Peer.Must(_folder.Path, "openssl", ["req", "-x509", "-newkey", "ed25519", "-nodes", "-keyout", "other.key", "-out", "other.crt", "-subj", "/CN=other"]);
        (int exit, string output) = TryPack("in", "kit.tar", "--certificates", "other.crt");
        Assert.True(exit == 1 && output.Contains("is for no key that signs the kit", StringComparison.Ordinal), output);
    }

    [Fact]
    public void Force_replaces_a_kit_and_nothing_else()
    {
        Make("in", Payload);
        Make("precious", [("thesis", "…")]);
        Assert.Equal(1, TryPack("in", "precious", "--force").Exit);
        Assert.True(File.Exists(_folder["precious/thesis"]));
        Pack("in", "kit");
        Assert.Equal(1, TryPack("in", "kit").Exit);
        Make("in", [("new", "8")]);
        Pack("in", "kit", "--force");
        Assert.True(File.Exists(_folder["kit/new"]));
    }

    [Fact]
    public void Who_pinned_a_minisign_key_is_told_the_way_to_the_kit_that_it_signed()
    {
        Make("in", [("feed", "1")]);
        Assert.Equal(0, Peer.Sign(_folder.Path, ["keygen", "-s", "mini.key", "-p", "mini.pub", "-W"]).Exit);
        Assert.Equal(0, Peer.Sign(_folder.Path, ["export", "pack", "in", "--name", "golden", "--version", "1", "--key", "minisign:mini.key", "-o", "mini.tar"]).Exit);
        Execution refused = Client.Run(["verify-export", "mini.tar", "--key", "mini.pub"], _folder.Path);
        Assert.True(refused.ExitCode == 1 && refused.Stdout.Contains("`offlinekit-sign public-key`", StringComparison.Ordinal), refused.Stdout);
        Assert.Equal(0, Peer.Sign(_folder.Path, ["public-key", "minisign:mini.key", "-o", "mini.pem"]).Exit);
        Execution trusted = Client.Run(["verify-export", "mini.tar", "--key", "mini.pem"], _folder.Path);
        Assert.True(trusted.ExitCode == 0, trusted.Stdout);
    }

    private void Make(string folder, IEnumerable<(string Name, string Content)> files)
    {
        foreach ((string name, string content) in files)
        {
            string path = _folder[Path.Combine(folder, name)];
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, content);
        }
    }

    private void Pack(string folder, string output, params string[] more)
    {
        (int exit, string said) = TryPack(folder, output, more);
        Assert.True(exit == 0, said);
    }

    private (int Exit, string Output) TryPack(string folder, string output, params string[] more) => Peer.Sign(
        _folder.Path, ["export", "pack", folder, "--name", "golden", "--version", "1.2.3", "--signed-at", "2026-11-22T08:30:00Z", "--key", "key.pem", "-o", output, .. more]);

    private string Sha256(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(_folder[file])));
}

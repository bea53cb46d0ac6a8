using OfflineKit.Formats.Dossier;

namespace OfflineKit.Signing.Tests.Dossier;

/// <summary>The list of a project's keys, by the command that keeps it: from the first key to the day when it goes.</summary>
public sealed class KeyListTests
{
    [Fact]
    public void A_key_comes_is_deprecated_and_goes()
    {
        using Folder folder = Keys();
        Keep(folder, 0, "add KEYS.txt --public-key old.pem --name Service --on 2026-01-26");
        Assert.EndsWith($"# since 2026-01-26, sha256:{Fingerprint(folder, "old.pem")}\n{DossierKeyText(folder, "old.pem")} Service\n", Text(folder), StringComparison.Ordinal);
        Keep(folder, 0, "add KEYS.txt --public-key new.pem --name Team --on 2026-11-30");
        Keep(folder, 0, "add KEYS.txt --public-key mini.pub --name Ada --on 2026-11-30");
        Assert.Equal(["Ada", "Service", "Team"], Trusted(folder));
        Assert.Contains("\n" + File.ReadAllLines(folder["mini.pub"])[1] + " Ada\n", Text(folder), StringComparison.Ordinal);

        Keep(folder, 1, "add KEYS.txt --public-key old.pem --name Again --on 2026-11-30");
        Keep(folder, 1, "retire KEYS.txt --public-key old.pem --reason replaced --on 2027-03-01");
        Keep(folder, 0, "deprecate KEYS.txt --public-key old.pem --on 2026-11-30");
        Assert.Contains("# deprecated on 2026-11-30, to be retired on 2027-02-28: sign nothing by it\n", Text(folder), StringComparison.Ordinal);
        Assert.Equal(["Ada", "Service", "Team"], Trusted(folder));
        Keep(folder, 1, "deprecate KEYS.txt --public-key old.pem --on 2026-12-01");
        Keep(folder, 1, "retire KEYS.txt --public-key old.pem --reason replaced --on 2027-02-27");
        Keep(folder, 0, "retire KEYS.txt --public-key old.pem --reason replaced --on 2027-02-28");
        Assert.Equal(["Ada", "Team"], Trusted(folder));
        Assert.DoesNotContain("deprecated", Text(folder), StringComparison.Ordinal);
        Assert.Contains($"# retired: {DossierKeyText(folder, "old.pem")} Service 2027-02-28 replaced\n", Text(folder), StringComparison.Ordinal);
        Keep(folder, 0, "revoke KEYS.txt --public-key mini.pub --reason lost --on 2027-03-01");
        Assert.Equal(["Team"], Trusted(folder));

        // What was taken out of trust does not come back unseen.
        Keep(folder, 1, "add KEYS.txt --public-key old.pem --name Again --on 2027-03-02");
        Keep(folder, 1, "add KEYS.txt --public-key mini.pub --name Ada --on 2027-03-02");
        Assert.Equal(["Team"], Trusted(folder));
    }

    [Fact]
    public void What_others_wrote_stays_and_a_block_goes_whole()
    {
        using Folder folder = Keys();
        string pem = File.ReadAllText(folder["old.pem"]).TrimEnd('\n');
        folder.Write("KEYS.txt", $"# ours\n{pem}\nService by block\n\narn:aws:kms:x not a key\n{DossierKeyText(folder, "new.pem")} Team\n");
        Keep(folder, 0, "revoke KEYS.txt --public-key old.pem --reason lost --on 2027-03-01");
        Assert.Equal($"# ours\n# revoked: {DossierKeyText(folder, "old.pem")} Service by block 2027-03-01 lost\n\narn:aws:kms:x not a key\n{DossierKeyText(folder, "new.pem")} Team\n", Text(folder));
    }

    [Theory]
    [InlineData(2, "deprecate MISSING.txt --public-key old.pem")]
    [InlineData(2, "add KEYS.txt --public-key missing.pem --name X")]
    [InlineData(2, "add KEYS.txt --public-key old.pem --name X --on 30.11.2026")]
    [InlineData(1, "add KEYS.txt --public-key old.pem --name #X")]
    [InlineData(1, "add KEYS.txt --public-key rsa.pem --name X")]
    [InlineData(1, "revoke empty.txt --public-key old.pem --reason lost")]
    public void What_cannot_be_done_changes_nothing(int wanted, string command)
    {
        using Folder folder = Keys();
        folder.Write("empty.txt", "");
        Keep(folder, wanted, command);
        Assert.False(File.Exists(folder["KEYS.txt"]));
        Assert.Equal("", File.ReadAllText(folder["empty.txt"]));
    }

    private static void Keep(Folder folder, int wanted, string command)
    {
        (int exit, string output) = Peer.Sign(folder.Path, ["dossier", "keys", .. command.Split(' ')]);
        Assert.True(exit == wanted, $"{command}: {exit}: {output}");
    }

    private static string Text(Folder folder) => File.ReadAllText(folder["KEYS.txt"]);

    private static string[] Trusted(Folder folder) => [.. TrustedKeysFile.Parse(File.ReadAllBytes(folder["KEYS.txt"]), "KEYS.txt").Store.Keys.Select(key => key.Name).Order(StringComparer.Ordinal)];

    private static string DossierKeyText(Folder folder, string file) => Formats.Dossier.DossierKeyText.OfFile(File.ReadAllBytes(folder[file]), file).Text;

    private static string Fingerprint(Folder folder, string file) => Formats.Dossier.DossierKeyText.OfFile(File.ReadAllBytes(folder[file]), file).Material.Fingerprint;

    private static Folder Keys()
    {
        Folder folder = new();
        string[][] kinds = [["old", "EC", "ec_paramgen_curve:P-256"], ["new", "ed25519"], ["rsa", "RSA", "rsa_keygen_bits:2048"]];
        foreach (string[] kind in kinds)
        {
            Peer.Must(folder.Path, "openssl", ["genpkey", "-algorithm", kind[1], .. kind.Length > 2 ? ["-pkeyopt", kind[2]] : Array.Empty<string>(), "-out", "secret.pem"]);
            Peer.Must(folder.Path, "openssl", ["pkey", "-in", "secret.pem", "-pubout", "-out", $"{kind[0]}.pem"]);
        }

        Assert.Equal(0, Peer.Sign(folder.Path, ["keygen", "-W", "-s", "mini.key", "-p", "mini.pub"]).Exit);
        return folder;
    }
}

using OfflineKit.Crypto;
using OfflineKit.Signing.Tests.Services;
using OfflineKit.Testing;

namespace OfflineKit.Signing.Tests.Trust;

/// <summary>The maintaining side as people use it: signers who do not sit at one machine, keys in a key service, the list for people.</summary>
public sealed class MaintainingTests
{
    [Fact]
    public void Two_people_sign_copies_on_their_own_machines_and_only_signatures_come_back()
    {
        using MaintainedRepository team = Threshold();
        Carry(team, "ada");
        Carry(team, "ben");
        team.Trust("sign", "ada", "--key", "ada.key");
        team.Trust("sign", "ben", "--key", "ben.key");
        team.Refused("sign-trust.unfinished", "publish", "repo", "--key", "online.key");
        Assert.Contains("staged/root.json, staged/targets.json", team.Trust("sign", "repo", "--from", "ada"), StringComparison.Ordinal);
        team.Trust("sign", "repo", "--from", Path.Combine("ben", "staged"));
        team.Refused("sign-trust.missing", "sign", "repo", "--from", "ben");
        team.Trust("publish", "repo", "--key", "online.key");
        Assert.StartsWith("SOUND", team.Sound(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_copy_of_another_draft_or_with_a_strangers_signature_is_refused()
    {
        using MaintainedRepository team = Threshold();
        Carry(team, "ada");
        team.Trust("sign", "ada", "--key", "ada.key");
        team.Trust("add", "repo", "ada.pub", "--name", "release");
        team.Refused("sign-trust.other-draft", "sign", "repo", "--from", "ada");

        Carry(team, "eve");
        string staged = Path.Combine(team["eve"], "staged", "root.json");
        File.WriteAllText(staged, File.ReadAllText(staged).Replace("\"signatures\":[]", $"\"signatures\":[{{\"keyid\":\"{new string('a', 64)}\",\"sig\":\"{new string('0', 128)}\"}}]", StringComparison.Ordinal));
        team.Refused("sign-trust.not-entitled", "sign", "repo", "--from", "eve");
        team.MakeKey("eve");
        team.Refused("sign-trust.not-entitled", "sign", "repo", "--key", "eve.key");
    }

    [Fact]
    public void Keys_in_a_key_service_fill_every_role()
    {
        using ServiceKeyPair pair = ServiceKeyPair.Of(KeyKind.P256);
        using AwsStub service = new(pair);
        using MaintainedRepository team = new();
        team.MakeKey("ada");
        team.Write("kms.pub", pair.Pem);
        const string Uri = "awskms:///" + AwsStub.Arn;
        team.Trust("init", "repo", "--root", "ada.pub", "--root", "kms.pub", "--root-threshold", "2", "--targets", "kms.pub", "--snapshot", "kms.pub", "--timestamp", "kms.pub");
        team.Trust("add", "repo", "kms.pub", "--name", "release", "--format", "kms-detached");
        team.Trust("sign", "repo", "--key", "ada.key");
        team.Trust(service.Environment, "sign", "repo", "--key", Uri);
        team.Trust(service.Environment, "publish", "repo", "--key", Uri, "--timestamp-key", Uri);
        Assert.StartsWith("SOUND", team.Sound(), StringComparison.Ordinal);
        Assert.Equal(4, service.Count("Sign"));
    }

    [Fact]
    public void The_list_for_people_is_generated_says_everything_and_is_read_by_nothing()
    {
        using MaintainedRepository team = MaintainedRepository.WithOneKey();
        team.Trust("add", "repo", "all.pub", "--name", "release", "--format", "minisign", "--artifact", "*.tar.gz", "--tenant", "acme", "--valid-until", "2030-01-01T00:00:00Z");
        File.Copy(OfflineKit.Testing.Repository.Path("tests", "demo", "keys", "release.pub"), Path.Combine(team.Path, "small.pub"));
        team.Trust("add", "repo", "small.pub", "--name", "small", "--format", "minisign");
        team.Trust("revoke", "repo", "release", "--on", "2026-03-01T00:00:00Z", "--compromised-since", "2026-02-01T00:00:00Z", "--compromised-until", "2026-02-03T00:00:00Z", "--reason", "laptop stolen");
        team.Trust("revoke", "repo", "--certificate", new string('b', 64), "--reason", "issued in error");
        team.Refused("sign-trust.exists", "add", "repo", team.Write("mine.txt", "trust me"), "--as", "KEYS.txt");
        team.Publish("--bundle", "trust.tar.zst");
        string list = File.ReadAllText(Path.Combine(team.Repo, "targets", "KEYS.txt"));
        Assert.Contains("status       revoked since 2026-03-01T00:00:00Z, compromised from 2026-02-01T00:00:00Z until 2026-02-03T00:00:00Z (laptop stolen)", list, StringComparison.Ordinal);
        Assert.Contains("\n  minisign     RWRfBkVvbUXiN85qSbIaMHVR5xJvdz+YlwVzs9Z4PZF5kACRd96RVdmN\n", list, StringComparison.Ordinal);
        Assert.Contains("may sign     minisign; artefacts called *.tar.gz; for the tenants acme", list, StringComparison.Ordinal);
        Assert.Contains($"\nsha256:{new string('b', 64)}\n  status       revoked (issued in error)", list, StringComparison.Ordinal);

        // A list that lies changes nothing: no program reads it. It is signed like every target, so it must be the one that was signed.
        Assert.Contains("KEYS.txt", team.Sound(), StringComparison.Ordinal);
        string pin = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(Path.Combine(team.Repo, "metadata", "1.root.json"))));
        Execution packed = Client.Run(["trust", "check", team["trust.tar.zst"], "--root-fingerprint", pin]);
        Assert.True(packed.ExitCode == 0, packed.Everything);
    }

    [Fact]
    public void What_no_client_could_read_is_not_staged()
    {
        using MaintainedRepository team = MaintainedRepository.WithOneKey();
        team.Refused("wanted 64 hex digits", "add", "repo", team.Write("list.json", "{\"version\":1,\"revoked\":[{\"fingerprint\":\"ab\"}]}"), "--as", "revocations.json");
        team.Refused("media type", "add", "repo", team.Write("root.json", "{}"), "--name", "instance", "--kind", "sigstore-trusted-root");
        team.Refused("limits one key", "add", "repo", team.Write("signers.allowed", "ada@example.org ssh-ed25519 AAAA"), "--name", "ssh", "--kind", "ssh-allowed-signers", "--tenant", "acme");
    }

    private static MaintainedRepository Threshold()
    {
        MaintainedRepository team = new();
        foreach (string name in (string[])["ada", "ben", "online"])
        {
            team.MakeKey(name);
        }

        team.Trust(
            "init", "repo", "--root", "ada.pub", "--root", "ben.pub", "--root-threshold", "2", "--targets", "ada.pub", "--targets", "ben.pub", "--targets-threshold", "2",
            "--snapshot", "online.pub", "--timestamp", "online.pub");
        return team;
    }

    private static void Carry(MaintainedRepository team, string to)
    {
        foreach (string file in Directory.EnumerateFiles(Path.Combine(team.Repo, "staged"), "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(team[to], Path.GetRelativePath(team.Repo, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }
    }
}

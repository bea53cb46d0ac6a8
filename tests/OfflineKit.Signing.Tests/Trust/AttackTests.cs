using OfflineKit.Signing.Trust;
using OfflineKit.Trust.Tuf;

namespace OfflineKit.Signing.Tests.Trust;

/// <summary>Every attack that the TUF specification lists (§1.5.2), against a repository of the maintaining side.</summary>
public sealed class AttackTests
{
    [Fact]
    public void A_sound_repository_opens_with_every_target()
    {
        TufRepository repository = SimulatedRepository.Fresh().Opened();
        Assert.Equal(["keys/release.pub", "policy.json"], repository.Targets.Select(target => target.File.Path).Order(StringComparer.Ordinal));
        Assert.Equal(SimulatedRepository.Now.AddDays(-1), repository.NewestVerifiedTime);
    }

    [Fact]
    public void Arbitrary_software_is_refused_by_its_hash()
    {
        SimulatedRepository attacked = SimulatedRepository.Fresh();
        attacked.Files["targets/keys/release.pub"] = "attackerkey"u8.ToArray();
        Assert.Equal("tuf.hash-mismatch", attacked.Refusal());
    }

    [Fact]
    public void Arbitrary_metadata_is_refused_for_want_of_signatures()
    {
        SimulatedRepository attacked = SimulatedRepository.Fresh();
        attacked.Targets["keys/evil.pub"] = "attacker key"u8.ToArray();
        attacked.Keys["targets"] = [MemoryKey.P256(), MemoryKey.P256()];
        attacked.Publish();
        Assert.Equal("tuf.threshold", attacked.Refusal());
    }

    [Theory]
    [InlineData("metadata/timestamp.json", TufLimits.Timestamp)]
    [InlineData("metadata/1.root.json", TufLimits.Root)]
    [InlineData("metadata/snapshot.json", 2000)]
    [InlineData("metadata/targets.json", 4000)]
    [InlineData("targets/policy.json", 2)]
    public void Endless_data_stops_at_the_limit_or_at_the_signed_length(string file, int limit)
    {
        SimulatedRepository attacked = SimulatedRepository.Fresh();
        string pin = attacked.Pin;
        attacked.Files[file] = [.. attacked.Files[file], .. new byte[limit]];
        Assert.Equal("tuf.too-large", TufClient.Open(attacked, pin, SimulatedRepository.Now, ExpiryRule.Refuse).Finding?.Reason.Code);
    }

    [Fact]
    public void Extraneous_dependencies_beyond_a_delegated_path_never_become_trust()
    {
        SimulatedRepository attacked = SimulatedRepository.Fresh();
        MemoryKey key = MemoryKey.P256();
        attacked.Delegations = [new DelegatedRole(new RoleKeys("team", [key.Material], 1), ["team/*"], Terminating: false)];
        attacked.Files["targets/team/a.pub"] = attacked.Files["targets/keys/evil.pub"] = attacked.Files["targets/team/deep/b.pub"] = "x"u8.ToArray();
        attacked.Delegated["team"] = ([key], MetadataText.Targets(
            1, SimulatedRepository.Now.AddDays(9), new[] { "team/a.pub", "keys/evil.pub", "team/deep/b.pub", "policy.json" }.Select(path => KeyValuePair.Create(path, (ReadOnlyMemory<byte>)"x"u8.ToArray()))));
        attacked.Publish();
        TufRepository repository = attacked.Opened();
        Assert.NotNull(repository.Find("team/a.pub"));
        Assert.Null(repository.Find("keys/evil.pub"));
        Assert.Null(repository.Find("team/deep/b.pub"));
        Assert.Equal("{}"u8.ToArray(), repository.Find("policy.json")!.Value.ToArray());
    }

    [Fact]
    public void Fast_forward_is_undone_by_new_keys_and_only_by_them()
    {
        SimulatedRepository site = SimulatedRepository.Fresh();
        site.TimestampVersion = site.SnapshotVersion = 1_000_000;
        site.PublishSnapshot();
        TufRepository forwarded = site.Opened();
        site.TimestampVersion = site.SnapshotVersion = 2;
        site.PublishSnapshot();
        Assert.Equal("tuf.rollback", site.Refusal(forwarded));
        site.Keys["timestamp"] = [MemoryKey.P256()];
        site.AddRoot(site.Keys["root"]);
        site.PublishSnapshot();
        Assert.Null(site.Refusal(forwarded));
    }

    [Fact]
    public void Recovery_from_fast_forward_does_not_let_targets_go_back()
    {
        SimulatedRepository site = SimulatedRepository.Fresh();
        site.Advance();
        TufRepository trusted = site.Opened();
        site.Keys["snapshot"] = [MemoryKey.P256()];
        site.AddRoot(site.Keys["root"]);
        site.TargetsVersion = 1;
        site.Publish();
        Assert.Equal("tuf.rollback", site.Refusal(trusted));
    }

    [Fact]
    public void Freezing_is_seen_when_metadata_expires()
    {
        SimulatedRepository frozen = SimulatedRepository.Fresh();
        Assert.Equal("tuf.expired", frozen.Refusal(time: SimulatedRepository.Now + frozen.Life));
        Assert.Null(frozen.Refusal(time: SimulatedRepository.Now + frozen.Life - TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void A_malicious_mirror_that_withholds_files_is_refused()
    {
        foreach (string file in SimulatedRepository.Fresh().Files.Keys.Where(name => name != "metadata/1.root.json"))
        {
            SimulatedRepository mirror = SimulatedRepository.Fresh();
            mirror.Files.Remove(file);
            Assert.Equal("tuf.missing-file", mirror.Refusal());
        }
    }

    [Fact]
    public void A_mirror_that_withholds_a_root_cannot_hide_the_gap()
    {
        SimulatedRepository mirror = SimulatedRepository.Fresh();
        mirror.AddRoot(mirror.Keys["root"]);
        mirror.AddRoot(mirror.Keys["root"]);
        mirror.Files.Remove("metadata/2.root.json");
        Assert.Equal("tuf.root-gap", mirror.Refusal());
    }

    [Theory]
    [InlineData("metadata/targets.json")]
    [InlineData("metadata/snapshot.json")]
    public void Mix_and_match_of_two_releases_is_refused(string file)
    {
        SimulatedRepository site = SimulatedRepository.Fresh();
        byte[] old = site.Files[file];
        site.Advance();
        site.Files[file] = old;
        // An ECDSA signature may make the old file a byte longer than the signed length.
        Assert.Contains(site.Refusal(), new[] { "tuf.hash-mismatch", "tuf.too-large" });
    }

    [Fact]
    public void Mix_and_match_is_seen_by_the_version_where_a_snapshot_has_no_hashes()
    {
        SimulatedRepository site = SimulatedRepository.Fresh();
        site.TargetsVersion = 2;
        byte[] bare = System.Text.Encoding.UTF8.GetBytes(
            "{\"_type\":\"snapshot\",\"expires\":\"2027-01-01T00:00:00Z\",\"meta\":{\"targets.json\":{\"version\":2}},\"spec_version\":\"1.0.0\",\"version\":1}");
        site.Files["metadata/snapshot.json"] = SimulatedRepository.Sign(bare, site.Keys["snapshot"]);
        site.PublishTimestamp();
        Assert.Equal("tuf.version-mismatch", site.Refusal());
    }

    [Fact]
    public void Rollback_of_each_role_is_refused()
    {
        SimulatedRepository site = SimulatedRepository.Fresh();
        SimulatedRepository old = site.Copy();
        site.Advance();
        TufRepository trusted = site.Opened();
        Assert.Null(site.Refusal(trusted));
        Assert.Equal("tuf.rollback", old.Refusal(trusted));

        // A new timestamp over an old snapshot, and a new snapshot over old targets.
        (site.TimestampVersion, site.SnapshotVersion) = (3, 1);
        site.PublishSnapshot();
        Assert.Equal("tuf.rollback", site.Refusal(trusted));
        (site.TimestampVersion, site.SnapshotVersion, site.TargetsVersion) = (4, 3, 1);
        site.Publish();
        Assert.Equal("tuf.rollback", site.Refusal(trusted));
    }

    [Fact]
    public void A_root_cannot_be_rolled_back_or_jump()
    {
        SimulatedRepository site = SimulatedRepository.Fresh();
        site.AddRoot(site.Keys["root"], version: 1);
        Assert.Equal("tuf.version-mismatch", site.Refusal());
        site.AddRoot(site.Keys["root"], version: 7);
        Assert.Equal("tuf.version-mismatch", site.Refusal());
    }

    [Fact]
    public void A_role_that_vanishes_from_the_snapshot_is_refused()
    {
        SimulatedRepository site = SimulatedRepository.Fresh();
        MemoryKey key = MemoryKey.P256();
        site.Delegations = [new DelegatedRole(new RoleKeys("team", [key.Material], 1), ["team/*"], Terminating: true)];
        site.Delegated["team"] = ([key], MetadataText.Targets(1, SimulatedRepository.Now.AddDays(9), []));
        site.Publish();
        TufRepository trusted = site.Opened();
        site.Delegations = [];
        site.Delegated.Clear();
        site.Advance();
        Assert.Equal("tuf.removed", site.Refusal(trusted));
    }

    [Fact]
    public void Wrong_software_installation_is_refused_because_paths_are_signed()
    {
        SimulatedRepository attacked = SimulatedRepository.Fresh();
        (attacked.Files["targets/policy.json"], attacked.Files["targets/keys/release.pub"]) = (attacked.Files["targets/keys/release.pub"], attacked.Files["targets/policy.json"]);
        Assert.Contains(attacked.Refusal(), new[] { "tuf.too-large", "tuf.hash-mismatch" });
        SimulatedRepository swapped = SimulatedRepository.Fresh();
        swapped.Files["metadata/timestamp.json"] = swapped.Files["metadata/snapshot.json"];
        Assert.Equal("tuf.wrong-role", swapped.Refusal());
    }

    [Fact]
    public void Keys_below_the_threshold_sign_nothing()
    {
        SimulatedRepository site = SimulatedRepository.Fresh();
        TufRepository trusted = site.Opened();
        MemoryKey stolen = site.Keys["root"][0];
        site.TargetsVersion++;
        site.SnapshotVersion++;
        site.TimestampVersion++;
        site.Publish(targetSigners: 1);
        Assert.Equal("tuf.threshold", site.Refusal(trusted));

        // One stolen root key cannot appoint new keys, even when all the new keys sign.
        SimulatedRepository taken = SimulatedRepository.Fresh();
        trusted = taken.Opened();
        MemoryKey mine = MemoryKey.P256(), mine2 = MemoryKey.P256();
        stolen = taken.Keys["root"][0];
        taken.Keys["root"] = [mine, mine2];
        taken.AddRoot([mine, mine2, stolen]);
        Assert.Equal("tuf.threshold", taken.Refusal(trusted));
    }

    [Fact]
    public async Task One_key_under_two_ids_counts_once()
    {
        SimulatedRepository site = SimulatedRepository.Fresh();
        MemoryKey key = site.Keys["targets"][0];
        string id = TufKeyText.IdOf(key.Material), alias = new('a', 64);
        string root = System.Text.Encoding.UTF8.GetString(SimulatedRepository.Sign(
            MetadataText.Root(2, SimulatedRepository.Now.AddDays(99), [.. RoleKeys.TopLevel.Select(site.Role)]), []));
        string object_ = root[(root.IndexOf($"\"{id}\":{{", StringComparison.Ordinal) + id.Length + 3)..];
        object_ = object_[..(object_.IndexOf("}}", StringComparison.Ordinal) + 2)];
        string other = TufKeyText.IdOf(site.Keys["targets"][1].Material);
        string signed = root[(root.IndexOf("\"signed\":", StringComparison.Ordinal) + 9)..^2].Replace("\"keys\":{", $"\"keys\":{{\"{alias}\":{object_},", StringComparison.Ordinal);
        int targets = signed.LastIndexOf("\"targets\":", StringComparison.Ordinal);
        signed = signed[..targets] + signed[targets..].Replace(other, alias, StringComparison.Ordinal);
        site.Files["metadata/2.root.json"] = SimulatedRepository.Sign(System.Text.Encoding.UTF8.GetBytes(signed), site.Keys["root"]);
        byte[] body = MetadataText.Targets(1, SimulatedRepository.Now.AddDays(5), []);
        string signature = (await MetadataSigning.SignatureAsync(body, key, default)).Value;
        site.Files["metadata/targets.json"] = MetadataText.File(body, [KeyValuePair.Create(id, signature), KeyValuePair.Create(alias, signature)]);
        site.PublishSnapshot();
        Assert.Equal("tuf.threshold", site.Refusal());
    }
}

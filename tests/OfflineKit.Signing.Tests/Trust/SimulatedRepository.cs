using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Signing.Trust;
using OfflineKit.Trust.Tuf;

namespace OfflineKit.Signing.Tests.Trust;

/// <summary>A repository in memory whose every part a test may forge: it is made with the maintaining side's own writer.</summary>
internal sealed class SimulatedRepository : ITufFiles
{
    public static readonly DateTimeOffset Now = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    public Dictionary<string, MemoryKey[]> Keys { get; } = new(StringComparer.Ordinal)
    {
        ["root"] = [MemoryKey.P256(), MemoryKey.P384(), MemoryKey.Rsa()],
        ["targets"] = [MemoryKey.P256(), MemoryKey.P256()],
        ["snapshot"] = [MemoryKey.P256()],
        ["timestamp"] = [MemoryKey.P256()],
    };

    public Dictionary<string, int> Thresholds { get; } = new(StringComparer.Ordinal) { ["root"] = 2, ["targets"] = 2, ["snapshot"] = 1, ["timestamp"] = 1 };

    public Dictionary<string, byte[]> Files { get; init; } = new(StringComparer.Ordinal);

    public Dictionary<string, byte[]> Targets { get; } = new(StringComparer.Ordinal) { ["keys/release.pub"] = "release key"u8.ToArray(), ["policy.json"] = "{}"u8.ToArray() };

    public long RootVersion { get; set; }

    public long TargetsVersion { get; set; } = 1;

    public long SnapshotVersion { get; set; } = 1;

    public long TimestampVersion { get; set; } = 1;

    public TimeSpan Life { get; set; } = TimeSpan.FromDays(30);

    public DateTimeOffset SignedOn { get; set; } = Now.AddDays(-1);

    public ImmutableArray<DelegatedRole> Delegations { get; set; } = [];

    public Dictionary<string, (MemoryKey[] Keys, byte[] Signed)> Delegated { get; } = new(StringComparer.Ordinal);

    public string Pin => Digest.Sha256(Files["metadata/1.root.json"]).Hex;

    public ImmutableArray<string> Names => [.. Files.Keys.Order(StringComparer.Ordinal)];

    public ReadOnlyMemory<byte>? Read(string name, int limit) =>
        !Files.TryGetValue(name, out byte[]? content) ? null
        : content.Length <= limit ? content
        : throw new MalformedException(TufReasons.TooLarge, $"{name}: more than {limit} bytes");

    public static SimulatedRepository Fresh()
    {
        SimulatedRepository repository = new();
        repository.AddRoot(repository.Keys["root"]);
        repository.Publish();
        return repository;
    }

    public RoleKeys Role(string role) => new(role, [.. Keys[role].Select(key => key.Material)], Thresholds[role]);

    public void AddRoot(IEnumerable<MemoryKey> signers, long? version = null)
    {
        RootVersion++;
        byte[] signed = MetadataText.Root(version ?? RootVersion, Now.AddDays(365), [.. RoleKeys.TopLevel.Select(Role)]);
        Files[$"metadata/{RootVersion}.root.json"] = Sign(signed, signers);
    }

    public static byte[] Sign(byte[] signed, IEnumerable<MemoryKey> signers) => MetadataSigning.FileAsync(signed, signers, default).GetAwaiter().GetResult();

    public void Publish(int targetSigners = 2)
    {
        foreach ((string path, byte[] content) in Targets)
        {
            Files[$"targets/{path}"] = content;
        }

        byte[] targets = MetadataText.Targets(
            TargetsVersion, Now + Life, Targets.Select(file => KeyValuePair.Create(file.Key, (ReadOnlyMemory<byte>)file.Value)), Delegations);
        Files["metadata/targets.json"] = Sign(targets, Keys["targets"].Take(targetSigners));
        foreach ((string role, (MemoryKey[] keys, byte[] signed)) in Delegated)
        {
            Files[$"metadata/{role}.json"] = Sign(signed, keys);
        }

        PublishSnapshot();
    }

    public void PublishSnapshot()
    {
        List<NamedMetadata> meta = [new("targets.json", TargetsVersion, Files["metadata/targets.json"]), .. Delegated.Keys.Select(role => new NamedMetadata(role + ".json", 1, Files[$"metadata/{role}.json"]))];
        Files["metadata/snapshot.json"] = Sign(MetadataText.Snapshot(SnapshotVersion, Now + Life, meta), Keys["snapshot"]);
        PublishTimestamp();
    }

    public void PublishTimestamp() => Files["metadata/timestamp.json"] =
        Sign(MetadataText.Timestamp(TimestampVersion, Now + Life, new NamedMetadata("snapshot.json", SnapshotVersion, Files["metadata/snapshot.json"]), SignedOn), Keys["timestamp"]);

    /// <summary>The next release: every version one up.</summary>
    public void Advance()
    {
        TargetsVersion++;
        SnapshotVersion++;
        TimestampVersion++;
        Publish();
    }

    /// <summary>The files as they are now, for a later attack with old files.</summary>
    public SimulatedRepository Copy() => new() { Files = new(Files, StringComparer.Ordinal) };

    public Result<TufRepository> Open(DateTimeOffset? time = null) => TufClient.Open(this, Pin, time ?? Now, ExpiryRule.Refuse);

    public TufRepository Opened() => Open() is { Value: { } repository } ? repository : throw new InvalidOperationException(Open().Finding!.Detail);

    public string? Refusal(TufRepository? trusted = null, DateTimeOffset? time = null) =>
        (trusted is null ? Open(time) : TufClient.Update(this, trusted, time ?? Now, ExpiryRule.Refuse)).Finding?.Reason.Code;
}

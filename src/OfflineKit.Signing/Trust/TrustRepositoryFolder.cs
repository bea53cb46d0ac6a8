using System.Collections.Immutable;
using OfflineKit.Archives;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Signing.Output;
using OfflineKit.Trust;
using OfflineKit.Trust.Tuf;

namespace OfflineKit.Signing.Trust;

/// <summary>How long metadata lives from the moment at which it is made.</summary>
/// <param name="Root">root.json and targets.json: what people sign.</param>
/// <param name="Online">snapshot.json and timestamp.json: what a machine signs at every publication.</param>
public sealed record MetadataLife(TimeSpan Root, TimeSpan Online)
{
    /// <summary>A year, and ninety days: an air gap is crossed seldom.</summary>
    public static MetadataLife Default { get; } = new(TimeSpan.FromDays(365), TimeSpan.FromDays(90));
}

/// <summary>A trust repository that a security team keeps: what is published, and what waits for signatures.</summary>
/// <remarks>
/// <c>metadata/</c> and <c>targets/</c> are published and are themselves a bundle; <c>staged/</c> is the next release. Changes go to <c>staged/</c>,
/// people sign there, and a publication verifies the whole as a client would before it replaces anything. Source: docs/air-gap.md, docs/spec/trust-bundle.md.
/// </remarks>
public sealed class TrustRepositoryFolder(string path)
{
    private const string StagedRoot = "staged/root.json", StagedTargets = "staged/targets.json";

    /// <summary>Starts a repository whose first root names <paramref name="roles"/>; it waits for signatures.</summary>
    public void Start(ImmutableArray<RoleKeys> roles, MetadataLife life, DateTimeOffset now)
    {
        if (Path.Exists(At("metadata")) || Path.Exists(At("staged")))
        {
            throw TrustReasons.Exists.Refusal($"{path} holds a repository already");
        }

        Write(StagedRoot, MetadataText.File(MetadataText.Root(1, now + life.Root, roles), []));
        StageTargets(life, now);
    }

    /// <summary>Adds a public key to the list of trusted keys.</summary>
    public void AddKey(TrustEntry entry, MetadataLife life, DateTimeOffset now)
    {
        Write("staged/targets/" + entry.File, entry.Content.ToArray());
        Write("staged/targets/" + TrustManifest.FileName, TrustManifestText.WithEntry(Target(TrustManifest.FileName), entry));
        StageTargets(life, now);
    }

    /// <summary>Adds or replaces a file that is no key: a policy, a Sigstore trusted root.</summary>
    public void AddFile(string name, ReadOnlyMemory<byte> content, MetadataLife life, DateTimeOffset now)
    {
        TargetPath.RequireSafe(name);
        StagedFile.RefuseUnreadable(name, content);
        Write("staged/targets/" + name, content.ToArray());
        StageTargets(life, now);
    }

    /// <summary>Marks the key called <paramref name="name"/> as <paramref name="status"/>; it stays listed so that everybody learns of it.</summary>
    public void SetStatus(string name, KeyStatus status, MetadataLife life, DateTimeOffset now)
    {
        byte[] manifest = Target(TrustManifest.FileName) ?? throw TrustReasons.Missing.Refusal("no key was added yet");
        Write("staged/targets/" + TrustManifest.FileName, TrustManifestText.WithStatus(manifest, name, status));
        StageTargets(life, now);
    }

    /// <summary>Revokes a key or certificate that is listed nowhere; <paramref name="member"/> is <c>fingerprint</c> or <c>certificate</c>.</summary>
    public void RevokeUnlisted(string member, string sha256, KeyStatus status, MetadataLife life, DateTimeOffset now)
    {
        Write("staged/targets/" + RevocationList.FileName, RevocationListText.WithEntry(Target(RevocationList.FileName), member, sha256, status));
        StageTargets(life, now);
    }

    /// <summary>Stages the next root, in which <paramref name="role"/> has other keys or another threshold.</summary>
    public RoleKeys Rotate(string role, ImmutableArray<KeyMaterial> added, ImmutableArray<KeyMaterial> removed, int? threshold, MetadataLife life, DateTimeOffset now)
    {
        RootMetadata current = Root();
        ImmutableArray<RoleKeys> before = File.Exists(At(StagedRoot)) ? RolesOf(Parse(StagedRoot)) : RolesOf(current);
        RoleKeys old = before.FirstOrDefault(candidate => candidate.Role == role) ?? throw TrustReasons.Missing.Refusal($"there is no role {role}");
        if (removed.FirstOrDefault(key => !old.Keys.Contains(key)) is { } stranger)
        {
            throw TrustReasons.Missing.Refusal($"sha256:{stranger.Fingerprint} is no {role} key");
        }

        RoleKeys rotated = new RoleKeys(role, [.. old.Keys.Except(removed).Union(added)], threshold ?? old.Threshold).Checked();
        Write(StagedRoot, MetadataText.File(MetadataText.Root(current.Version + 1, now + life.Root, [.. before.Select(keys => keys.Role == role ? rotated : keys)]), []));
        if (role == "targets")
        {
            // The new keys have signed nothing yet.
            StageTargets(life, now);
        }

        return rotated;
    }

    /// <summary>Signs whatever is staged and <paramref name="key"/> is entitled to; returns the names of the files.</summary>
    public async Task<ImmutableArray<string>> SignAsync(SigningKey key, CancellationToken cancellation)
    {
        var signed = ImmutableArray.CreateBuilder<string>();
        foreach (string file in (string[])[StagedRoot, StagedTargets])
        {
            if (File.Exists(At(file)) && IsEntitled(file, key.PublicKey.Material))
            {
                SignedFile draft = Draft(file);
                KeyValuePair<string, string> signature = await MetadataSigning.SignatureAsync(draft.Signed.Raw, key, cancellation).ConfigureAwait(false);
                IEnumerable<KeyValuePair<string, string>> others = draft.Signatures.Where(other => other.Key != signature.Key);
                Write(file, MetadataText.File(draft.Signed.Raw.Span, others.Append(signature)));
                signed.Add(file);
            }
        }

        return signed.Count > 0
            ? signed.ToImmutable()
            : throw TrustReasons.NotEntitled.Refusal($"sha256:{key.PublicKey.Material.Fingerprint} is neither root nor targets key, or nothing is staged");
    }

    /// <summary>Takes over the signatures that others made on their copy of what is staged; returns the names of the files.</summary>
    /// <param name="copy">A copy of this folder, or of its <c>staged</c> folder, that came back from a signer.</param>
    /// <remarks>What was signed must be what is staged here, and each signature must be by a key of the role: a copy brings signatures and nothing else.</remarks>
    public ImmutableArray<string> TakeOver(string copy)
    {
        SortedDictionary<string, byte[]> joined = new(StringComparer.Ordinal);
        foreach (string file in (string[])[StagedRoot, StagedTargets])
        {
            string? other = new[] { Path.Combine(copy, file), Path.Combine(copy, Path.GetFileName(file)) }.FirstOrDefault(File.Exists);
            if (other is not null && File.Exists(At(file)) && StagedFile.Joined(Draft(file), SignedFile.Parse(file, RoleOf(file), File.ReadAllBytes(other)), Entitled(file)) is { } content)
            {
                joined.Add(file, content);
            }
        }

        foreach ((string file, byte[] content) in joined)
        {
            Write(file, content);
        }

        return joined.Count > 0 ? [.. joined.Keys] : throw TrustReasons.Missing.Refusal($"{copy} holds no signature that is not here already");
    }

    /// <summary>Publishes what is staged: snapshot and timestamp are signed, the whole is verified as a client would, then written.</summary>
    /// <returns>The published repository, verified, as a <c>.tar</c>.</returns>
    public async Task<byte[]> PublishAsync(SigningKey snapshotKey, SigningKey timestampKey, MetadataLife life, DateTimeOffset now, CancellationToken cancellation)
    {
        SortedDictionary<string, byte[]> files = new(StringComparer.Ordinal);
        foreach (FileInfo root in new DirectoryInfo(At("metadata")) is { Exists: true } folder ? folder.EnumerateFiles("*.root.json") : [])
        {
            files["metadata/" + root.Name] = File.ReadAllBytes(root.FullName);
        }

        if (File.Exists(At(StagedRoot)))
        {
            files[$"metadata/{Parse(StagedRoot).Version}.root.json"] = File.ReadAllBytes(At(StagedRoot));
        }

        files["metadata/targets.json"] = File.ReadAllBytes(At(File.Exists(At(StagedTargets)) ? StagedTargets : "metadata/targets.json"));
        foreach ((string name, byte[] content) in AllTargets())
        {
            files["targets/" + name] = content;
        }

        long version = (File.Exists(At("metadata/timestamp.json")) ? TimestampMetadata.Parse(File.ReadAllBytes(At("metadata/timestamp.json"))).Version : 0) + 1;
        NamedMetadata targets = new("targets.json", TargetsMetadata.Parse("targets", files["metadata/targets.json"]).Version, files["metadata/targets.json"]);
        files["metadata/snapshot.json"] = await MetadataSigning.FileAsync(MetadataText.Snapshot(version, now + life.Online, [targets]), [snapshotKey], cancellation).ConfigureAwait(false);
        NamedMetadata snapshot = new("snapshot.json", version, files["metadata/snapshot.json"]);
        files["metadata/timestamp.json"] = await MetadataSigning.FileAsync(MetadataText.Timestamp(version, now + life.Online, snapshot, now), [timestampKey], cancellation).ConfigureAwait(false);
        byte[] bundle = Verified(files, now);
        Replace(files);
        return bundle;
    }

    /// <summary>SHA-256 of the first root file: what verifiers pin. Null before the first publication.</summary>
    public string? Fingerprint() => File.Exists(At("metadata/1.root.json")) ? Digest.Sha256(File.ReadAllBytes(At("metadata/1.root.json"))).Hex : null;

    private static byte[] Verified(SortedDictionary<string, byte[]> files, DateTimeOffset now)
    {
        using MemoryStream content = new();
        TarWriter tar = new(content);
        foreach ((string name, byte[] bytes) in files)
        {
            tar.Add(name, bytes);
        }

        tar.Finish();
        content.Position = 0;
        Result<ArchiveFiles> archive = ArchiveFiles.Open(content);
        string pin = Digest.Sha256(files["metadata/1.root.json"]).Hex;
        Finding? refusal = archive.Value is { } opened ? TufClient.Open(opened, pin, now, ExpiryRule.Refuse).Finding : archive.Finding;
        return refusal is null ? content.ToArray() : throw TrustReasons.Unfinished.Refusal($"{refusal.Reason.Code}: {refusal.Detail}");
    }

    // The timestamp comes last: until then a reader sees the old release or refuses a mix.
    private void Replace(SortedDictionary<string, byte[]> files)
    {
        foreach ((string name, byte[] content) in files.OrderBy(file => file.Key == "metadata/timestamp.json" ? 1 : 0))
        {
            Write(name, content);
        }

        if (Directory.Exists(At("staged")))
        {
            Directory.Delete(At("staged"), recursive: true);
        }
    }

    private void StageTargets(MetadataLife life, DateTimeOffset now)
    {
        if (Target(TrustManifest.FileName) is { } manifest)
        {
            RevocationList revoked = Target(RevocationList.FileName) is { } list ? RevocationList.Parse(list) : RevocationList.Empty;
            Write("staged/targets/" + StagedFile.KeyList, Utf8Text.Encode(KeyListText.Write(TrustManifest.Parse(manifest), revoked)));
        }

        long published = File.Exists(At("metadata/targets.json")) ? TargetsMetadata.Parse("targets", File.ReadAllBytes(At("metadata/targets.json"))).Version : 0;
        byte[] targets = MetadataText.Targets(
            published + 1, now + life.Root, AllTargets().Select(file => KeyValuePair.Create(file.Key, (ReadOnlyMemory<byte>)file.Value)));
        Write(StagedTargets, MetadataText.File(targets, []));
    }

    private SortedDictionary<string, byte[]> AllTargets()
    {
        SortedDictionary<string, byte[]> all = new(StringComparer.Ordinal);
        foreach (string folder in (string[])[At("targets"), At("staged/targets")])
        {
            foreach (string file in Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories) : [])
            {
                all[Path.GetRelativePath(folder, file).Replace('\\', '/')] = File.ReadAllBytes(file);
            }
        }

        return all;
    }

    private byte[]? Target(string name) => AllTargets().GetValueOrDefault(name);

    // Both the published and the staged root may sign a new root; targets are signed under the newest one.
    private ImmutableArray<TufKey> Entitled(string file)
    {
        string role = RoleOf(file);
        RootMetadata newest = File.Exists(At(StagedRoot)) ? Parse(StagedRoot) : Root();
        return role == "root" && Directory.Exists(At("metadata")) ? [.. newest.Roles[role].Keys, .. Root().Roles[role].Keys] : newest.Roles[role].Keys;
    }

    private bool IsEntitled(string file, KeyMaterial key) => Entitled(file).Any(candidate => candidate.Fingerprint == key.Fingerprint);

    private SignedFile Draft(string file) => SignedFile.Parse(file, RoleOf(file), File.ReadAllBytes(At(file)));

    private static string RoleOf(string file) => file == StagedRoot ? "root" : "targets";

    private RootMetadata Root()
    {
        FolderFiles files = FolderFiles.Open(path).Value ?? throw TrustReasons.Missing.Refusal($"{path} is no trust repository");
        TufLayout layout = new(files);
        return layout.NewestRoot > 0 ? layout.Root(layout.NewestRoot)! : throw TrustReasons.Missing.Refusal($"{path} has no published root yet: publish first");
    }

    private RootMetadata Parse(string file) => RootMetadata.Parse(file, File.ReadAllBytes(At(file)));

    private static ImmutableArray<RoleKeys> RolesOf(RootMetadata root) =>
    [
        .. RoleKeys.TopLevel.Select(name => new RoleKeys(name, [.. root.Roles[name].Keys.Select(key => key.Key!.Material)], root.Roles[name].Threshold)),
    ];

    private string At(string name) => Path.Combine(path, name);

    private void Write(string name, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(name))!);
        OutputTarget.ReplacedFile(At(name)).Write(content, mode: null);
    }
}

using System.Collections.Immutable;
using OfflineKit.Archives;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.FileSystem;
using OfflineKit.Files;
using OfflineKit.Trust;
using OfflineKit.Trust.Tuf;

namespace OfflineKit.Signing.Trust;

/// <summary>How long metadata lives from the moment at which it is made.</summary>
/// <param name="Root">root.json and targets.json: what people sign.</param>
/// <param name="Online">snapshot.json and timestamp.json: what a machine signs at every publication.</param>
internal sealed record MetadataLife(TimeSpan Root, TimeSpan Online)
{
    /// <summary>A year, and ninety days: an air gap is crossed seldom.</summary>
    public static MetadataLife Default { get; } = new(TimeSpan.FromDays(365), TimeSpan.FromDays(90));
}

/// <summary>A trust repository that a security team keeps: what is published, and what waits for signatures.</summary>
/// <remarks>
/// <c>metadata/</c> and <c>targets/</c> are published and are themselves a bundle; <c>staged/</c> is the next release. Changes go to <c>staged/</c>,
/// people sign there, and a publication verifies the whole as a client would before it replaces anything. Every change is drafted in memory, judged, and written at once
/// under a lock that holds between processes (<see cref="RepositoryDraft"/>): a refused change leaves no trace. Source: docs/air-gap.md, docs/spec/trust-bundle.md.
/// </remarks>
internal sealed class TrustRepositoryFolder(string path)
{
    private const string StagedRoot = "staged/root.json", StagedTargets = "staged/targets.json", Timestamp = "metadata/timestamp.json";

    /// <summary>Starts a repository whose first root names <paramref name="roles"/>; it waits for signatures.</summary>
    public void Start(ImmutableArray<RoleKeys> roles, MetadataLife life, DateTimeOffset now)
    {
        byte[] root = MetadataText.File(MetadataText.Root(1, now + life.Root, roles), []);
        using RepositoryDraft draft = RepositoryDraft.OfNew(path);
        if (!FileStatus.IsAbsent(At("metadata")) || !FileStatus.IsAbsent(At("staged")))
        {
            throw TrustReasons.Exists.Refusal($"{path} holds a repository already");
        }

        draft.Write(StagedRoot, root);
        StageTargets(draft, life, now);
        draft.Commit();
    }

    /// <summary>Adds a public key to the list of trusted keys.</summary>
    public void AddKey(TrustEntry entry, MetadataLife life, DateTimeOffset now) => Change(life, now, draft =>
    {
        draft.Write("staged/targets/" + TrustManifest.FileName, TrustManifestText.WithEntry(Target(draft, TrustManifest.FileName), entry));
        draft.Write("staged/targets/" + entry.File, entry.Content.ToArray());
    });

    /// <summary>Adds or replaces a file that is no key: a policy, a Sigstore trusted root.</summary>
    public void AddFile(string name, ReadOnlyMemory<byte> content, MetadataLife life, DateTimeOffset now) => Change(life, now, draft =>
    {
        TargetPath.RequireSafe(name);
        StagedFile.RefuseUnreadable(name, content);
        draft.Write("staged/targets/" + name, content.ToArray());
    });

    /// <summary>Marks the key called <paramref name="name"/> as <paramref name="status"/>; it stays listed so that everybody learns of it.</summary>
    public void SetStatus(string name, KeyStatus status, MetadataLife life, DateTimeOffset now) => Change(life, now, draft =>
    {
        byte[] manifest = Target(draft, TrustManifest.FileName) ?? throw TrustReasons.Missing.Refusal("no key was added yet");
        draft.Write("staged/targets/" + TrustManifest.FileName, TrustManifestText.WithStatus(manifest, name, status));
    });

    /// <summary>Revokes a key or certificate that is listed nowhere; <paramref name="member"/> is <c>fingerprint</c> or <c>certificate</c>.</summary>
    public void RevokeUnlisted(string member, string sha256, KeyStatus status, MetadataLife life, DateTimeOffset now) => Change(life, now, draft =>
        draft.Write("staged/targets/" + RevocationList.FileName, RevocationListText.WithEntry(Target(draft, RevocationList.FileName), member, sha256, status)));

    /// <summary>Stages the next root, in which <paramref name="role"/> has other keys or another threshold.</summary>
    public RoleKeys Rotate(string role, ImmutableArray<KeyMaterial> added, ImmutableArray<KeyMaterial> removed, int? threshold, MetadataLife life, DateTimeOffset now)
    {
        using RepositoryDraft draft = RepositoryDraft.Of(path);
        RootMetadata current = Root();
        ImmutableArray<RoleKeys> before = draft.Has(StagedRoot) ? RolesOf(Parse(draft, StagedRoot)) : RolesOf(current);
        RoleKeys old = before.FirstOrDefault(candidate => candidate.Role == role) ?? throw TrustReasons.Missing.Refusal($"there is no role {role}");
        if (removed.FirstOrDefault(key => !old.Keys.Contains(key)) is { } stranger)
        {
            throw TrustReasons.Missing.Refusal($"sha256:{stranger.Fingerprint} is no {role} key");
        }

        RoleKeys rotated = new RoleKeys(role, [.. old.Keys.Except(removed).Union(added)], threshold ?? old.Threshold).Checked();
        draft.Write(StagedRoot, MetadataText.File(MetadataText.Root(current.Version + 1, now + life.Root, [.. before.Select(keys => keys.Role == role ? rotated : keys)]), []));
        if (role == "targets")
        {
            // The new keys have signed nothing yet.
            StageTargets(draft, life, now);
        }

        draft.Commit();
        return rotated;
    }

    /// <summary>Signs whatever is staged and <paramref name="key"/> is entitled to; returns the names of the files.</summary>
    public async Task<ImmutableArray<string>> SignAsync(SigningKey key, CancellationToken cancellation)
    {
        using RepositoryDraft draft = RepositoryDraft.Of(path);
        var signed = ImmutableArray.CreateBuilder<string>();
        foreach (string file in (string[])[StagedRoot, StagedTargets])
        {
            if (draft.Has(file) && Entitled(draft, file).Any(candidate => candidate.Fingerprint == key.PublicKey.Material.Fingerprint))
            {
                SignedFile metadata = Draft(draft, file);
                KeyValuePair<string, string> signature = await MetadataSigning.SignatureAsync(metadata.Signed.Raw, key, cancellation).ConfigureAwait(false);
                IEnumerable<KeyValuePair<string, string>> others = metadata.Signatures.Where(other => other.Key != signature.Key);
                draft.Write(file, MetadataText.File(metadata.Signed.Raw.Span, others.Append(signature)));
                signed.Add(file);
            }
        }

        if (signed.Count == 0)
        {
            throw TrustReasons.NotEntitled.Refusal($"sha256:{key.PublicKey.Material.Fingerprint} is neither root nor targets key, or nothing is staged");
        }

        draft.Commit();
        return signed.ToImmutable();
    }

    /// <summary>Takes over the signatures that others made on their copy of what is staged; returns the names of the files.</summary>
    /// <param name="copy">A copy of this folder, or of its <c>staged</c> folder, that came back from a signer.</param>
    /// <remarks>What was signed must be what is staged here, and each signature must be by a key of the role: a copy brings signatures and nothing else.</remarks>
    public ImmutableArray<string> TakeOver(string copy)
    {
        using RepositoryDraft draft = RepositoryDraft.Of(path);
        List<string> joined = [];
        foreach (string file in (string[])[StagedRoot, StagedTargets])
        {
            string? other = new[] { Path.Combine(copy, file), Path.Combine(copy, Path.GetFileName(file)) }.FirstOrDefault(FileStatus.IsFile);
            if (other is not null && draft.Has(file)
                && StagedFile.Joined(Draft(draft, file), SignedFile.Parse(file, RoleOf(file), PlainFile.ReadAll(other)), Entitled(draft, file)) is { } content)
            {
                draft.Write(file, content);
                joined.Add(file);
            }
        }

        if (joined.Count == 0)
        {
            throw TrustReasons.Missing.Refusal($"{copy} holds no signature that is not here already");
        }

        draft.Commit();
        return [.. joined];
    }

    /// <summary>Publishes what is staged: snapshot and timestamp are signed, the whole is verified as a client would, then written.</summary>
    /// <param name="snapshotKey">Signs the snapshot.</param>
    /// <param name="timestampKey">Signs the timestamp.</param>
    /// <param name="life">How long they live.</param>
    /// <param name="now">The time.</param>
    /// <param name="bundle">Where the repository also goes as one file, published with it or not at all; null for nowhere.</param>
    /// <param name="cancellation">Ends it before anything is written.</param>
    /// <returns>The published repository, verified, as a <c>.tar</c>.</returns>
    public async Task<byte[]> PublishAsync(
        SigningKey snapshotKey, SigningKey timestampKey, MetadataLife life, DateTimeOffset now, OutputFile? bundle, CancellationToken cancellation)
    {
        using RepositoryDraft draft = RepositoryDraft.Of(path);
        SortedDictionary<string, byte[]> files = Next(draft);
        long version = (draft.Has("metadata/timestamp.json") ? TimestampMetadata.Parse(draft.Read("metadata/timestamp.json")).Version : 0) + 1;
        NamedMetadata targets = new("targets.json", TargetsMetadata.Parse("targets", files["metadata/targets.json"]).Version, files["metadata/targets.json"]);
        files["metadata/snapshot.json"] = await MetadataSigning.FileAsync(MetadataText.Snapshot(version, now + life.Online, [targets]), [snapshotKey], cancellation).ConfigureAwait(false);
        NamedMetadata snapshot = new("snapshot.json", version, files["metadata/snapshot.json"]);
        files[Timestamp] = await MetadataSigning.FileAsync(MetadataText.Timestamp(version, now + life.Online, snapshot, now), [timestampKey], cancellation).ConfigureAwait(false);
        byte[] tar = Verified(files, now);
        foreach ((string name, byte[] content) in files)
        {
            draft.Write(name, content);
        }

        // The timestamp comes last: until then a reader sees the old release or refuses a mix.
        draft.Publish(Timestamp, bundle, bundle is null ? default : BundleFile.Of(tar, bundle.Path));
        return tar;
    }

    /// <summary>SHA-256 of the first root file: what verifiers pin. Null before the first publication.</summary>
    public string? Fingerprint() => FileStatus.IsFile(At("metadata/1.root.json")) ? Digest.Sha256(PlainFile.ReadAll(At("metadata/1.root.json"))).Hex : null;

    private void Change(MetadataLife life, DateTimeOffset now, Action<RepositoryDraft> write)
    {
        using RepositoryDraft draft = RepositoryDraft.Of(path);
        write(draft);
        StageTargets(draft, life, now);
        draft.Commit();
    }

    // Everything that will be published but snapshot and timestamp.
    private SortedDictionary<string, byte[]> Next(RepositoryDraft draft)
    {
        SortedDictionary<string, byte[]> files = new(StringComparer.Ordinal);
        foreach (string root in FileSystem.Folder.FilesBelow(At("metadata")).Where(file => file.EndsWith(".root.json", StringComparison.Ordinal) && !file.Contains('/', StringComparison.Ordinal)))
        {
            files["metadata/" + root] = PlainFile.ReadAll(Path.Join(At("metadata"), root));
        }

        if (draft.Has(StagedRoot))
        {
            files[$"metadata/{Parse(draft, StagedRoot).Version}.root.json"] = draft.Read(StagedRoot);
        }

        files["metadata/targets.json"] = draft.Read(draft.Has(StagedTargets) ? StagedTargets : "metadata/targets.json");
        foreach ((string name, byte[] content) in draft.AllTargets())
        {
            files["targets/" + name] = content;
        }

        return files;
    }

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

    private static void StageTargets(RepositoryDraft draft, MetadataLife life, DateTimeOffset now)
    {
        if (Target(draft, TrustManifest.FileName) is { } manifest)
        {
            RevocationList revoked = Target(draft, RevocationList.FileName) is { } list ? RevocationList.Parse(list) : RevocationList.Empty;
            draft.Write("staged/targets/" + StagedFile.KeyList, Utf8Text.Encode(KeyListText.Write(TrustManifest.Parse(manifest), revoked, draft.AllTargets())));
        }

        long published = draft.Has("metadata/targets.json") ? TargetsMetadata.Parse("targets", draft.Read("metadata/targets.json")).Version : 0;
        byte[] targets = MetadataText.Targets(
            published + 1, now + life.Root, draft.AllTargets().Select(file => KeyValuePair.Create(file.Key, (ReadOnlyMemory<byte>)file.Value)));
        draft.Write(StagedTargets, MetadataText.File(targets, []));
    }

    private static byte[]? Target(RepositoryDraft draft, string name) => draft.AllTargets().GetValueOrDefault(name);

    // Both the published and the staged root may sign a new root; targets are signed under the newest one.
    private ImmutableArray<TufKey> Entitled(RepositoryDraft draft, string file)
    {
        string role = RoleOf(file);
        RootMetadata newest = draft.Has(StagedRoot) ? Parse(draft, StagedRoot) : Root();
        return role == "root" && FileStatus.IsFolder(At("metadata")) ? [.. newest.Roles[role].Keys, .. Root().Roles[role].Keys] : newest.Roles[role].Keys;
    }

    private static SignedFile Draft(RepositoryDraft draft, string file) => SignedFile.Parse(file, RoleOf(file), draft.Read(file));

    private static string RoleOf(string file) => file == StagedRoot ? "root" : "targets";

    private RootMetadata Root()
    {
        FolderFiles files = FolderFiles.Open(path).Value ?? throw TrustReasons.Missing.Refusal($"{path} is no trust repository");
        TufLayout layout = new(files);
        return layout.NewestRoot > 0 ? layout.Root(layout.NewestRoot)! : throw TrustReasons.Missing.Refusal($"{path} has no published root yet: publish first");
    }

    private static RootMetadata Parse(RepositoryDraft draft, string file) => RootMetadata.Parse(file, draft.Read(file));

    private static ImmutableArray<RoleKeys> RolesOf(RootMetadata root) =>
    [
        .. RoleKeys.TopLevel.Select(name => new RoleKeys(name, [.. root.Roles[name].Keys.Select(key => key.Key!.Material)], root.Roles[name].Threshold)),
    ];

    private string At(string name) => Path.Combine(path, name);
}

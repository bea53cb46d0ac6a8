using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Trust;

namespace OfflineKit.Host.State;

/// <summary>The public keys that this user trusts from now on: a trust store like the bundled one, in the user's folder for data.</summary>
/// <remarks>
/// Shape: <c>offlinekit/trust-roots/trust.json</c> and one file a root beside it, <c>NAME.key</c>. The key file is written and flushed before the manifest that
/// names it is replaced in one step. Source: docs/spec/trust-store.md §4.
/// </remarks>
internal sealed class UserRoots
{
    private const string Suffix = ".key";
    private readonly string _folder;
    private readonly Disk _files;

    /// <summary>The roots in <paramref name="folder"/>, written by <paramref name="files"/>.</summary>
    public UserRoots(string folder, Disk? files = null) => (_folder, _files) = (folder, files ?? new Disk());

    /// <summary>The roots of this user, or null where the system names no folder for data.</summary>
    public static UserRoots? OfThisUser() =>
        TrustState.DefaultOrNull(option: null) is { } state ? new UserRoots(Path.Combine(Path.GetDirectoryName(state.Path)!, "trust-roots")) : null;

    /// <summary>The same, or the error that says why there is none.</summary>
    public static UserRoots OfThisUserOrRefuse() => OfThisUser()
        ?? throw new UsageException("there is no folder for the user's trust roots", "set XDG_DATA_HOME to a folder");

    /// <summary>Every root; none where nothing was ever added.</summary>
    /// <exception cref="MalformedException">Their list is not well-formed, or cannot be read.</exception>
    public ImmutableArray<TrustRoot> Roots => ReadList() is { } list ? TrustManifest.Parse(list).Roots : [];

    /// <summary>The file of <paramref name="root"/>.</summary>
    public byte[] Content(TrustRoot root) => StateFile.Read(Path.Combine(_folder, root.File), Limits.PublicKeys, "trust file")
        ?? throw new MalformedException(StateReasons.Damaged, $"{Path.Combine(_folder, root.File)} is missing");

    /// <summary>The trust that follows from <paramref name="root"/>.</summary>
    public TrustStore Open(TrustRoot root) => TrustRootFile.Open(root, Content(root));

    /// <summary>Adds the public key in <paramref name="content"/> as <paramref name="name"/>; its fingerprint must be <paramref name="fingerprint"/>.</summary>
    /// <exception cref="MalformedException">The file holds no public key, or another one.</exception>
    public TrustRoot Add(string name, byte[] content, string fingerprint, string source, DateTimeOffset today)
    {
        string wanted = Digest.FromHex(DigestAlgorithm.Sha256, fingerprint.ToLowerInvariant(), "the fingerprint").Hex;
        TrustedKey key = KeyFile.Parse(content, name, source);
        if (!string.Equals(key.Material.Fingerprint, wanted, StringComparison.Ordinal))
        {
            throw new MalformedException(Reasons.MalformedTrust, $"{source}: the key has fingerprint {key.Material.Fingerprint}, wanted {wanted}");
        }

        if (BundledTrust.ReadManifest().Find(name) is not null)
        {
            throw new TrustRootReadOnlyException(name);
        }

        using IDisposable held = TakeLock();
        ImmutableArray<JsonValue> entries = Entries();
        if (entries.Any(entry => IsCalled(entry, name)))
        {
            throw new UsageException($"there is a trust root called {name} already", $"`offlinekit trust remove {name}` removes it");
        }

        byte[] entry = Entry(name, content, wanted, source, today);
        // A name that trust.json does not allow must not reach the disk: the manifest is parsed before it is kept.
        byte[] manifest = Manifest([.. entries.Select(old => old.Raw), entry]);
        TrustRoot added = TrustManifest.Parse(manifest).Find(name)!;
        string file = Path.Combine(_folder, added.File);
        _files.Write(file, content);
        try
        {
            Commit(manifest);
        }
        catch (IOException)
        {
            // What the list does not name was not added; a list that was replaced before the disk gave up names it.
            if (!Roots.Any(root => string.Equals(root.Name, name, StringComparison.Ordinal)))
            {
                File.Delete(file);
            }

            throw;
        }

        return added;
    }

    /// <summary>Removes the root called <paramref name="name"/>.</summary>
    /// <exception cref="TrustRootReadOnlyException">It comes with the program.</exception>
    public void Remove(string name)
    {
        if (BundledTrust.ReadManifest().Find(name) is not null)
        {
            throw new TrustRootReadOnlyException(name);
        }

        if (!Roots.Any(root => string.Equals(root.Name, name, StringComparison.Ordinal)))
        {
            throw new MissingInputException($"there is no added trust root called {name}", "`offlinekit trust list` shows the roots");
        }

        using IDisposable held = TakeLock();
        ImmutableArray<JsonValue> entries = Entries();
        Commit(Manifest([.. entries.Where(entry => !IsCalled(entry, name)).Select(entry => entry.Raw)]));
        File.Delete(Path.Combine(_folder, name + Suffix));
    }

    /// <summary>Where they lie.</summary>
    public string Folder => _folder;

    private static bool IsCalled(JsonValue entry, string name) => string.Equals(entry.String("name"), name, StringComparison.Ordinal);

    private byte[]? ReadList() => StateFile.Read(Path.Combine(_folder, TrustManifest.FileName), Limits.KeyFile, "trust file");

    private ImmutableArray<JsonValue> Entries()
    {
        if (ReadList() is not { } content)
        {
            return [];
        }

        _ = TrustManifest.Parse(content);
        return StrictJson.ParseObject(content, TrustManifest.FileName).Array("roots");
    }

    private FolderLock TakeLock()
    {
        try
        {
            return FolderLock.Take(_folder, _files);
        }
        catch (OutputException fault) when (fault.Refusal == OutputRefusal.InUse)
        {
            throw new UsageException($"another program changes {_folder}", "wait until it has ended");
        }
    }

    private void Commit(byte[] manifest)
    {
        string path = Path.Combine(_folder, TrustManifest.FileName), draft = path + ".new";
        _files.Write(draft, manifest);
        _files.Replace(draft, path);
        _files.Flush(_folder);
    }

    private static byte[] Manifest(ImmutableArray<ReadOnlyMemory<byte>> entries) => Json(json =>
    {
        json.WriteNumber("version", 1);
        json.WriteStartArray("roots");
        foreach (ReadOnlyMemory<byte> entry in entries)
        {
            json.WriteRawValue(entry.Span);
        }

        json.WriteEndArray();
    });

    private static byte[] Entry(string name, byte[] content, string fingerprint, string source, DateTimeOffset today) => Json(json =>
    {
        json.WriteString("name", name);
        json.WriteString("kind", "public-key");
        json.WriteString("file", name + Suffix);
        json.WriteString("sha256", Digest.Sha256(content).Hex);
        json.WriteString("fingerprint", fingerprint);
        json.WriteString("source", source);
        json.WriteString("retrieved-on", UtcText.Day(today));
        json.WriteString("status", "active");
        json.WriteBoolean("on-by-default", value: true);
    });

    private static byte[] Json(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return [.. buffer.WrittenSpan, (byte)'\n'];
    }
}

/// <summary>A root that comes with the program was to be changed.</summary>
internal sealed class TrustRootReadOnlyException(string name) : UsageException(
    $"trust root {name} comes with the program and cannot be added or removed", $"`offlinekit trust disable {name}` stops trusting it");

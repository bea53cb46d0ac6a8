using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.FileSystem;
using OfflineKit.Trust;

namespace OfflineKit.Host.Requests;

/// <summary>A folder with a trust store that a question names: its list of roots and their files, as they were when the question was asked.</summary>
/// <remarks>A file that is not there fails only a question that needs it, as it does when only that file is read.</remarks>
internal sealed class NamedStore
{
    private readonly string _path;
    private readonly byte[] _manifest;
    private readonly ImmutableDictionary<string, byte[]> _files;

    private NamedStore(string path, byte[] manifest, ImmutableDictionary<string, byte[]> files) => (_path, _manifest, _files) = (path, manifest, files);

    /// <summary>SHA-256 over everything that was read, in hex.</summary>
    public string Digest => Crypto.Digest.OfTexts(
        [Crypto.Digest.Sha256(_manifest).Hex, .. _files.OrderBy(file => file.Key, StringComparer.Ordinal).SelectMany(file => (string[])[file.Key, Crypto.Digest.Sha256(file.Value).Hex])]).Hex;

    /// <summary>The store in the folder <paramref name="path"/>.</summary>
    /// <exception cref="UsageException">There is no such folder, or no list in it.</exception>
    public static NamedStore Read(string path)
    {
        if (!FileStatus.IsFolder(path))
        {
            throw new UsageException($"trust folder {path} does not exist", "name a folder that holds trust.json");
        }

        byte[] manifest = InputFile.ReadAll(Path.Combine(path, TrustManifest.FileName), Limits.KeyFile, "trust file");
        var files = ImmutableDictionary.CreateBuilder<string, byte[]>(StringComparer.Ordinal);
        foreach (string name in Result.Parse(Reasons.MalformedTrust, () => TrustManifest.Parse(manifest)).Value?.Roots.Select(root => root.File) ?? [])
        {
            string file = Path.Combine(path, name);
            if (!files.ContainsKey(name) && FileStatus.IsFile(file))
            {
                files.Add(name, InputFile.ReadAll(file, Limits.PublicKeys, "trust file"));
            }
        }

        return new NamedStore(path, manifest, files.ToImmutable());
    }

    /// <summary>The list of its roots.</summary>
    /// <exception cref="MalformedException">It is none.</exception>
    public ImmutableArray<TrustRoot> Roots => TrustManifest.Parse(_manifest).Roots;

    /// <summary>The trust that follows from <paramref name="root"/>.</summary>
    /// <exception cref="MissingInputException">Its file is not there.</exception>
    public TrustStore Open(TrustRoot root) => TrustRootFile.Open(root, _files.TryGetValue(root.File, out byte[]? content)
        ? content
        : throw new MissingInputException($"trust file {Path.Combine(_path, root.File)} does not exist", hint: null));

    /// <summary>The same of a revoked root: one key is named by its root, so its file may be gone.</summary>
    public TrustStore OpenRevoked(TrustRoot root) => root.Kind == TrustRootKind.PublicKey && !_files.ContainsKey(root.File) ? TrustStore.Empty : Open(root);
}

using OfflineKit.FileSystem;
using OfflineKit.Files;
using OfflineKit.Signing.Keys.Files;

namespace OfflineKit.Signing.Trust;

/// <summary>The next state of a trust repository, in memory until it is accepted: what a change writes is seen by the rest of the change, and by nobody else before the commit.</summary>
internal sealed class RepositoryDraft : IDisposable
{
    private const string Targets = "targets", StagedTargets = "staged/targets";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly OutputKind OwnFile = new("file of the repository", static _ => true);
    private readonly string _path;
    private readonly FileTransaction _change = new();
    private readonly FileLock _lock;
    private readonly SortedDictionary<string, byte[]> _written = new(StringComparer.Ordinal);

    private RepositoryDraft(string path)
    {
        _path = path;
        try
        {
            _change.MakeFolder(PhysicalPath.Of(path));
            _lock = FileLock.OfFolder(path, Patience);
        }
        catch (OutputException)
        {
            _change.Dispose();
            throw;
        }
    }

    /// <summary>A draft of the repository at <paramref name="path"/>, which no other process changes meanwhile.</summary>
    /// <exception cref="SigningException"><c>sign-trust.missing</c>: there is no such folder.</exception>
    public static RepositoryDraft Of(string path) => FileStatus.IsFolder(path) ? new RepositoryDraft(path) : throw TrustReasons.Missing.Refusal($"{path} is no trust repository");

    /// <summary>A draft of a repository that may not be there yet.</summary>
    public static RepositoryDraft OfNew(string path) => new(path);

    /// <summary>The file is there, or will be.</summary>
    public bool Has(string name) => _written.ContainsKey(name) || FileStatus.IsFile(At(name));

    /// <summary>What the file called <paramref name="name"/> holds, or will hold.</summary>
    public byte[] Read(string name) => _written.TryGetValue(name, out byte[]? content) ? content : PlainFile.ReadAll(At(name));

    /// <summary>Writes a file of the draft.</summary>
    /// <exception cref="SigningException"><c>sign-trust.secret</c>: it is a secret key, which would be carried into every room.</exception>
    public void Write(string name, byte[] content)
    {
        RefuseSecret(name, content);
        _written[name] = content;
    }

    /// <summary>Every target, published or staged, by its name.</summary>
    public SortedDictionary<string, byte[]> AllTargets()
    {
        SortedDictionary<string, byte[]> all = new(StringComparer.Ordinal);
        foreach (string folder in (string[])[At(Targets), At(StagedTargets)])
        {
            foreach (string file in FileSystem.Folder.FilesBelow(folder))
            {
                all[file] = PlainFile.ReadAll(Path.Join(folder, file));
            }
        }

        foreach ((string name, byte[] content) in _written.Where(file => file.Key.StartsWith(StagedTargets + "/", StringComparison.Ordinal)))
        {
            all[name[(StagedTargets.Length + 1)..]] = content;
        }

        // Whatever lies there, however it came there, is what a publication would hand out.
        foreach ((string name, byte[] content) in all)
        {
            RefuseSecret(name, content);
        }

        return all;
    }

    /// <summary>Puts the draft in the repository's place; <paramref name="last"/> comes after everything else.</summary>
    /// <exception cref="OutputException">Nothing was changed.</exception>
    public void Commit(string? last = null)
    {
        foreach ((string name, byte[] content) in _written.OrderBy(file => file.Key == last ? 1 : 0))
        {
            string place = PhysicalPath.Of(At(name));
            _change.MakeFolder(Path.GetDirectoryName(place)!);
            _change.Write(new OutputFile(place, OwnFile, Replacing.EarlierOutput), content);
        }

        _change.Commit();
    }

    /// <summary>Puts the draft in place as what is published, with <paramref name="bundle"/> beside it; what was staged goes.</summary>
    /// <exception cref="OutputException">Nothing was changed.</exception>
    public void Publish(string last, OutputFile? bundle, ReadOnlySpan<byte> content)
    {
        if (bundle is not null)
        {
            _change.Write(bundle, content);
        }

        _change.RemoveAfterwards(At("staged"));
        Commit(last);
    }

    /// <summary>Lets go of the repository; what was not committed never was.</summary>
    public void Dispose()
    {
        _lock.Dispose();
        _change.Dispose();
    }

    private string At(string name) => Path.Join(_path, name);

    private static void RefuseSecret(string name, byte[] content)
    {
        if (SecretKeyCheck.KindOf(content) is { } kind)
        {
            throw TrustReasons.Secret.Refusal($"{name} is {kind}");
        }
    }
}

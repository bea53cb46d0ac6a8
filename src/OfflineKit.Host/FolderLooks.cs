using System.Collections.Concurrent;
using OfflineKit.FileSystem;

namespace OfflineKit.Host;

/// <summary>What was seen in folders, kept as long as they do not change: an engine is asked about thousands of files of one folder, one by one.</summary>
/// <remarks>
/// A name that comes or goes changes the time of its folder. What is seen of a folder that changed just now is not kept, since the next change may have the same time.
/// </remarks>
internal sealed class FolderLooks
{
    private const int Most = 64;

    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<(string Folder, Type Answer), (DateTime Changed, object Said)> _known = new();

    /// <summary>What <paramref name="look"/> says of <paramref name="folder"/>, or said while it was as it is; one question for each type of answer.</summary>
    public T Of<T>(string folder, Func<string, T> look) where T : notnull
    {
        DateTime changed = File.GetLastWriteTimeUtc(Links.Meant(folder)), now = TimeProvider.System.GetUtcNow().UtcDateTime;
        if (_known.TryGetValue((folder, typeof(T)), out (DateTime Changed, object Said) known) && known.Changed == changed)
        {
            return (T)known.Said;
        }

        T said = look(folder);
        if (now - changed > Settled)
        {
            if (_known.Count >= Most)
            {
                // A host that goes through many folders comes back to none of them.
                _known.Clear();
            }

            _known[(folder, typeof(T))] = (changed, said);
        }

        return said;
    }
}

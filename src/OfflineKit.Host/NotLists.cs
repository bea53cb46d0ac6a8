using System.Collections.Concurrent;
using OfflineKit.FileSystem;

namespace OfflineKit.Host;

/// <summary>Files that were read and are no lists of checksums, as long as they stay as they are: beside thousands of signed files each question about another one would read all of them again.</summary>
/// <remarks>Only that a file is none is kept. What is a list is read anew by each question, so nothing is trusted for what a file was.</remarks>
internal sealed class NotLists
{
    private const int Most = 100_000;

    private readonly ConcurrentDictionary<string, string> _stamps = new(StringComparer.Ordinal);

    /// <summary><paramref name="path"/> was read, was no list, and is still as it was.</summary>
    public bool Know(string path) => _stamps.TryGetValue(path, out string? known) && known == FileStatus.Stamp(path);

    /// <summary><paramref name="path"/> is no list, as <paramref name="isNone"/> says of it now; from then on it is known.</summary>
    public bool Add(string path, Func<string, bool> isNone)
    {
        // The stamp is taken first: a file that changes meanwhile has another one the next time.
        string stamp = FileStatus.Stamp(path);
        if (!isNone(path))
        {
            return false;
        }

        if (_stamps.Count >= Most)
        {
            _stamps.Clear();
        }

        _stamps[path] = stamp;
        return true;
    }
}

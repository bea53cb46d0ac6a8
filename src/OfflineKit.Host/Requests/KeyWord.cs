using OfflineKit.FileSystem;

namespace OfflineKit.Host.Requests;

/// <summary>How a key is written: <c>FILE</c>, or <c>ID=FILE</c> with the id by which signatures call it; an empty id says that it has none.</summary>
internal static class KeyWord
{
    /// <summary>The id, if one is given, and the path.</summary>
    /// <exception cref="UsageException">The word means two files.</exception>
    public static (string? Id, string Path) Split(string word)
    {
        // An id may hold "=" itself (base64), so the longest rest that is a file wins.
        int split = -1;
        for (int at = word.IndexOf('=', StringComparison.Ordinal); at >= 0 && split < 0; at = word.IndexOf('=', at + 1))
        {
            split = IsFile(word[(at + 1)..]) ? at : -1;
        }

        if (split < 0 || (IsFile(word) && word[0] is '.' or '/'))
        {
            return (null, word);
        }

        string path = word[(split + 1)..];
        return IsFile(word)
            ? throw new UsageException($"{word} is a file, and {path} as well: it is not clear which is the key", $"write ./{word} for the one; for the other rename {word}")
            : (word[..split], path);
    }

    private static bool IsFile(string path) => Inputs.IsStandardInput(path) || FileStatus.IsFile(path);
}

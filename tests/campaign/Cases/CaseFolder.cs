using System.Collections.Immutable;

namespace OfflineKit.Campaign.Cases;

/// <summary>Where the files of a question are, found from the words that name them.</summary>
internal static class CaseFolder
{
    /// <summary>The case that <paramref name="words"/> ask in <paramref name="folder"/>, or why it is not asked.</summary>
    /// <param name="format">The folder of vectors or the corpus.</param>
    /// <param name="name">The case's name.</param>
    /// <param name="root">The folder below which every file of it must be.</param>
    /// <param name="folder">Where it is asked, below <paramref name="root"/>.</param>
    /// <param name="words">The words after <c>offlinekit</c>.</param>
    /// <param name="unnamed">Files of the folder that nothing names.</param>
    public static (AcceptedCase? Case, string Why) Read(string format, string name, string root, string folder, ImmutableArray<string> words, IEnumerable<string> unnamed)
    {
        (ServeQuestion? question, string why) = ServeQuestion.Of(words);
        if (question is null)
        {
            return (null, why);
        }

        ImmutableArray<(string Path, FileRole Role)> named =
        [
            .. question.Paths.SelectMany(path => Words(path.Path).Select(word => (Path: Path.GetRelativePath(root, Path.GetFullPath(Path.Combine(root, folder, word))), path.Role)))
                .Where(path => Path.Exists(Path.Combine(root, path.Path))),
        ];
        if (question.Paths.Any(path => Path.IsPathRooted(path.Path)) || named.Any(path => path.Path.StartsWith("..", StringComparison.Ordinal)))
        {
            return (null, "it names a file of elsewhere");
        }

        CaseFile[] files = [.. named.SelectMany(path => Below(root, path.Path).Select(file => new CaseFile(file, path.Role))).Where(file => Path.GetFileName(file.Path) != "case.txt")];
        CaseFile[] beside = [.. unnamed.Except(files.Select(file => file.Path)).Select(file => new CaseFile(file, FileRole.Beside))];
        return (new AcceptedCase(
            format, name, root, folder, words, question, [.. named.Select(path => path.Path).Concat(beside.Select(file => file.Path)).Distinct()], [.. files.Concat(beside).DistinctBy(file => file.Path)]), "");
    }

    // A key may have a name before it: NAME=FILE.
    private static string[] Words(string word) => word.Split('=', 2) is [_, var file] && file.Length > 0 ? [word, file] : [word];

    /// <summary>The plain files at or below <paramref name="path"/>, by their paths below <paramref name="root"/>.</summary>
    public static IEnumerable<string> Below(string root, string path)
    {
        string full = Path.Combine(root, path);
        IEnumerable<string> files = Directory.Exists(full) ? Directory.EnumerateFiles(full, "*", SearchOption.AllDirectories) : [full];
        return files.Where(file => new FileInfo(file).LinkTarget is null).Select(file => Path.GetRelativePath(root, file)).Order(StringComparer.Ordinal);
    }
}

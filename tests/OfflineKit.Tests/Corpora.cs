namespace OfflineKit.Tests;

/// <summary>Third-party corpora beside the repository, read in place; tests are skipped where they are absent.</summary>
internal static class Corpora
{
    /// <summary>The folder of <paramref name="corpus"/>; skips the calling test when it is absent.</summary>
    public static string Folder(string corpus) => Shared($"corpora/{corpus}");

    /// <summary>The folder <paramref name="path"/> of the shared material; skips the calling test when it is absent.</summary>
    public static string Shared(string path)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "shared", path);
            if (Directory.Exists(candidate)) return candidate;
        }

        Assert.Skip($"{path} is not beside the repository");
        return "";
    }

    /// <summary>The rows of a corpus manifest, by column name.</summary>
    public static List<Dictionary<string, string>> Manifest(string corpus, string name = "MANIFEST.tsv")
    {
        string[] lines = File.ReadAllText(Path.Combine(Folder(corpus), name)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] columns = lines[0].Split('\t');
        return [.. lines.Skip(1).Select(line => line.Split('\t')).Select(cells =>
            columns.Select((column, i) => (column, cell: i < cells.Length ? cells[i] : "")).ToDictionary(pair => pair.column, pair => pair.cell, StringComparer.Ordinal))];
    }
}

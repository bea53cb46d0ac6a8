using System.Text;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Exports;
using OfflineKit.Testing;

namespace OfflineKit.Tests.Archives.Differential;

/// <summary>What we accept, others extract as we read it: every archive of the corpora that we accept is extracted by every reader that is installed.</summary>
/// <remarks>A reader that refuses an archive misleads nobody; one that extracts another file, another content, a link or a right beyond rwx does.</remarks>
public sealed class OtherReadersTests
{
    // Bounds the time of a run: of changes of one kind that change nothing, a few stand for all.
    private const int TriedOfAKind = 12;

    [Fact]
    public void Tar_archives_that_we_accept_are_extracted_as_we_read_them() => Compare("tar", TarCorpus.All());

    [Fact]
    public void Compressed_tar_archives_that_we_accept_are_extracted_as_we_read_them() => Compare("tar.gz", GzipCorpus.All());

    [Fact]
    public void Zip_archives_that_we_accept_are_extracted_as_we_read_them() => Compare("zip", ZipCorpus.All());

    [Fact]
    public void Every_container_that_holds_files_is_compared() =>
        Assert.Equal([ExportContainer.Tar, ExportContainer.Zip], Enum.GetValues<ExportContainer>().Except([ExportContainer.Folder, ExportContainer.ListAndFile]));

    private static void Compare(string kind, IEnumerable<(string Name, byte[] Archive)> corpus)
    {
        (string Name, byte[] Archive, Dictionary<string, string> Files)[] accepted = [.. Accepted(corpus)];
        Assert.True(accepted.Length > 30, $"{accepted.Length} accepted");
        string root = Directory.CreateTempSubdirectory("offlinekit-readers").FullName;
        List<string> wrong = [];
        int readers = 0;
        try
        {
            foreach (Extractor extractor in Extractor.All.Where(extractor => extractor.Kind == kind && IsInstalled(extractor.Tool)))
            {
                readers++;
                wrong.AddRange(Wrong(extractor, accepted, Path.Combine(root, $"{readers}")));
            }
        }
        finally
        {
            // .NET finds no file whose name is no UTF-8, and so deletes none.
            Execution.Of(["rm", "-rf", root], seconds: 300);
        }

        Assert.SkipWhen(readers == 0, "no reader by others is installed");
        Assert.True(wrong.Count == 0, $"{accepted.Length} archives, {readers} readers\n{string.Join('\n', wrong)}");
    }

    private static IEnumerable<(string, byte[], Dictionary<string, string>)> Accepted(IEnumerable<(string Name, byte[] Archive)> corpus)
    {
        Dictionary<string, int> kinds = new(StringComparer.Ordinal);
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach ((string name, byte[] archive) in corpus)
        {
            string kind = string.Join('-', name.Split('-').Take(3).TakeWhile(part => !char.IsAsciiDigit(part.FirstOrDefault('-'))));
            if (ExportSource.Archive(name, new MemoryStream(archive)).Value is { } inventory && seen.Add(Digest.Sha256(archive).Hex) && (kinds[kind] = kinds.GetValueOrDefault(kind) + 1) <= TriedOfAKind)
            {
                yield return (name, archive, inventory.Files.ToDictionary(file => file.Path, file => file.Sha256.Hex, StringComparer.Ordinal));
            }
        }
    }

    private static IEnumerable<string> Wrong(Extractor extractor, (string Name, byte[] Archive, Dictionary<string, string> Files)[] accepted, string root)
    {
        List<(string Archive, string Folder)> tasks = [];
        for (int i = 0; i < accepted.Length; i++)
        {
            // Deep enough that a name which leads out stays below the root.
            string folder = Path.Combine(root, $"{i}", "a", "b", "c", "d");
            Directory.CreateDirectory(folder);
            string archive = Path.Combine(root, $"{i}", $"archive.{extractor.Kind}");
            File.WriteAllBytes(archive, accepted[i].Archive);
            tasks.Add((archive, folder));
        }

        extractor.Run(tasks);
        for (int i = 0; i < accepted.Length; i++)
        {
            string? difference = Difference(accepted[i].Files, tasks[i].Folder, Path.Combine(root, $"{i}"));
            bool isKnown = KnownDifferences.Expects(extractor, accepted[i].Name);
            if (difference is not null != isKnown)
            {
                yield return $"{extractor.Name} ({extractor.Kind}), {accepted[i].Name}: {difference ?? "is listed as different and is not"}";
            }
        }
    }

    // Null: the same files, or a refusal that left no other file than these.
    private static string? Difference(Dictionary<string, string> files, string folder, string root)
    {
        string status = File.ReadAllText(Path.Combine(folder, "status")).Trim();
        Dictionary<string, string> extracted = new(StringComparer.Ordinal);
        string into = Path.Combine(folder, "out");
        foreach (string path in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Where(path => path != Path.Combine(folder, "status") && path != Path.Combine(folder, "log") && !Path.GetFileName(path).StartsWith("archive.", StringComparison.Ordinal)))
        {
            extracted[Path.GetRelativePath(into, path)] = Describe(new FileInfo(path));
        }

        string[] other = [.. extracted.Where(file => files.GetValueOrDefault(file.Key) != file.Value).Select(file => $"extracted \"{Utf8Text.Spell(System.Text.Encoding.UTF8.GetBytes(file.Key))}\" ({file.Value[..Math.Min(12, file.Value.Length)]})")];
        string[] missing = status == "ok" ? [.. files.Keys.Except(extracted.Keys).Select(name => $"passed over \"{name}\"")] : [];
        return other.Length + missing.Length == 0 ? null : $"{string.Join(", ", other.Concat(missing))} ({status})";
    }

    private static string Describe(FileInfo file)
    {
        const UnixFileMode Special = UnixFileMode.SetUser | UnixFileMode.SetGroup | UnixFileMode.StickyBit;
        return file.LinkTarget is not null ? "a link" : !file.Exists ? "no UTF-8" : (file.UnixFileMode & Special) != 0 ? "more than rwx" : Digest.Sha256(File.ReadAllBytes(file.FullName)).Hex;
    }

    private static bool IsInstalled(string tool) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, tool)));
}

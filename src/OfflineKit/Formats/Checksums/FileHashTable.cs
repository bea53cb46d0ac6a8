using OfflineKit.Encoding;

namespace OfflineKit.Formats.Checksums;

/// <summary>What PowerShell prints of <c>Get-FileHash</c>: a table, a list of properties, or CSV.</summary>
/// <remarks>Names are those below the folder that all files have in common, because Get-FileHash writes whole paths. What a narrow screen cut is malformed. Source: docs/spec/checksums.md.</remarks>
internal static class FileHashTable
{
    private const string Algorithm = "Algorithm", Hash = "Hash", Path = "Path";

    /// <summary>The columns or properties of Get-FileHash come first.</summary>
    public static bool LooksLike(ReadOnlySpan<byte> content)
    {
        ReadOnlySpan<byte> text = content.TrimStart("\r\n"u8);
        text = text.StartsWith("#TYPE "u8) ? text[(text.IndexOf((byte)'\n') + 1)..] : text;
        ReadOnlySpan<byte> first = text.IndexOf((byte)'\n') is >= 0 and int end ? text[..end].TrimEnd("\r "u8) : text;
        return first.StartsWith("Algorithm "u8) || first.SequenceEqual("\"Algorithm\",\"Hash\",\"Path\""u8) || first.SequenceEqual("Algorithm,Hash,Path"u8);
    }

    /// <summary>The files of <paramref name="content"/>.</summary>
    public static List<ChecksumLine> Parse(ReadOnlySpan<byte> content, string what)
    {
        string[] lines = [.. Utf8Text.Decode(content, what).Split('\n').Select(line => line.TrimEnd('\r', ' ')).Where(line => line.Length > 0 && !line.StartsWith("#TYPE ", StringComparison.Ordinal))];
        bool isCsv = lines[0].Contains(',', StringComparison.Ordinal), isList = lines[0].Contains(" : ", StringComparison.Ordinal);
        List<FileHash> rows = [.. isList ? Properties(lines, what) : isCsv ? lines.Skip(1).Select(line => CsvRow(line, what)) : lines.Skip(2).Select(line => TableRow(line, what))];
        string folder = CommonFolder(rows);
        return [.. rows.Select(row => Line(row, row.Path[folder.Length..], what))];
    }

    private static ChecksumLine Line(FileHash row, string name, string what) => ChecksumTag.Of(row.Algorithm) is not { } hash
        ? throw new MalformedException($"{what}: \"{row.Algorithm}\" is no hash function")
        : row.Path.EndsWith("...", StringComparison.Ordinal) || row.Path.EndsWith('…')
            ? throw new MalformedException($"{what}: a path that was cut to fit the screen: \"{row.Path}\"")
            : ChecksumLine.Of(Utf8Text.Encode(name), hash, Utf8Text.Encode(row.Hex), what);

    private static FileHash TableRow(string line, string what) => line.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries) is [string algorithm, string hex, string path]
        ? FileHash.Of(algorithm, hex, path)
        : throw new MalformedException($"{what}: wanted a hash function, a digest and a path");

    private static FileHash CsvRow(string line, string what)
    {
        string[] fields = line.StartsWith('"') && line.EndsWith('"') ? line[1..^1].Split("\",\"") : line.Split(',');
        return fields is [string algorithm, string hex, string path] && !path.Contains('"', StringComparison.Ordinal)
            ? FileHash.Of(algorithm, hex, path)
            : throw new MalformedException($"{what}: wanted \"Algorithm\",\"Hash\",\"Path\"");
    }

    private static IEnumerable<FileHash> Properties(string[] lines, string what)
    {
        if (lines.Length % 3 != 0)
        {
            throw new MalformedException($"{what}: wanted Algorithm, Hash and Path of each file");
        }

        for (int i = 0; i < lines.Length; i += 3)
        {
            yield return FileHash.Of(Value(lines[i], Algorithm, what), Value(lines[i + 1], Hash, what), Value(lines[i + 2], Path, what));
        }
    }

    private static string Value(string line, string property, string what) => line.Split(" : ", 2) is [string name, string value] && name.TrimEnd(' ') == property
        ? value : throw new MalformedException($"{what}: wanted {property} : VALUE");

    private static string CommonFolder(List<FileHash> rows)
    {
        string folder = rows.Count == 0 ? "" : rows[0].Folder;
        foreach (FileHash row in rows)
        {
            while (!row.Path.StartsWith(folder, StringComparison.Ordinal))
            {
                folder = folder[..(folder.TrimEnd('/').LastIndexOf('/') + 1)];
            }
        }

        return rows.TrueForAll(row => row.IsRooted) ? folder : "";
    }

    private sealed record FileHash(string Algorithm, string Hex, string Path, bool IsRooted)
    {
        public string Folder => Path[..(Path.LastIndexOf('/') + 1)];

        // A backslash separates where the path is one of Windows.
        public static FileHash Of(string algorithm, string hex, string path)
        {
            bool isDrive = path is [_, ':', '\\', ..], isShare = path.StartsWith(@"\\", StringComparison.Ordinal), isBelow = path.StartsWith(@".\", StringComparison.Ordinal);
            return new FileHash(algorithm, hex, isDrive || isShare || isBelow ? path.Replace('\\', '/') : path, isDrive || isShare || path.StartsWith('/'));
        }
    }
}

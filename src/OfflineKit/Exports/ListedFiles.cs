using OfflineKit.Archives;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Formats.Checksums;

namespace OfflineKit.Exports;

/// <summary>Reads the lists of files that manifests hold.</summary>
internal static class ListedFiles
{
    private const long LargestSize = (1L << 53) - 1;

    /// <summary>The files of <paramref name="elements"/> by path; no path twice.</summary>
    public static Dictionary<string, ListedFile> ByPath(IReadOnlyList<JsonValue> elements, Func<JsonValue, ListedFile> parse)
    {
        RequireFew(elements.Count);
        Dictionary<string, ListedFile> files = new(elements.Count, StringComparer.Ordinal);
        foreach (JsonValue element in elements)
        {
            ListedFile file = parse(element);
            if (!files.TryAdd(file.Path, file))
            {
                throw new MalformedException($"{element.Path}: \"{file.Path}\" is listed twice");
            }
        }

        return files;
    }

    private static void RequireFew(int count)
    {
        if (count > ExportLimits.Files)
        {
            throw new MalformedException(ArchiveReasons.TooLarge, $"a list of more than {ExportLimits.Files} files");
        }
    }

    /// <summary>A size in bytes.</summary>
    public static long Size(JsonValue value) => value.Integer is >= 0 and <= LargestSize and long size ? size : throw value.Wanted("a size from 0 to 2^53 - 1");

    /// <summary>64 lower-case hex digits.</summary>
    public static Digest Hex(JsonValue value) => Digest.FromHex(DigestAlgorithm.Sha256, value.Text, value.Path);

    /// <summary><c>sha256:</c> and 64 lower-case hex digits.</summary>
    public static Digest Prefixed(JsonValue value)
    {
        const string Prefix = "sha256:";
        return value.Text.StartsWith(Prefix, StringComparison.Ordinal)
            ? Digest.FromHex(DigestAlgorithm.Sha256, value.Text[Prefix.Length..], value.Path)
            : throw new MalformedException($"{value.Path}: \"{value.Text}\", wanted sha256:HEX");
    }
}

using System.Buffers;
using System.Collections.Immutable;

namespace OfflineKit.Exports;

/// <summary>What a signature is called after the file that it signs: the one rule for files, lists, exports and media.</summary>
/// <remarks>
/// <c>FILE.minisig</c>; where there is no such file, also with the signer or its key before the suffix: <c>FILE.alice.sig</c>, <c>SHA256SUMS.72D7468F.sig</c>, <c>SHA256SUMS-signed-by-2026.asc</c>.
/// A name proves nothing: whatever is found is verified. Source: docs/spec/requests.md, "Signatures beside a file".
/// </remarks>
internal static class SignatureNames
{
    /// <summary>What is appended to a name to find a signature over the file: what every format appends.</summary>
    public static readonly ImmutableArray<string> Suffixes = [.. KnownFormats.All.SelectMany(format => format.SignatureSuffixes).Distinct(StringComparer.Ordinal)];

    private const int LongestSigner = 64;

    private const string SignedByWords = "-signed-by-";

    // Suffixes of files that are signatures by their content alone: before these stands no signer.
    private static readonly ImmutableArray<string> AlsoOfOthers = [".jsonl", ".bundle", ".provenance", ".sign"];

    // What stands behind the dot of files that exist by themselves: app.tar.gz.sig signs no app.tar.
    private static readonly HashSet<string> Extensions = new(
        [
            "tar", "gz", "tgz", "xz", "txz", "bz", "bz2", "tbz", "zst", "tzst", "lz", "lz4", "zip", "deb", "rpm", "dsc", "changes", "exe", "msi", "dll", "so", "dmg", "pkg", "apk", "jar", "war", "whl", "gem", "crate", "nupkg",
            "iso", "img", "bin", "raw", "efi", "json", "xml", "yaml", "yml", "toml", "txt", "md", "csv", "html", "pdf", "pem", "crt", "cer", "key", "pub", "sh", "ps1", "py", "js", "wasm", "sbom", "spdx", "cdx", "prov", "att", "log", "old", "bak", "new", "orig", "tmp",
            "sha1", "sha224", "sha256", "sha384", "sha512", "sha256sum", "sha512sum", "md5", "b2", "blake2b",
        ],
        StringComparer.OrdinalIgnoreCase);

    private static readonly SearchValues<char> OfSigners = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+@");

    /// <summary>The names of files that one called <paramref name="name"/> signs, if <paramref name="isThere"/> says that they are: exactly, and only where none of these is there by the name of a signer.</summary>
    public static IEnumerable<string> SignedBy(string name, Func<string, bool> isThere)
    {
        ImmutableArray<string> exactly = [.. Suffixes.Where(suffix => name.Length > suffix.Length && name.EndsWith(suffix, StringComparison.Ordinal)).Select(suffix => name[..^suffix.Length])];
        return exactly.Any(isThere) ? exactly : [.. exactly, .. BySigner(name)];
    }

    /// <summary>Every name of a file that one called <paramref name="name"/> may sign.</summary>
    public static IEnumerable<string> Any(ReadOnlySpan<char> name) => SignedBy(name.ToString(), static _ => false);

    /// <summary>Which of <paramref name="names"/> sign which: the signatures by what they sign.</summary>
    public static ILookup<string, string> Among(IReadOnlySet<string> names) => names
        .SelectMany(name => SignedBy(name, names.Contains).Where(names.Contains).Select(signed => (Signed: signed, Name: name)))
        .OrderBy(pair => pair.Name, StringComparer.Ordinal).ToLookup(pair => pair.Signed, pair => pair.Name, StringComparer.Ordinal);

    /// <summary>The suffix of a signature's <paramref name="name"/>; empty when it has none.</summary>
    public static ReadOnlySpan<char> SuffixOf(ReadOnlySpan<char> name)
    {
        foreach (string suffix in Suffixes)
        {
            if (name.EndsWith(suffix))
            {
                return suffix;
            }
        }

        return default;
    }

    private static IEnumerable<string> BySigner(string name) =>
        from suffix in Suffixes.Except(AlsoOfOthers, StringComparer.Ordinal)
        where name.EndsWith(suffix, StringComparison.Ordinal)
        let stem = name[..^suffix.Length]
        from at in ((int At, int Width)[])[(stem.LastIndexOf('.'), 1), (stem.LastIndexOf(SignedByWords, StringComparison.Ordinal), SignedByWords.Length)]
        where at.At > 0 && IsSigner(stem.AsSpan(at.At + at.Width), named: at.Width > 1)
        select stem[..at.At];

    // A key id is 8, 16 or 40 digits; a number alone is a version.
    private static bool IsSigner(ReadOnlySpan<char> word, bool named) =>
        word.Length is > 0 and <= LongestSigner && !word.ContainsAnyExcept(OfSigners)
        && (named || (word.Length is 8 or 16 or 40 && Encoding.StrictHex.IsInEitherCase(word)) || (!char.IsAsciiDigit(word[0]) && !Extensions.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word)));
}

using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Formats.Checksums;

namespace OfflineKit.Exports;

/// <summary>A file of an export that is a checksum list, or a signed document that holds one.</summary>
/// <param name="Path">The file.</param>
/// <param name="Content">The list itself.</param>
/// <param name="Holder">The format of the document that holds the list and a signature over it; null: the file is the list.</param>
/// <param name="Signatures">The files beside it that sign it, by their names.</param>
internal sealed record ListDocument(string Path, ReadOnlyMemory<byte> Content, Format? Holder, ImmutableArray<string> Signatures)
{
    /// <summary>Somebody signed it: in the document itself, or beside it.</summary>
    public bool IsSigned => Holder is not null || !Signatures.IsEmpty;

    /// <summary>The beginning of a file tells that it may be a list, whatever its name.</summary>
    public static bool MayBe(ReadOnlySpan<byte> content) => ChecksumList.LooksLike(content) || HolderOf(content) is not null;

    /// <summary>The lists at the top of <paramref name="inventory"/>, by ordinal order of their names: every signed one, and others that are called like a list. A file that signs another list is none.</summary>
    public static ImmutableArray<ListDocument> In(ExportInventory inventory)
    {
        ILookup<string, string> signatures = SignaturesIn(inventory);
        ImmutableArray<ListDocument> found =
            [.. inventory.ControlPaths.Where(path => !path.Contains('/', StringComparison.Ordinal)).Select(path => Of(path, inventory.Control(path)!.Value, signatures)).OfType<ListDocument>()];
        HashSet<string> used = [.. found.SelectMany(list => list.Signatures)];
        return [.. found.Where(list => !used.Contains(list.Path) && (list.IsSigned || MetadataFileNames.IsChecksumList(list.Path)))];
    }

    /// <summary>The file at <paramref name="path"/>, which the caller says is the list; null where it is not there.</summary>
    public static ListDocument? Named(string path, ExportInventory inventory)
    {
        ILookup<string, string> signatures = SignaturesIn(inventory);
        return inventory.Control(path) is { } content ? Of(path, content, signatures) ?? new ListDocument(path, content, Holder: null, [.. signatures[path]]) : null;
    }

    /// <summary>Everything that the lists at <paramref name="paths"/> account for: their files, and themselves with their signatures.</summary>
    public static ImmutableHashSet<string> Accounts(IEnumerable<string> paths, ExportInventory inventory) =>
        [.. paths.Select(path => Named(path, inventory)!).SelectMany(list => (IEnumerable<string>)[list.Path, .. list.Signatures, .. Listed(list)])];

    private static IEnumerable<string> Listed(ListDocument list) => list.Read().Value is { } read ? [.. read.Files.Keys, .. read.Root is null ? [] : (string[])["manifest.json"]] : [];

    /// <summary>What the list says, or why it cannot be read.</summary>
    public Result<ChecksumList> Read() => Result.Parse(ExportReasons.ManifestMalformed, () => ChecksumList.Parse(Content.Span, Path));

    /// <summary>The hash functions besides SHA-256 that the lists of <paramref name="inventory"/>, or the one called <paramref name="named"/>, use: at its top, or in the one folder around everything.</summary>
    public static ImmutableArray<DigestAlgorithm> OtherAlgorithms(ExportInventory inventory, string? named)
    {
        ImmutableArray<ListDocument> lists = [.. new[] { inventory, inventory.Unwrapped() }.OfType<ExportInventory>().SelectMany(seen => named is null ? In(seen) : Named(named, seen) is { } list ? [list] : [])];
        return [.. lists.SelectMany(list => list.Read().Value?.Algorithms ?? []).Distinct().Except([DigestAlgorithm.Sha256])];
    }

    /// <summary>The file at <paramref name="path"/>, which is there and is a list by another grammar, with the signatures beside it; <paramref name="except"/> is none.</summary>
    public static ListDocument Beside(string path, ExportInventory inventory, string except) =>
        new(path, inventory.Control(path)!.Value, Holder: null, [.. SignaturesIn(inventory)[path].Where(signature => signature != except)]);

    /// <summary>The list that a file with <paramref name="content"/> is or holds, and the format that holds it; null: it is none, by its first line.</summary>
    public static (ReadOnlyMemory<byte> List, Format? Holder)? ListIn(ReadOnlyMemory<byte> content)
    {
        Format? holder = HolderOf(content.Span);
        ReadOnlyMemory<byte>? list = holder is null ? content : Result.Parse(Reasons.MalformedSignature, () => holder.Parse(content, Expectations.None)).Value?.OwnContent?.File;
        return list is { } held && ChecksumList.LooksLike(held.Span) ? (held, holder) : null;
    }

    private static ListDocument? Of(string path, ReadOnlyMemory<byte> content, ILookup<string, string> signatures) => ListIn(content) is var (list, holder)
        ? new ListDocument(path, list, holder, [.. signatures[path]])
        : MetadataFileNames.IsChecksumList(path) ? new ListDocument(path, content, Holder: null, [.. signatures[path]]) : null;

    private static ILookup<string, string> SignaturesIn(ExportInventory inventory) =>
        inventory.ControlPaths.SelectMany(path => SignatureNames.SignedBy(path, name => inventory.Find(name) is not null).Select(signed => (signed, path))).ToLookup(pair => pair.signed, pair => pair.path, StringComparer.Ordinal);

    private static Format? HolderOf(ReadOnlySpan<byte> content)
    {
        foreach (Format format in KnownFormats.All)
        {
            if (format.MayHoldFile(content))
            {
                return format;
            }
        }

        return null;
    }
}

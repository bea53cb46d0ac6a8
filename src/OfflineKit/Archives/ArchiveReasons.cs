using System.Collections.Immutable;

namespace OfflineKit.Archives;

/// <summary>Why an archive is refused before anything in it is believed.</summary>
internal static class ArchiveReasons
{
    public static readonly Reason Malformed = new(
        "archive.malformed",
        "the archive is not well-formed",
        "make it again with `tar -H ustar`, `tar -H pax` or `zip -X`; a transfer may have cut it");

    public static readonly Reason UnsafeName = new(
        "archive.unsafe-name",
        "the archive holds a name that leads out of it or cannot be stored everywhere",
        "do not unpack it; ask the sender how it was made");

    public static readonly Reason UnsafeEntry = new(
        "archive.unsafe-entry",
        "the archive holds something that is neither file nor folder",
        "make the archive without links, devices, sparse files, encryption and extensions of one program");

    public static readonly Reason Duplicate = new(
        "archive.duplicate",
        "two entries of the archive would become one file",
        "do not unpack it: which of them is meant depends on who reads it");

    public static readonly Reason TooLarge = new(
        "archive.too-large",
        "the archive holds more than its limits allow",
        "check that the right archive was given");

    public static readonly Reason Ratio = new(
        "archive.ratio",
        "the archive unpacks to far more than real data would",
        "do not unpack it: it was made to fill memory");

    public static readonly Reason TrailingBytes = new(
        "archive.trailing-bytes",
        "bytes follow the end of the archive",
        "make the archive again; nothing may hide behind its end mark");

    /// <summary>Every reason of this class.</summary>
    public static ImmutableArray<Reason> All { get; } = [Malformed, UnsafeName, UnsafeEntry, Duplicate, TooLarge, Ratio, TrailingBytes];
}

/// <summary>The bounds on one archive.</summary>
/// <param name="Entries">Files and folders (count).</param>
/// <param name="EntrySize">Bytes of one file.</param>
/// <param name="TotalSize">Bytes of the archive when it is unpacked, headers and padding included.</param>
/// <param name="Ratio">How many bytes one compressed byte may become, on average from the first mebibyte on.</param>
internal sealed record ArchiveLimits(int Entries, long EntrySize, long TotalSize, int Ratio);

using System.Collections.Immutable;

namespace OfflineKit.Formats.Checksums;

/// <summary>Reasons that only checksum lists give.</summary>
internal static class ChecksumReasons
{
    public static readonly Reason Mismatch = new(
        "checksum.mismatch",
        "the file does not have the listed checksum",
        "do not use the file; fetch it again from the source");

    public static readonly Reason NotListed = new(
        "checksum.not-listed",
        "the checksum list does not name the file",
        "check that list and file belong together");

    /// <summary>Every reason of this class.</summary>
    public static ImmutableArray<Reason> All { get; } = [Mismatch, NotListed];
}

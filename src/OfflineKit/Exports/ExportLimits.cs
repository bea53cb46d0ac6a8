using OfflineKit.Archives;

namespace OfflineKit.Exports;

/// <summary>The bounds on one export. Units: bytes unless the name says otherwise.</summary>
internal static class ExportLimits
{
    /// <summary>Files of one export (count).</summary>
    public const int Files = 1_000_000;

    /// <summary>Folders inside folders (count).</summary>
    public const int Depth = 64;

    /// <summary>The control files of one export together: lists, statements, signatures.</summary>
    public const int ControlBytes = 128 * 1024 * 1024;

    /// <summary>Failures of one kind that are told one by one (count).</summary>
    public const int Failures = 10;

    /// <summary>Listed files that are accepted as missing and told one by one (count).</summary>
    public const int Missing = 1000;

    /// <summary>Archives: 4 TiB unpacked, and no more than a thousand bytes out of one.</summary>
    public static ArchiveLimits Archive { get; } = new(Files, EntrySize: 1L << 42, TotalSize: 1L << 42, Ratio: 1000);
}

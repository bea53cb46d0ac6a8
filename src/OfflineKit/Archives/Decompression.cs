using OfflineKit.Encoding;

namespace OfflineKit.Archives;

/// <summary>The tar archive in a file that may be compressed, told by its first bytes: .tar, .tar.gz or .tar.zst.</summary>
internal static class Decompression
{
    /// <summary>How many bytes tell what a file is.</summary>
    public const int MarkSize = UstarAt + 5;

    private const int UstarAt = 257;

    /// <summary>The first bytes of <paramref name="file"/>, which can seek and is at its start again.</summary>
    public static byte[] Mark(Stream file)
    {
        byte[] mark = new byte[MarkSize];
        int length = file.ReadAtLeast(mark, mark.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return mark[..length];
    }

    /// <summary>What <paramref name="source"/> unpacks to.</summary>
    /// <param name="source">The file from its first byte on; it is read to its end.</param>
    /// <param name="mark">Its first bytes.</param>
    /// <param name="length">Its size.</param>
    /// <param name="limits">The bounds on what it becomes.</param>
    /// <exception cref="MalformedException">It is none of the three.</exception>
    public static Stream Tar(Stream source, ReadOnlySpan<byte> mark, long length, ArchiveLimits limits) =>
        ZstdStream.LooksLike(mark) ? new ZstdStream(source, limits)
        : GzipMember.LooksLike(mark) ? new GzipMember(source, length, limits)
        : IsPlainTar(mark) ? source
        : throw new MalformedException(ArchiveReasons.Malformed, "neither .tar, .tar.gz nor .tar.zst by its first bytes");

    /// <summary>The file with the first bytes <paramref name="mark"/> may be a tar archive, compressed or not.</summary>
    public static bool IsTar(ReadOnlySpan<byte> mark) => ZstdStream.LooksLike(mark) || GzipMember.LooksLike(mark) || IsPlainTar(mark);

    private static bool IsPlainTar(ReadOnlySpan<byte> mark) => mark.Length == MarkSize && mark[UstarAt..].SequenceEqual("ustar"u8);

    /// <summary>Reads all of the tar archive in <paramref name="file"/> by <paramref name="read"/>, and refuses what follows it.</summary>
    /// <param name="file">A file that can seek, at its start.</param>
    /// <param name="limits">The bounds on the archive.</param>
    /// <param name="read">Reads the archive to its end.</param>
    public static T Read<T>(Stream file, ArchiveLimits limits, Func<TarReader, T> read)
    {
        byte[] mark = Mark(file);
        using Stream tar = Tar(file, mark, file.Length, limits);
        T value = read(new TarReader(tar, limits));
        return file.Position == file.Length ? value : throw new MalformedException(ArchiveReasons.TrailingBytes, $"{file.Length - file.Position} bytes after the compressed archive");
    }
}

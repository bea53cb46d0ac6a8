using Microsoft.Win32.SafeHandles;

namespace OfflineKit.Files;

/// <summary>The last line of a file of lines, as the next line finds it.</summary>
/// <param name="IsFirst">There is no line yet.</param>
/// <param name="Content">The line without its LF; empty where there is none.</param>
public readonly record struct LastLine(bool IsFirst, ReadOnlyMemory<byte> Content);

/// <summary>A file of lines that only grows: every line is whole and on the disk before anybody is told, whoever else writes to it and however full the disk is.</summary>
/// <param name="path">The file; links are followed from where they stand.</param>
/// <param name="longestLine">The most bytes that a line has, without its LF.</param>
public sealed class LineFile(string path, int longestLine)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20), Patience = TimeSpan.FromSeconds(30);

    /// <summary>Appends the line that <paramref name="next"/> makes of the last one.</summary>
    /// <param name="next">The next line, without LF.</param>
    /// <param name="isWhole">Whether a last line without LF is one; one that is not was cut by a power failure before anybody was told of it, and is taken back. Null refuses such a file.</param>
    /// <param name="mode">The mode of a file that is made; null leaves it to the umask.</param>
    /// <exception cref="OutputException">In use, or the system refuses: the file is as it was.</exception>
    public void Append(Func<LastLine, byte[]> next, Func<ReadOnlyMemory<byte>, bool>? isWhole = null, UnixFileMode? mode = null) => AppendAll(last => [next(last)], isWhole, mode);

    /// <summary>Appends the lines that <paramref name="next"/> makes of the last one: all of them, by one flush to the disk, or none.</summary>
    /// <param name="next">The next lines, without LF.</param>
    /// <param name="isWhole">As with one line.</param>
    /// <param name="mode">As with one line.</param>
    /// <exception cref="OutputException">In use, or the system refuses: the file is as it was.</exception>
    public void AppendAll(Func<LastLine, IReadOnlyList<byte[]>> next, Func<ReadOnlyMemory<byte>, bool>? isWhole = null, UnixFileMode? mode = null)
    {
        string place = PhysicalPath.Of(path);
        try
        {
            bool isNew = !File.Exists(place);
            using FileStream file = OpenAlone(place, mode);
            try
            {
                Append(file, next, isWhole);
            }
            catch (Exception) when (isNew && file.Length == 0)
            {
                // Deleted while it is held: whoever waits for it sees that it no longer has its name.
                File.Delete(place);
                throw;
            }

            if (isNew)
            {
                new Disk().Flush(Path.GetDirectoryName(place)!);
            }
        }
        catch (Exception fault) when (FileFacts.IsOfSystem(fault))
        {
            throw new OutputException(OutputRefusal.Failed, $"{path}: {fault.Message}", fault);
        }
    }

    private void Append(FileStream file, Func<LastLine, IReadOnlyList<byte[]>> next, Func<ReadOnlyMemory<byte>, bool>? isWhole)
    {
        IReadOnlyList<byte[]> lines = next(Mend(file, isWhole));
        if (lines.FirstOrDefault(line => line.Length > longestLine) is { } tooLong)
        {
            throw new OutputException(OutputRefusal.Failed, $"{path}: a line of {tooLong.Length} bytes, limit {longestLine}");
        }

        Extend(file, [.. lines.SelectMany(line => line.Append((byte)'\n'))]);
    }

    // Half a line, as a full disk leaves it, could not be continued by anybody.
    private static void Extend(FileStream file, byte[] bytes)
    {
        long end = file.Seek(0, SeekOrigin.End);
        try
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }
        catch (Exception fault) when (FileFacts.IsOfSystem(fault))
        {
            file.SetLength(end);
            throw;
        }
    }

    private LastLine Mend(FileStream file, Func<ReadOnlyMemory<byte>, bool>? isWhole)
    {
        if (file.Length == 0)
        {
            return new LastLine(IsFirst: true, default);
        }

        byte[] tail = Tail(file, out bool fromStart);
        if (tail[^1] != (byte)'\n')
        {
            int begin = tail.AsSpan().LastIndexOf((byte)'\n') + 1;
            if (isWhole is null || (begin == 0 && !fromStart))
            {
                throw new OutputException(OutputRefusal.Changed, $"{path}: the last line is cut or too long");
            }

            if (isWhole(tail.AsMemory(begin)))
            {
                Extend(file, "\n"u8.ToArray());
            }
            else
            {
                file.SetLength(file.Length - (tail.Length - begin));
            }

            return Mend(file, isWhole: null);
        }

        int start = tail.AsSpan(0, tail.Length - 1).LastIndexOf((byte)'\n') + 1;
        return start == 0 && !fromStart
            ? throw new OutputException(OutputRefusal.Changed, $"{path}: the last line is cut or too long")
            : new LastLine(IsFirst: false, tail.AsMemory(start, tail.Length - 1 - start));
    }

    private byte[] Tail(FileStream file, out bool fromStart)
    {
        int window = (int)Math.Min(file.Length, longestLine + 1L);
        fromStart = window == file.Length;
        byte[] tail = new byte[window];
        file.Seek(-window, SeekOrigin.End);
        file.ReadExactly(tail);
        return tail;
    }

    // Two processes may share a file of lines: each waits until it has the file alone.
    private FileStream OpenAlone(string place, UnixFileMode? mode)
    {
        if (FileFacts.IsSpecial(place) || Directory.Exists(place))
        {
            throw new OutputException(OutputRefusal.Foreign, $"{path} is a folder, a device or a pipe, not a file");
        }

        FileStreamOptions options = new() { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows() && mode is { } wanted)
        {
            options.UnixCreateMode = wanted;
        }

        for (TimeSpan waited = TimeSpan.Zero; ; waited += Pause)
        {
            if (TryOpen(place, options, waited) is { } file)
            {
                if (OperatingSystem.IsWindows() || (FileFacts.TryLock(file.SafeFileHandle) && FileFacts.Names(place, file.SafeFileHandle)))
                {
                    return file;
                }

                file.Dispose();
            }

            if (waited >= Patience)
            {
                throw new OutputException(OutputRefusal.InUse, $"{path} is in use by another process");
            }

            Thread.Sleep(Pause);
        }
    }

    private static FileStream? TryOpen(string place, FileStreamOptions options, TimeSpan waited)
    {
        try
        {
            return new FileStream(place, options);
        }
        catch (IOException fault) when (FileFacts.IsInUse(fault) && waited < Patience)
        {
            return null;
        }
    }
}

using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using OfflineKit.Encoding;

namespace OfflineKit.Host.Results;

/// <summary>A sorted run of records in a scratch file: for each the length of its key in UTF-16 and of its value, then both.</summary>
internal static class SortedRun
{
    private const int Buffer = 16 * 1024;

    /// <summary>Writes <paramref name="record"/>.</summary>
    public static void Write(BinaryWriter run, SortedRecord record)
    {
        run.Write(record.Key.Length);
        run.Write(record.Value.Length);
        run.Write(MemoryMarshal.AsBytes(record.Key.AsSpan()));
        run.Write(record.Value);
    }

    /// <summary>The records between <paramref name="start"/> and <paramref name="end"/>.</summary>
    public static IEnumerable<SortedRecord> Read(SafeFileHandle file, long start, long end)
    {
        using BinaryReader reader = new(new BufferedStream(new Part(file, start, end), Buffer), System.Text.Encoding.Unicode);
        long left = end - start;
        while (left > 0)
        {
            int key = reader.ReadInt32(), value = reader.ReadInt32();
            byte[] text = reader.ReadBytes(key * sizeof(char)), content = reader.ReadBytes(value);
            if (text.Length != key * sizeof(char) || content.Length != value)
            {
                throw new IOException("a scratch file was cut short");
            }

            left -= 2 * sizeof(int) + text.Length + content.Length;
            yield return new SortedRecord(new string(MemoryMarshal.Cast<byte, char>(text)), content);
        }
    }

    private sealed class Part(SafeFileHandle file, long start, long end) : ForwardStream
    {
        private long _at = start;

        public override int Read(Span<byte> buffer)
        {
            int count = RandomAccess.Read(file, buffer[..(int)Math.Min(buffer.Length, end - _at)], _at);
            _at += count;
            return count;
        }
    }
}

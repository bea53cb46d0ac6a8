using Text = System.Text.Encoding;
using OfflineKit.Encoding;

namespace OfflineKit.Host.Serve;

/// <summary>Text as UTF-8 without a mark, however Windows PowerShell 5.1 wrote it: with the mark of UTF-8, as its pipes and Set-Content do, or in UTF-16, as its redirection does.</summary>
internal static class MarkedText
{
    private const int LongestMark = 3;

    /// <summary>What <paramref name="input"/> holds. Without a mark that is every byte as it is.</summary>
    /// <remarks>Halves of pairs, which are no text, become U+FFFD: no name and no member is spelt so.</remarks>
    public static Stream Utf8Of(Stream input)
    {
        byte[] start = new byte[LongestMark];
        int count = Look(input, start);
        ReadOnlySpan<byte> seen = start.AsSpan(0, count);
        if (seen.StartsWith(Text.UTF8.Preamble))
        {
            return input;
        }

        foreach (Text utf16 in (Text[])[Text.Unicode, Text.BigEndianUnicode])
        {
            if (seen.StartsWith(utf16.Preamble))
            {
                Stream rest = new Rejoined(start[utf16.Preamble.Length..count], input);
                return Text.CreateTranscodingStream(rest, utf16, new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
            }
        }

        return new Rejoined(start[..count], input);
    }

    // No further than a mark may go on: whoever writes one short line waits for its answer before the next.
    private static int Look(Stream input, byte[] start)
    {
        int count = 0;
        while (count < start.Length && (count == 0 || MayBegin(start.AsSpan(0, count))) && input.Read(start, count, 1) == 1)
        {
            count++;
        }

        return count;
    }

    private static bool MayBegin(ReadOnlySpan<byte> seen) =>
        Text.UTF8.Preamble.StartsWith(seen) || Text.Unicode.Preamble.StartsWith(seen) || Text.BigEndianUnicode.Preamble.StartsWith(seen);

    /// <summary>Bytes that were looked at, and what follows them.</summary>
    private sealed class Rejoined(byte[] start, Stream rest) : ForwardStream
    {
        private int _at;

        public override int Read(Span<byte> buffer)
        {
            if (_at == start.Length)
            {
                return rest.Read(buffer);
            }

            int taken = Math.Min(buffer.Length, start.Length - _at);
            start.AsSpan(_at, taken).CopyTo(buffer);
            _at += taken;
            return taken;
        }
    }
}

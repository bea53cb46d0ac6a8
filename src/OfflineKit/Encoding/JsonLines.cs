using System.Collections.Immutable;

namespace OfflineKit.Encoding;

/// <summary>Files with one JSON document a line.</summary>
/// <remarks>Source: docs/spec/dsse.md §8. Lines end in LF or CRLF; empty lines are skipped.</remarks>
internal static class JsonLines
{
    /// <summary>The first line is a whole object, by its brackets, and another object begins after it.</summary>
    public static bool LooksLike(ReadOnlySpan<byte> content)
    {
        ReadOnlySpan<byte> rest = content.TrimStart(" \t\r\n"u8);
        int end = rest.IndexOf((byte)'\n');
        return end > 0 && rest.StartsWith("{"u8) && rest[..end].TrimEnd(" \t\r"u8).EndsWith("}"u8) && rest[end..].TrimStart(" \t\r\n"u8).StartsWith("{"u8);
    }

    /// <summary>The non-empty lines of <paramref name="content"/>.</summary>
    /// <exception cref="MalformedException">More than <see cref="Limits.CollectionLines"/> lines, or a stray carriage return.</exception>
    public static ImmutableArray<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> content)
    {
        var lines = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>();
        LineCursor cursor = new(content.Span);
        while (!cursor.AtEnd)
        {
            int before = cursor.Rest.Length;
            int length = cursor.Line("line").Length;
            if (length > 0)
            {
                lines.Add(content.Slice(content.Length - before, length));
            }

            if (lines.Count > Limits.CollectionLines)
            {
                throw new MalformedException(Reasons.InputTooLarge, $"more than {Limits.CollectionLines} lines");
            }
        }

        return lines.DrainToImmutable();
    }
}

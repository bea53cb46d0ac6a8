using System.Collections.Immutable;
using OfflineKit.Encoding;

namespace OfflineKit.Archives;

/// <summary>What stands before a tar entry's own header: a pax extended header, or a GNU long name.</summary>
/// <param name="Name">The bytes of its name; null: the one in its own header.</param>
/// <param name="Size">Its size; null: the one in its own header.</param>
/// <param name="Attributes">Extended attributes that come with it: they are no content (count).</param>
/// <remarks>
/// What else it may say: <see cref="PaxRecord"/>.
/// Source: POSIX.1-2017, pax, "pax Extended Header".
/// </remarks>
internal sealed record PaxHeader(byte[]? Name, long? Size, int Attributes)
{
    /// <summary>Every reader reads all of it; else what it says must stand in the entry's own header as well.</summary>
    public bool IsReadWhole { get; private init; } = true;

    /// <summary>Sizes below this stand in the entry's own header: its twelve bytes hold eleven octal digits and their end.</summary>
    public const long UstarSizes = 1L << 33;

    /// <summary>The extended header in <paramref name="content"/>.</summary>
    public static PaxHeader Parse(ReadOnlySpan<byte> content)
    {
        PaxHeader header = new(Name: null, Size: null, Attributes: 0);
        // 7-Zip stops at a zero byte in any value, and then knows the entry by its own header alone.
        bool isReadWhole = true;
        foreach (KeyValuePair<string, byte[]> record in Records(content))
        {
            isReadWhole &= !record.Value.Contains((byte)0);
            header = record.Key switch
            {
                "path" when header.Name is null && record.Value.Length > 0 => header with { Name = record.Value },
                "size" when header.Size is null => header with { Size = SizeOf(record.Value) },
                _ => header with { Attributes = header.Attributes + PaxRecord.Attributes(record.Key, record.Value) },
            };
        }

        return header with { IsReadWhole = isReadWhole };
    }

    /// <summary>Requires that a global header, which would speak of every entry, holds comments alone, as git writes them.</summary>
    public static void RequireComments(ReadOnlySpan<byte> content)
    {
        foreach (KeyValuePair<string, byte[]> record in Records(content))
        {
            if (record.Key != "comment")
            {
                throw new MalformedException(ArchiveReasons.UnsafeEntry, $"global pax header with \"{record.Key}\"");
            }
        }
    }

    /// <summary>The GNU long name in <paramref name="content"/>, which ends in its only NUL, or, as Perl writes it, in the zeros of its last block.</summary>
    public static PaxHeader LongName(ReadOnlySpan<byte> content)
    {
        int end = content.IndexOf((byte)0);
        bool isPadded = end < 0 && content.Length % TarHeader.Block != 0;
        return content.Length > 1 && (end == content.Length - 1 || isPadded)
            ? new PaxHeader((isPadded ? content : content[..^1]).ToArray(), Size: null, Attributes: 0)
            : throw new MalformedException(ArchiveReasons.Malformed, "GNU long name: wanted a name and one NUL at its end");
    }

    private static long SizeOf(ReadOnlySpan<byte> value) =>
        DecimalText.Number(value) ?? throw new MalformedException(ArchiveReasons.Malformed, $"pax header: size \"{Utf8Text.Spell(value)}\", wanted a number");

    private static ImmutableArray<KeyValuePair<string, byte[]>> Records(ReadOnlySpan<byte> content)
    {
        var records = ImmutableArray.CreateBuilder<KeyValuePair<string, byte[]>>();
        while (!content.IsEmpty)
        {
            int blank = content.IndexOf((byte)' ');
            if (blank is < 1 or > 6 || DecimalText.Number(content[..blank]) is not { } length)
            {
                throw new MalformedException(ArchiveReasons.Malformed, "pax header: a record without a length");
            }

            int equals = content.IndexOf((byte)'=');
            if (length > content.Length || length < blank + 4 || equals < blank || equals > length || content[(int)length - 1] != '\n')
            {
                throw new MalformedException(ArchiveReasons.Malformed, "pax header: a record of another length than it says");
            }

            records.Add(KeyValuePair.Create(Utf8Text.DecodePrintable(content[(blank + 1)..equals], "pax keyword"), content[(equals + 1)..((int)length - 1)].ToArray()));
            content = content[(int)length..];
        }

        return records.DrainToImmutable();
    }
}

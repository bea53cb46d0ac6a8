using System.Collections.Immutable;
using System.Globalization;
using OfflineKit.Encoding;

namespace OfflineKit.Archives;

/// <summary>What a pax extended header says of the entry that follows it.</summary>
/// <param name="Name">Its name; null: the one in its own header.</param>
/// <param name="Size">Its size, where its own header has no room for it; null: the one in its own header.</param>
/// <remarks>Times and owners are passed over; every other keyword is refused. Source: POSIX.1-2017, pax, "pax Extended Header".</remarks>
internal sealed record PaxHeader(string? Name, long? Size)
{
    /// <summary>Sizes below this stand in the entry's own header: its twelve bytes hold eleven octal digits.</summary>
    public const long UstarSizes = 1L << 33;
    private static readonly string[] Ignored = ["mtime", "atime", "ctime", "uid", "gid", "uname", "gname"];

    /// <summary>The header in <paramref name="content"/>.</summary>
    public static PaxHeader Parse(ReadOnlySpan<byte> content)
    {
        PaxHeader header = new(Name: null, Size: null);
        foreach (KeyValuePair<string, string> record in Records(content))
        {
            header = record.Key switch
            {
                "path" when header.Name is null && record.Value.Length > 0 => header with { Name = record.Value },
                "size" when header.Size is null => header with { Size = SizeOf(record.Value) },
                _ when Ignored.Contains(record.Key, StringComparer.Ordinal) => header,
                _ => throw new MalformedException(ArchiveReasons.UnsafeEntry, $"pax header with \"{record.Key}\""),
            };
        }

        return header;
    }

    // One spelling a size: what fits into the entry's own header stands there.
    private static long SizeOf(string value) => !value.AsSpan().ContainsAnyExceptInRange('0', '9') && long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long size)
        && size >= UstarSizes && value[0] != '0'
            ? size
            : throw new MalformedException(ArchiveReasons.Malformed, $"pax header: size \"{value}\", wanted a number from {UstarSizes}");

    private static ImmutableArray<KeyValuePair<string, string>> Records(ReadOnlySpan<byte> content)
    {
        var records = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        while (!content.IsEmpty)
        {
            int blank = content.IndexOf((byte)' ');
            if (blank is < 1 or > 6 || content[..blank].ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            {
                throw new MalformedException(ArchiveReasons.Malformed, "pax header: a record without a length");
            }

            int length = int.Parse(content[..blank], CultureInfo.InvariantCulture);
            int equals = content.IndexOf((byte)'=');
            if (length > content.Length || length < blank + 4 || equals < blank || equals > length || content[length - 1] != '\n')
            {
                throw new MalformedException(ArchiveReasons.Malformed, "pax header: a record of another length than it says");
            }

            records.Add(KeyValuePair.Create(
                Utf8Text.DecodePrintable(content[(blank + 1)..equals], "pax keyword"), Utf8Text.Decode(content[(equals + 1)..(length - 1)], "pax value")));
            content = content[length..];
        }

        return records.DrainToImmutable();
    }
}

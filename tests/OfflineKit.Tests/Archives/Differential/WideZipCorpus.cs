using System.Buffers.Binary;
using static OfflineKit.Tests.Archives.Differential.CraftedZip;

namespace OfflineKit.Tests.Archives.Differential;

/// <summary>Small zip archives with wide numbers (ZIP64), in either header, in the directory and in the end record, stored and deflated, sized before and after.</summary>
internal static class WideZipCorpus
{
    private const string Victim = "install.sh", Content = "#!/bin/sh\necho good\n";
    private const uint Mark = 0xFFFFFFFF;

    private static readonly (string Name, string[] Wide)[] Ends =
        [("short", []), ("true", ["none"]), ("count", ["count"]), ("size", ["size"]), ("offset", ["offset"]), ("all", ["count", "size", "offset"])];

    /// <summary>Every archive with its name.</summary>
    public static IEnumerable<(string Name, byte[] Archive)> All()
    {
        foreach ((string method, uint number) in ((string, uint)[])[("stored", 0), ("deflated", 8)])
        {
            foreach (string local in (string[])["none", "true", "zero", "half"])
            {
                foreach (string central in (string[])["none", "size", "packed", "sizes", "offset", "all", "more"])
                {
                    foreach ((string end, string[] wide) in Ends)
                    {
                        yield return ($"wide-{method}-{local}{central}{end}", Archive(Around(number, flags: 0, local, central), record => End(record, wide)));
                        yield return ($"wide-{method}-{local}{central}{end}streamed", Archive(Around(number, flags: 8, local, central), record => End(record, wide)));
                    }
                }
            }
        }

        foreach ((string name, byte[] archive) in SoughtElsewhere().Concat(EndsInContent()))
        {
            yield return (name, archive);
        }
    }

    private static CraftedZip[] Around(uint method, uint flags, string local, string central)
    {
        CraftedZip first = new("first.txt", "first\n"), victim = Wide(Victim, method, flags, local, central, offset: first.Body().Length);
        return [first, victim, new("last.txt", "last\n")];
    }

    private static CraftedZip Wide(string name, uint method, uint flags, string local, string central, int offset)
    {
        CraftedZip plain = new(name, Content, ("method", method));
        uint packed = (uint)plain.Body().Length - 30 - (uint)name.Length;
        List<(string, uint)> fields = [("method", method), ("flags", flags)];
        fields.AddRange(local is "none" ? [] : local is "half" ? [("local-size", Mark)] : [("local-size", Mark), ("local-packed", Mark)]);
        fields.AddRange(central is "size" or "sizes" or "all" or "more" ? [("central-size", Mark)] : []);
        fields.AddRange(central is "packed" or "sizes" or "all" or "more" ? [("central-packed", Mark)] : []);
        fields.AddRange(central is "offset" or "all" ? [("central-offset", Mark)] : []);
        uint[] numbers =
        [
            .. central is "size" or "sizes" or "all" or "more" ? (uint[])[plain.Size, 0] : [], .. central is "packed" or "sizes" or "all" or "more" ? (uint[])[packed, 0] : [],
            .. central is "offset" or "all" or "more" ? (uint[])[(uint)offset, 0] : [],
        ];
        return new CraftedZip(name, Content, [.. fields])
        {
            LocalExtra = local switch { "true" => Extra(1, Numbers(plain.Size, 0, packed, 0)), "zero" => Extra(1, Numbers(0, 0, 0, 0)), "half" => Extra(1, Numbers(plain.Size, 0)), _ => [] },
            CentralExtra = numbers.Length == 0 ? [] : Extra(1, Numbers(numbers)),
            Descriptor = flags == 0 ? null : local is "none" ? null : Numbers(0x08074b50, plain.Crc, packed, 0, plain.Size, 0),
        };
    }

    // The end record with the numbers wide that are named, and the long one before it; none: the long one stands there and is not needed.
    private static byte[] End(byte[] record, string[] wide)
    {
        if (wide.Length == 0)
        {
            return record;
        }

        uint count = BinaryPrimitives.ReadUInt16LittleEndian(record.AsSpan(10)), size = BinaryPrimitives.ReadUInt32LittleEndian(record.AsSpan(12)), offset = BinaryPrimitives.ReadUInt32LittleEndian(record.AsSpan(16));
        byte[] large = [.. Numbers(0x06064b50, 44, 0), .. Shorts(45, 45), .. Numbers(0, 0, count, 0, count, 0, size, 0, offset, 0)];
        int shown = wide.Contains("count", StringComparer.Ordinal) ? 0xFFFF : (int)count;
        return
        [
            .. large, .. Numbers(0x07064b50, 0, offset + size, 0, 1), .. record[..8], .. Shorts(shown, shown),
            .. Numbers(wide.Contains("size", StringComparer.Ordinal) ? Mark : size, wide.Contains("offset", StringComparer.Ordinal) ? Mark : offset), .. record[20..],
        ];
    }

    // A reader that seeks to the mark as if it were an offset of four bytes reads the first header shifted by one byte: its date says how long the name is.
    private static IEnumerable<(string, byte[])> SoughtElsewhere()
    {
        for (uint date = 0; date < 64; date++)
        {
            foreach (uint method in (uint[])[0, 8])
            {
                CraftedZip first = new("first.txt", new string('x', 600), ("method", 0), ("date", 0x21 + (date << 5)), ("time", date * 0x0421));
                yield return ($"wide-sought-{method}-{date}", Archive([first, Wide(Victim, method, 0, "true", "all", first.Body().Length), new("last.txt", "last\n")]));
            }
        }
    }

    // A reader that knows no wide offset looks for another end record, and finds one in stored content.
    private static IEnumerable<(string, byte[])> EndsInContent()
    {
        foreach ((string end, string[] wide) in Ends)
        {
            CraftedZip inner = new("evil.sh", "evil", ("method", 0));
            byte[] before = new CraftedZip("first.txt", "", ("method", 0)).Body(), directory = inner.Record(before.Length);
            byte[] content = [.. inner.Body(), .. directory, .. "PK\x05\x06"u8, .. Shorts(0, 0, 1, 1), .. Numbers((uint)directory.Length, (uint)(before.Length + inner.Body().Length)), .. Shorts(0)];
            yield return ($"wide-inside-{end}", Archive([new("first.txt", System.Text.Encoding.Latin1.GetString(content), ("method", 0))], record => End(record, wide)));
        }
    }
}

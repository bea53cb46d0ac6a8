using System.Buffers.Binary;
using System.IO.Compression;
using OfflineKit.Encoding;

namespace OfflineKit.Tests.Archives.Differential;

/// <summary>Gzip files around a tar archive in which two readers could see two things: every field of the header, every end, several members.</summary>
internal static class GzipCorpus
{
    private const byte Text = 1, HeaderCrc = 2, Extra = 4, Name = 8, Comment = 16;

    private static readonly byte[] Tar = Archive("first.txt", "install.sh"), Other = Archive("evil.sh");

    /// <summary>Every archive with its name.</summary>
    public static IEnumerable<(string Name, byte[] Archive)> All() => [.. Headers(), .. Members(), .. Ends(), .. Inside(), .. Mutations()];

    private static IEnumerable<(string, byte[])> Headers()
    {
        for (int flags = 0; flags < 256; flags++)
        {
            yield return ($"flags-{flags:x2}", Gzip(Tar, flags));
        }

        foreach (string name in (string[])["", "a.tar", "../../evil.sh", "/evil.sh", "grö\xDFe.tar", new string('n', 5000)])
        {
            yield return ($"name-{name.Length}", Gzip(Tar, Name, name));
        }

        for (int at = 2; at < 10; at++)
        {
            foreach (byte value in (byte[])[0, 1, 2, 4, 7, 8, 9, 0x80, 0xFF])
            {
                byte[] file = Gzip(Tar);
                file[at] = value;
                yield return ($"header-{at}-{value:x2}", file);
            }
        }
    }

    private static IEnumerable<(string, byte[])> Members()
    {
        foreach (int cut in (int[])[0, 1, 511, 512, 513, 1024, Tar.Length - 1024, Tar.Length - 1, Tar.Length])
        {
            yield return ($"members-{cut}", [.. Gzip(Tar[..cut]), .. Gzip(Tar[cut..])]);
        }

        yield return ("members-other", [.. Gzip(Tar), .. Gzip(Other)]);
        yield return ("members-other-first", [.. Gzip(Other), .. Gzip(Tar)]);
        yield return ("members-without-end", [.. Gzip(Tar[..^1024]), .. Gzip(Other)]);
        yield return ("members-zeros-between", [.. Gzip(Tar[..1024]), 0, 0, .. Gzip(Tar[1024..])]);
    }

    private static IEnumerable<(string, byte[])> Ends()
    {
        byte[] whole = Gzip(Tar);
        for (int cut = 1; cut <= 24; cut++)
        {
            yield return ($"cut-{cut}", whole[..^cut]);
        }

        foreach (int zeros in (int[])[1, 8, 511, 512, 10240])
        {
            yield return ($"padded-{zeros}", [.. whole, .. new byte[zeros]]);
        }

        yield return ("garbage-after", [.. whole, .. "evil"u8]);
        yield return ("magic-after", [.. whole, 0x1F, 0x8B]);
        for (int at = 1; at <= 8; at++)
        {
            byte[] file = Gzip(Tar);
            file[^at] ^= 1;
            yield return ($"trailer-{at}", file);
        }
    }

    // What stands in the compressed data: stored blocks, an end that is missing, data behind the end.
    private static IEnumerable<(string, byte[])> Inside()
    {
        yield return ("stored", Gzip(Tar, deflated: Stored(Tar, isLast: true)));
        yield return ("stored-open", Gzip(Tar, deflated: Stored(Tar, isLast: false)));
        yield return ("stored-twice", Gzip(Tar, deflated: [.. Stored(Tar[..1024], isLast: false), .. Stored(Tar[1024..], isLast: true)]));
        yield return ("stored-empty-end", Gzip(Tar, deflated: [.. Stored(Tar, isLast: false), .. Stored([], isLast: true)]));
        yield return ("stored-then-more", Gzip(Tar, deflated: [.. Stored(Tar, isLast: true), .. Stored(Other, isLast: true)]));
        yield return ("stored-then-byte", Gzip(Tar, deflated: [.. Stored(Tar, isLast: true), 0]));
        yield return ("more-after-the-archive", Gzip([.. Tar, .. Other]));
        yield return ("zeros-after-the-archive", Gzip([.. Tar, .. new byte[9216]]));
        yield return ("byte-after-the-archive", Gzip([.. Tar, 1]));
        foreach (CompressionLevel level in Enum.GetValues<CompressionLevel>())
        {
            yield return ($"level-{level}", Gzip(Tar, deflated: Deflated(Tar, level)));
        }
    }

    private static IEnumerable<(string, byte[])> Mutations()
    {
        Random random = new(20261130);
        byte[] whole = Gzip(Tar);
        for (int i = 0; i < 2000; i++)
        {
            byte[] file = [.. whole];
            file[random.Next(file.Length)] ^= (byte)(1 << random.Next(8));
            yield return ($"mutated-{i}", file);
        }
    }

    private static byte[] Gzip(byte[] content, int flags = 0, string name = "a.tar", byte[]? deflated = null)
    {
        List<byte> header = [0x1F, 0x8B, 8, (byte)flags, 0, 0, 0, 0, 0, 3];
        header.AddRange((flags & Extra) != 0 ? [6, 0, (byte)'A', (byte)'p', 2, 0, 1, 2] : []);
        header.AddRange((flags & Name) != 0 ? [.. CraftedTar.Bytes(name), 0] : []);
        header.AddRange((flags & Comment) != 0 ? [.. "comment"u8, 0] : []);
        header.AddRange((flags & HeaderCrc) != 0 ? Number(CrcOf([.. header]), 2) : []);
        return [.. header, .. deflated ?? Deflated(content, CompressionLevel.Optimal), .. Number(CrcOf(content), 4), .. Number((uint)content.Length, 4)];
    }

    private static byte[] Deflated(byte[] content, CompressionLevel level)
    {
        using MemoryStream stream = new();
        using (DeflateStream deflate = new(stream, level, leaveOpen: true))
        {
            deflate.Write(content);
        }

        return stream.ToArray();
    }

    private static byte[] Stored(byte[] content, bool isLast) => [(byte)(isLast ? 1 : 0), .. Number((uint)content.Length, 2), .. Number(~(uint)content.Length, 2), .. content];

    private static byte[] Number(uint value, int bytes)
    {
        byte[] number = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(number, value);
        return number[..bytes];
    }

    private static uint CrcOf(byte[] content)
    {
        Crc32 crc = new();
        crc.Append(content);
        return crc.Value;
    }

    private static byte[] Archive(params string[] names) => CraftedTar.Archive([.. names.Select(name => new CraftedTar(name, name + "\n").Entry())]);
}

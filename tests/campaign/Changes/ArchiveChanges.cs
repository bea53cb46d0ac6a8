using System.IO.Compression;

namespace OfflineKit.Campaign.Changes;

/// <summary>Archives changed member by member: a zip by its entries, a tar by its blocks of 512 bytes.</summary>
internal static class ArchiveChanges
{
    private const int Block = 512;

    /// <summary>Every change; none of what is no archive.</summary>
    public static IEnumerable<Change> Of(byte[] file) =>
        file is [(byte)'P', (byte)'K', 3, 4, ..] ? OfZip(file)
        : file.Length % Block == 0 && file.Length > Block && file.AsSpan(257, 5).SequenceEqual("ustar"u8) ? OfTar(file)
        : [];

    private static IEnumerable<Change> OfTar(byte[] file)
    {
        for (int at = 0; at < file.Length; at += Block)
        {
            yield return new Change($"tar block {at / Block}: left out", [.. file[..at], .. file[(at + Block)..]]);
            yield return new Change($"tar block {at / Block}: doubled", [.. file[..(at + Block)], .. file[at..]]);
            yield return new Change($"tar block {at / Block}: zeros before", [.. file[..at], .. new byte[Block], .. file[at..]]);
        }
    }

    private static IEnumerable<Change> OfZip(byte[] file)
    {
        (string Name, byte[] Content)[] entries = Entries(file);
        for (int at = 0; at < entries.Length; at++)
        {
            (string name, byte[] content) = entries[at];
            yield return new Change($"zip {name}: left out", Zip([.. entries[..at], .. entries[(at + 1)..]]));
            yield return new Change($"zip {name}: doubled", Zip([.. entries, entries[at]]));
            yield return new Change($"zip {name}: emptied", Zip([.. entries[..at], (name, []), .. entries[(at + 1)..]]));
            yield return new Change($"zip {name}: a byte more", Zip([.. entries[..at], (name, [.. content, 0]), .. entries[(at + 1)..]]));
            yield return new Change($"zip {name}: in capitals", Zip([.. entries[..at], (name.ToUpperInvariant(), content), .. entries[(at + 1)..]]));
            yield return new Change($"zip {name}: also as another", Zip([.. entries, (name + "x", content)]));
            yield return new Change($"zip {name}: also below ../", Zip([.. entries, ("../" + name, content)]));
        }
    }

    private static (string, byte[])[] Entries(byte[] file)
    {
        try
        {
            using ZipArchive archive = new(new MemoryStream(file));
            return [.. archive.Entries.Select(entry => (entry.FullName, Content(entry)))];
        }
        catch (InvalidDataException)
        {
            // What another reader does not read is changed byte by byte.
            return [];
        }
    }

    private static byte[] Content(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        using MemoryStream content = new();
        stream.CopyTo(content);
        return content.ToArray();
    }

    private static byte[] Zip(IEnumerable<(string Name, byte[] Content)> entries)
    {
        using MemoryStream file = new();
        using (ZipArchive archive = new(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in entries)
            {
                ZipArchiveEntry entry = archive.CreateEntry(name);
                entry.LastWriteTime = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
                using Stream stream = entry.Open();
                stream.Write(content);
            }
        }

        return file.ToArray();
    }
}

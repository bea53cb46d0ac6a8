using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using OfflineKit.Archives;
using TarReader = OfflineKit.Archives.TarReader;
using TarWriter = OfflineKit.Archives.TarWriter;

namespace OfflineKit.Properties.Tests.Archives;

/// <summary>Archives that we and the platform write are read back.</summary>
public sealed class ArchiveProperties
{
    private static readonly ArchiveLimits Limits = new(Entries: 100, EntrySize: 1 << 20, TotalSize: 1 << 24, Ratio: 2000);

    private static readonly Gen<(string Name, byte[] Content)[]> Files = Gen.Select(Gen.Char["abcé_-"].Array[1, 150].Select(letters => new string(letters)).Array[1, 3].Select(parts => string.Join('/', parts)), Gen.Byte.Array[0, 1300])
        .Array[0, 6].Select(files => files.Select((file, number) => ($"{number}/{file.Item1}", file.Item2)).ToArray());

    /// <summary>Catches: a name, a length or padding that our writer and our reader understand differently.</summary>
    [Fact]
    public void A_tar_of_ours_is_read_back() => Property.Holds(Files, files => ReadTar(Tar(files)).SequenceEqual(files, Same));

    /// <summary>Catches: an archive of ours that others unpack to something else.</summary>
    [Fact]
    public void A_tar_of_ours_the_platform_reads_alike() => Property.Holds(Files, files =>
    {
        using System.Formats.Tar.TarReader platform = new(new MemoryStream(Tar(files)));
        List<(string, byte[])> read = [];
        while (platform.GetNextEntry(copyData: true) is { } entry)
        {
            read.Add((entry.Name, Whole(entry.DataStream)));
        }

        return read.SequenceEqual(files, Same);
    });

    /// <summary>Catches: an archive of others that we refuse, or read as something else.</summary>
    [Fact]
    public void A_tar_of_the_platform_is_read_back() => Property.Holds(Gen.Select(Files, Texts.OneOf(TarEntryFormat.Pax, TarEntryFormat.Gnu)), (files, format) =>
    {
        using MemoryStream archive = new();
        using (System.Formats.Tar.TarWriter writer = new(archive, format, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in files)
            {
                System.Formats.Tar.TarEntry entry = format == TarEntryFormat.Pax ? new PaxTarEntry(TarEntryType.RegularFile, name) : new GnuTarEntry(TarEntryType.RegularFile, name);
                entry.DataStream = new MemoryStream(content);
                writer.WriteEntry(entry);
            }
        }

        // The platform writes nothing at all for no files.
        return files.Length == 0 || ReadTar(archive.ToArray()).SequenceEqual(files, Same);
    });

    /// <summary>Catches: a zip of others that we read as something else, stored or deflated.</summary>
    [Fact]
    public void A_zip_of_the_platform_is_read_back() => Property.Holds(Gen.Select(Files, Texts.OneOf(CompressionLevel.NoCompression, CompressionLevel.Optimal)), (files, level) =>
    {
        using MemoryStream file = new();
        using (ZipArchive archive = new(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in files)
            {
                using Stream stream = archive.CreateEntry(name, level).Open();
                stream.Write(content);
            }
        }

        return files.Length == 0 || ReadZip(file.ToArray()).SequenceEqual(files, Same);
    });

    /// <summary>Catches: one byte of an archive that is changed, and the files in it are other ones, or fewer, without a word.</summary>
    [Fact]
    public void A_changed_zip_is_refused_or_says_the_same() => Property.Holds(Gen.Select(Gen.Byte.Array[1, 80], Gen.Int[0, 10_000], Gen.Byte[1, 255]), (content, place, mask) =>
    {
        using MemoryStream file = new();
        using (ZipArchive archive = new(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream stream = archive.CreateEntry("name", CompressionLevel.Optimal).Open();
            stream.Write(content);
        }

        byte[] changed = file.ToArray();
        changed[place % changed.Length] ^= mask;
        return Texts.OrNull(() => ReadZip(changed)) is not { } read || (read is [(_, var only)] && only.AsSpan().SequenceEqual(content));
    });

    /// <summary>Catches: a number of a tar header that readers read differently.</summary>
    [Fact]
    public void A_number_of_a_tar_header_is_what_every_reader_reads() => Property.Holds(
        Texts.Changed(Gen.Long[0, (1L << 33) - 1].Select(number => Convert.ToString(number, 8).PadLeft(11, '0') + "\0"), "01789 \0-x").Where(text => text.Length is > 1 and <= 12),
        field => Texts.OrNull(() => (object)TarNumber.Octal(System.Text.Encoding.Latin1.GetBytes(field), "size")) is not long number
            || (TarNumber.ReadLeniently(System.Text.Encoding.Latin1.GetBytes(field)) == number && Convert.ToInt64(field.Trim(' ', '\0'), 8) == number));

    private static byte[] Tar((string Name, byte[] Content)[] files)
    {
        using MemoryStream archive = new();
        TarWriter writer = new(archive);
        Array.ForEach(files, file => writer.Add(file.Name, file.Content));
        writer.Finish();
        return archive.ToArray();
    }

    private static List<(string Name, byte[] Content)> ReadTar(byte[] archive)
    {
        TarReader reader = new(new MemoryStream(archive), Limits);
        List<(string, byte[])> files = [];
        while (reader.Next() is { } entry)
        {
            files.Add((entry.Name, reader.ReadAll()));
        }

        return files;
    }

    private static List<(string Name, byte[] Content)> ReadZip(byte[] content)
    {
        using MemoryStream file = new(content);
        ZipDirectory directory = ZipDirectory.Read(file);
        file.Position = 0;
        using ZipReader reader = new(file, directory, Limits);
        List<(string, byte[])> files = [];
        while (reader.Next() is { } entry)
        {
            byte[] whole = new byte[entry.Size];
            for (int read = 0, count; (count = reader.Read(whole.AsSpan(read))) > 0; read += count)
            {
            }

            files.Add((entry.Name, whole));
        }

        return files;
    }

    private static byte[] Whole(Stream? stream)
    {
        using MemoryStream content = new();
        stream?.CopyTo(content);
        return content.ToArray();
    }

    private static bool SameFile((string Name, byte[] Content) one, (string Name, byte[] Content) other) => one.Name == other.Name && one.Content.AsSpan().SequenceEqual(other.Content);

    private static IEqualityComparer<(string Name, byte[] Content)> Same { get; } = EqualityComparer<(string Name, byte[] Content)>.Create(SameFile, file => file.Name.GetHashCode(StringComparison.Ordinal));
}

using System.Diagnostics;
using System.Formats.Tar;
using OfflineKit.Archives;
using OfflineKit.Encoding;
using StrictTarReader = OfflineKit.Archives.TarReader;
using StrictTarWriter = OfflineKit.Archives.TarWriter;

namespace OfflineKit.Tests.Archives;

/// <summary>Our tar reader and writer against the platform's, and what it refuses.</summary>
public sealed class TarTests
{
    private static readonly ArchiveLimits Limits = new(Entries: 100, EntrySize: 1 << 20, TotalSize: 1 << 22, Ratio: 100);

    [Fact]
    public void What_we_write_the_platform_and_we_read_the_same()
    {
        (string Name, byte[] Content)[] files =
        [
            ("a.txt", [1, 2, 3]), ("empty", []), ("folder/" + new string('n', 180) + ".json", new byte[1025]), ("block", new byte[512]), ("ü/ß.txt", [9]),
        ];
        using MemoryStream archive = new();
        StrictTarWriter writer = new(archive);
        foreach ((string name, byte[] content) in files)
        {
            writer.Add(name, content);
        }

        writer.Finish();
        archive.Position = 0;
        Assert.Equal(files.Select(file => (file.Name, file.Content.Length)), ReadAll(archive.ToArray()).Select(file => (file.Name, file.Content.Length)));
        using System.Formats.Tar.TarReader platform = new(archive);
        foreach ((string name, byte[] content) in files)
        {
            System.Formats.Tar.TarEntry entry = platform.GetNextEntry()!;
            Assert.Equal((name, (long)content.Length), (entry.Name, entry.Length));
        }

        Assert.Null(platform.GetNextEntry());
    }

    [Theory]
    [InlineData(TarEntryFormat.Ustar, true)]
    [InlineData(TarEntryFormat.Pax, true)]
    [InlineData(TarEntryFormat.Gnu, true)]
    [InlineData(TarEntryFormat.V7, false)]
    public void Archives_of_the_platform_are_read_unless_they_are_of_the_oldest_form(TarEntryFormat format, bool accepted)
    {
        using MemoryStream archive = new();
        using (System.Formats.Tar.TarWriter writer = new(archive, format, leaveOpen: true))
        {
            System.Formats.Tar.TarEntry entry = format switch
            {
                TarEntryFormat.V7 => new V7TarEntry(TarEntryType.V7RegularFile, "a/b"),
                TarEntryFormat.Ustar => new UstarTarEntry(TarEntryType.RegularFile, "a/b"),
                TarEntryFormat.Gnu => new GnuTarEntry(TarEntryType.RegularFile, "a/b"),
                _ => new PaxTarEntry(TarEntryType.RegularFile, "a/b"),
            };
            entry.DataStream = new MemoryStream([7, 8]);
            writer.WriteEntry(entry);
        }

        Result<List<(string, byte[])>> read = Result.Parse(ArchiveReasons.Malformed, () => ReadAll(archive.ToArray()));
        Assert.Equal(accepted, read.Finding is null);
    }

    [Theory]
    [InlineData("../a", "archive.unsafe-name")]
    [InlineData("/a", "archive.unsafe-name")]
    [InlineData("a/../b", "archive.unsafe-name")]
    [InlineData("a//b", "archive.unsafe-name")]
    [InlineData("a\\b", "archive.unsafe-name")]
    [InlineData("c:a", "archive.unsafe-name")]
    [InlineData("a.", "archive.unsafe-name")]
    [InlineData("A", "archive.duplicate")]
    [InlineData("x", "archive.duplicate")]
    [InlineData("x/y", "archive.duplicate")]
    [InlineData("./x", "archive.duplicate")]
    public void Names_that_cannot_be_stored_everywhere_are_refused(string name, string reason)
    {
        using MemoryStream archive = new();
        StrictTarWriter writer = new(archive);
        writer.Add("x", []);
        writer.Add("a", []);
        writer.Add(name, []);
        writer.Finish();
        Assert.Equal(reason, Refusal(archive.ToArray()));
    }

    [Fact]
    public void Every_cut_and_every_flipped_header_bit_is_refused_or_changes_nothing()
    {
        using MemoryStream archive = new();
        StrictTarWriter writer = new(archive);
        writer.Add("x", [1, 2, 3]);
        writer.Finish();
        byte[] sound = archive.ToArray();
        for (int length = 0; length < sound.Length; length += 64)
        {
            Assert.Equal("archive.malformed", Refusal(sound[..length]));
        }

        for (int bit = 0; bit < 512 * 8; bit++)
        {
            byte[] altered = [.. sound];
            altered[bit / 8] ^= (byte)(1 << (bit % 8));
            // Blank and NUL both end a number, so a few bits mean nothing.
            Assert.True(Refusal(altered) is not null || ReadAll(altered) is [("x", [1, 2, 3])], $"bit {bit}");
        }
    }

    [Fact]
    public void Limits_hold()
    {
        using MemoryStream archive = new();
        StrictTarWriter writer = new(archive);
        for (int i = 0; i < 101; i++)
        {
            writer.Add($"f{i}", []);
        }

        writer.Finish();
        Assert.Equal("archive.too-large", Refusal(archive.ToArray()));
    }

    [Theory]
    [InlineData((1L << 33) - 1, 512)]
    [InlineData(1L << 33, 1536)]
    [InlineData(1L << 40, 1536)]
    public void Sizes_beyond_the_header_stand_in_a_pax_record(long size, int headers)
    {
        ArchiveLimits large = Limits with { EntrySize = long.MaxValue, TotalSize = long.MaxValue };
        using MemoryStream archive = new();

        // The content is missing: only what stands before it is looked at.
        Assert.Throws<IOException>(() => new StrictTarWriter(archive).Add("large", Stream.Null, size));
        Assert.Equal(headers, archive.Length);
        archive.Position = 0;
        Assert.Equal(size, new StrictTarReader(archive, large).Next()!.Size);
    }

    [Theory]
    [InlineData("8589934591")]
    [InlineData("0000000001")]
    [InlineData("858993459x")]
    [InlineData("-858993459")]
    public void A_size_that_fits_into_the_header_has_one_place(string size)
    {
        using MemoryStream archive = new();
        Assert.Throws<IOException>(() => new StrictTarWriter(archive).Add("large", Stream.Null, 1L << 33));
        byte[] altered = archive.ToArray();
        System.Text.Encoding.ASCII.GetBytes(size).CopyTo(altered, altered.AsSpan().IndexOf("8589934592"u8));
        Assert.Equal("archive.malformed", Refusal(altered));
    }

    private static string? Refusal(byte[] archive) => Result.Parse(ArchiveReasons.Malformed, () => ReadAll(archive)).Finding?.Reason.Code;

    private static List<(string Name, byte[] Content)> ReadAll(byte[] archive)
    {
        StrictTarReader reader = new(new MemoryStream(archive), Limits);
        List<(string, byte[])> files = [];
        while (reader.Next() is { } entry)
        {
            files.Add((entry.Name, reader.ReadAll()));
        }

        return files;
    }
}

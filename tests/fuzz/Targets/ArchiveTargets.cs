using System.Collections.Immutable;
using System.IO.Compression;
using OfflineKit.Archives;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Formats.Cosign;
using OfflineKit.Policy;

namespace OfflineKit.Fuzz.Targets;

/// <summary>Archives, read to their end, and image layouts in them.</summary>
internal static class ArchiveTargets
{
    private static readonly ArchiveLimits Limits = new(Entries: 1000, EntrySize: 1 << 22, TotalSize: 1 << 24, Ratio: 250);

    /// <summary>One for each.</summary>
    public static ImmutableArray<Target> All { get; } =
    [
        new("tar", ReadTar) { OwnSeeds = Tars },
        new("pax-header", static content => _ = PaxHeader.Parse(content)) { OwnSeeds = static () => ["19 path=folder/a.b\n13 size=1024\n"u8.ToArray(), "22 mtime=1700000000.5\n"u8.ToArray()] },
        new("zip", ReadZip) { OwnSeeds = Zips },
        new("zip-directory", ReadZipDirectory) { OwnSeeds = static () => [.. Zips(), Zip64()] },
        new("image-layout", ReadLayout) { OwnSeeds = Layouts },
    ];

    private static void ReadTar(byte[] content)
    {
        using MemoryStream file = new(content, writable: false);
        _ = Decompression.Read(file, Limits, Contents);
    }

    private static string Contents(TarReader tar)
    {
        while (tar.Next() is not null)
        {
            _ = tar.ReadAll();
        }

        return "";
    }

    private static void ReadZip(byte[] content)
    {
        using MemoryStream file = new(content, writable: false);
        ZipDirectory directory = ZipDirectory.Read(file);
        file.Position = 0;
        using ZipReader zip = new(file, directory, Limits);
        byte[] block = new byte[4096];
        while (zip.Next() is not null)
        {
            while (zip.Read(block) > 0)
            {
            }
        }
    }

    private static void ReadZipDirectory(byte[] content)
    {
        using MemoryStream file = new(content, writable: false);
        ZipDirectory directory = ZipDirectory.Read(file);
        while (directory.Next() is not null)
        {
        }
    }

    private static void ReadLayout(byte[] content)
    {
        using MemoryStream file = new(content, writable: false);
        OciLayout layout = OciLayout.FromTar(file);
        VerificationContext context = new(Trusted.Store, Expectations.None, StatedTime: null);
        foreach (JsonValue descriptor in layout.ReadIndex().Array("manifests"))
        {
            _ = ImageVerifier.Verify(layout, OciDescriptor.FromJson(descriptor).Digest, context, SignaturePolicy.AnyPinnedSigner).IsTrusted;
        }
    }

    private static IEnumerable<byte[]> Tars() => [Tar(("a.txt", [1, 2, 3]), (new string('n', 180), new byte[600])), Gzip(Tar(("folder/b", [9]))), .. Seeds.OfVectors.Where(content => Accepted(ReadTar, content))];

    private static IEnumerable<byte[]> Zips() =>
        [Zip(CompressionLevel.NoCompression), Zip(CompressionLevel.Optimal), .. Seeds.OfVectors.Where(content => content.AsSpan().StartsWith("PK"u8) && Accepted(ReadZip, content))];

    // A folder of the vectors, as the archive that a client would make of it.
    private static IEnumerable<byte[]> Layouts()
    {
        foreach (string marker in Seeds.Vectors().Where(file => Path.GetFileName(file) == "oci-layout").Take(12))
        {
            string folder = Path.GetDirectoryName(marker)!;
            (string, byte[])[] files = [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(file => (Path.GetRelativePath(folder, file), File.ReadAllBytes(file)))];
            yield return Tar(files);
        }
    }

    private static byte[] Tar(params ReadOnlySpan<(string Name, byte[] Content)> files)
    {
        using MemoryStream archive = new();
        TarWriter writer = new(archive);
        foreach ((string name, byte[] content) in files)
        {
            writer.Add(name, content);
        }

        writer.Finish();
        return archive.ToArray();
    }

    private static byte[] Gzip(byte[] content)
    {
        using MemoryStream packed = new();
        using (GZipStream stream = new(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            stream.Write(content);
        }

        return packed.ToArray();
    }

    private static byte[] Zip(CompressionLevel level)
    {
        using MemoryStream file = new();
        using (ZipArchive archive = new(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            using (Stream first = archive.CreateEntry("a.txt", level).Open())
            {
                first.Write("aaaaaaaaaaaaaaaaaaaaaaaab"u8);
            }

            using Stream second = archive.CreateEntry("folder/b", level).Open();
            second.Write("b"u8);
        }

        return file.ToArray();
    }

    // An empty archive whose end record says that the long one before it (ZIP64) says everything.
    private static byte[] Zip64()
    {
        byte[] locator = [.. "PK\x06\x07"u8, .. new byte[4], .. new byte[8], 1, 0, 0, 0];
        byte[] end64 = [.. "PK\x06\x06"u8, 44, .. new byte[7], 45, 0, 45, 0, .. new byte[40]];
        return [.. end64, .. locator, .. "PK\x05\x06"u8, .. new byte[4], 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, .. new byte[4], 0, 0];
    }

    private static bool Accepted(Action<byte[]> read, byte[] content) => new Target("seed", read).Accepts(content);
}

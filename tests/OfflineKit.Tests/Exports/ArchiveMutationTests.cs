using System.Buffers.Binary;
using System.IO.Compression;
using OfflineKit.Archives;
using OfflineKit.Encoding;
using OfflineKit.Exports;

namespace OfflineKit.Tests.Exports;

/// <summary>Every good export as archive, changed in every byte: what stays trusted holds the good files.</summary>
/// <remarks>Archives say things that are no part of an export: times, owners, the program that wrote them. So the rule is about the files in them.</remarks>
public sealed class ArchiveMutationTests
{
    private static readonly string[] Vectors = ["checksums-good", "offlinekit-kit-good", "offline-update-kit-good", "export-center-good", "export-kit-good", "devportal-good", "evidence-locker-good", "evidence-export-good", "stella-bundle-good", "mirror-good", "model-signing-good"];

    public static MatrixTheoryData<string, string> Good() => new(Vectors, ["tar", "gz", "zip", "zip with descriptors"]);

    [Theory]
    [MemberData(nameof(Good))]
    public void A_changed_archive_is_refused_or_holds_the_same_files(string vector, string form)
    {
        GoodExport good = GoodExport.Of(vector);
        byte[] archive = Packed(form, [.. good.Files]);
        Assert.True(Judge(archive).IsTrusted, "the good archive");
        List<string> survivors = [];
        Parallel.ForEach(Changes(archive), change =>
        {
            Result<ExportInventory> listed = ExportSource.Archive("e", new MemoryStream(change.Changed));
            if (GoodExport.Judge(listed).Verdict.IsTrusted && !MeansTheSame(listed.Value!, good))
            {
                lock (survivors)
                {
                    survivors.Add(change.What);
                }
            }
        });
        Assert.Equal("", string.Join('\n', survivors));
    }

    [Theory]
    [MemberData(nameof(Good))]
    public void Entries_may_come_in_any_order_and_only_once(string vector, string form)
    {
        KeyValuePair<string, byte[]>[] files = [.. GoodExport.Of(vector).Files];
        Assert.True(Judge(Packed(form, [.. files.Reverse()])).IsTrusted);
        foreach (KeyValuePair<string, byte[]> file in files)
        {
            Assert.Equal("archive.duplicate", Assert.Single(Judge(Packed(form, [.. files, file])).Findings).Reason.Code);
            Assert.Equal("archive.duplicate", Assert.Single(Judge(Packed(form, [.. files, KeyValuePair.Create(file.Key.ToUpperInvariant(), file.Value)])).Findings).Reason.Code);
            Assert.False(Judge(Packed(form, [.. files, KeyValuePair.Create("added/" + file.Key, file.Value)])).IsTrusted, $"{file.Key} added in another folder");
        }
    }

    private static Verdict Judge(byte[] archive) => GoodExport.Judge(ExportSource.Archive("e", new MemoryStream(archive))).Verdict;

    private static IEnumerable<(string What, byte[] Changed)> Changes(byte[] archive)
    {
        foreach ((int at, int bit) in Mutation.Bits(archive.Length))
        {
            byte[] changed = [.. archive];
            changed[at] ^= (byte)(1 << bit);
            yield return ($"bit {bit} of byte {at} flipped", changed);
        }

        for (int length = 0; length < archive.Length; length += Math.Max(1, archive.Length / 256))
        {
            yield return ($"cut to {length} bytes", archive[..length]);
        }

        yield return ("a zero byte appended", [.. archive, 0]);
        yield return ("a byte appended", [.. archive, 1]);
        yield return ("written twice", [.. archive, .. archive]);
    }

    private static bool MeansTheSame(ExportInventory inventory, GoodExport good) => inventory.Count == good.Files.Count && good.Files.All(file =>
        inventory.Find(file.Key) is { } found
        && (found.Sha256.Equals(OfflineKit.Crypto.Digest.Sha256(file.Value)) || AllowedChange.Of(good, file.Key, inventory.Control(file.Key)?.ToArray() ?? []) is not null));

    private static byte[] Packed(string form, KeyValuePair<string, byte[]>[] files) => form switch
    {
        "tar" => Tar(files),
        "gz" => Gzip(Tar(files)),
        "zip" => Zip(files, new MemoryStream()),
        _ => Zip(files, new ForwardOnly()),
    };

    private static byte[] Tar(KeyValuePair<string, byte[]>[] files)
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

    // GZipStream writes flags that a strict reader accepts.
    private static byte[] Gzip(byte[] content)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.SmallestSize))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }

    private static byte[] Zip(KeyValuePair<string, byte[]>[] files, MemoryStream to)
    {
        using (ZipArchive archive = new(to, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in files)
            {
                using Stream entry = archive.CreateEntry(name, CompressionLevel.SmallestSize).Open();
                entry.Write(content);
            }
        }

        return to.ToArray();
    }

    // A stream that cannot seek makes ZipArchive write data descriptors.
    private sealed class ForwardOnly : MemoryStream
    {
        public override bool CanSeek => false;

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }
    }
}

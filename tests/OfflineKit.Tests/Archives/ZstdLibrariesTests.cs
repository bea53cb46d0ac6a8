using OfflineKit.Archives;
using OfflineKit.Encoding;
using OfflineKit.Testing;

namespace OfflineKit.Tests.Archives;

/// <summary>libzstd, which Linux uses, and its port, which the other platforms use, read alike: the same bytes, the same refusals.</summary>
public sealed class ZstdLibrariesTests
{
    private static readonly byte[] Packed = File.ReadAllBytes(Repository.Path("tests", "vectors", "exports", "checksums-tar-zst", "e.tar.zst"));

    public static TheoryData<string> Files() =>
        [.. Directory.EnumerateFiles(Repository.Path("tests"), "*.zst", SearchOption.AllDirectories).Where(path => !path.Contains("/bin/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files), DisableDiscoveryEnumeration = true)]
    public void Both_read_every_vector_alike(string path) => Same(File.ReadAllBytes(path));

    [Fact]
    public void Both_refuse_every_cut_alike()
    {
        for (int length = 0; length < Packed.Length; length += 7)
        {
            Same(Packed[..length]);
        }
    }

    [Fact]
    public void Both_refuse_or_read_every_changed_byte_alike()
    {
        for (int at = 0; at < Packed.Length; at += 5)
        {
            byte[] changed = [.. Packed];
            changed[at] ^= 0x21;
            Same(changed);
        }
    }

    private static void Same(byte[] packed) => Assert.Equal(Outcome(packed, new LinkedZstd()), Outcome(packed, new ManagedZstd()));

    private static string Outcome(byte[] packed, Zstd library)
    {
        using ZstdStream stream = new(new MemoryStream(packed), new ArchiveLimits(1000, 1 << 30, 1L << 32, 1000), library);
        using MemoryStream unpacked = new();
        try
        {
            stream.CopyTo(unpacked);
            return Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(unpacked.ToArray()));
        }
        catch (MalformedException refusal)
        {
            return refusal.Message;
        }
    }
}

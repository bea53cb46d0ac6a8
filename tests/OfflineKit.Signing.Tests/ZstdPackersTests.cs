using System.Security.Cryptography;
using OfflineKit.Archives;
using OfflineKit.Signing.Exports;

namespace OfflineKit.Signing.Tests;

/// <summary>What either library packs, libzstd of Linux or its port for the other platforms, the core unpacks.</summary>
public sealed class ZstdPackersTests
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 20_000).SelectMany(number => SHA256.HashData(BitConverter.GetBytes(number / 3)))];

    [Fact]
    public void What_either_packs_the_core_unpacks()
    {
        foreach (ZstdPacker packer in (ZstdPacker[])[new LinkedZstdPacker(), new ManagedZstdPacker()])
        {
            byte[] packed = Pack(packer);
            Assert.True(packed.Length < Content.Length / 2);
            Assert.Equal(Content, Unpack(packed));
        }
    }

    // The digest is what a C program gets from libzstd 1.5.7, the version of build/sysroot, in the same pieces.
    [Fact]
    public void The_port_packs_the_bytes_that_the_released_programs_pack() =>
        Assert.Equal("2cd522d9f114f7e626248973a4493dc1d37c7b66a32c3975b52ae1d738ddfbc0", Convert.ToHexStringLower(SHA256.HashData(Pack(new ManagedZstdPacker()))));

    private static byte[] Pack(ZstdPacker packer)
    {
        using MemoryStream packed = new();
        using (ZstdWriteStream stream = new(packed, packer))
        {
            foreach (byte[] piece in Content.Chunk(70_001))
            {
                stream.Write(piece);
            }

            stream.Finish();
        }

        return packed.ToArray();
    }

    private static byte[] Unpack(byte[] packed)
    {
        using ZstdStream stream = new(new MemoryStream(packed), new ArchiveLimits(1, 1 << 30, 1 << 30, 1000));
        using MemoryStream unpacked = new();
        stream.CopyTo(unpacked);
        return unpacked.ToArray();
    }
}

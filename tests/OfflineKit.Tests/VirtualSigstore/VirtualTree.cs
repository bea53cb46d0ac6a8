using System.Security.Cryptography;

namespace OfflineKit.Tests.VirtualSigstore;

/// <summary>A Merkle tree of given leaves by the definition of RFC 9162 §2.1, not by the arithmetic under test.</summary>
internal sealed class VirtualTree(params byte[][] leaves)
{
    private readonly byte[][] _hashes = [.. leaves.Select(leaf => SHA256.HashData([0, .. leaf]))];

    public byte[] Root => Hash(_hashes);

    public List<byte[]> Proof(int index) => Path(index, _hashes);

    private static byte[] Hash(byte[][] leaves) =>
        leaves.Length == 1 ? leaves[0] : SHA256.HashData([1, .. Hash(leaves[..Split(leaves.Length)]), .. Hash(leaves[Split(leaves.Length)..])]);

    private static List<byte[]> Path(int index, byte[][] leaves)
    {
        if (leaves.Length == 1) return [];
        int split = Split(leaves.Length);
        return index < split
            ? [.. Path(index, leaves[..split]), Hash(leaves[split..])]
            : [.. Path(index - split, leaves[split..]), Hash(leaves[..split])];
    }

    // The largest power of two below the count.
    private static int Split(int count)
    {
        int power = 1;
        while (power * 2 < count) power *= 2;
        return power;
    }
}

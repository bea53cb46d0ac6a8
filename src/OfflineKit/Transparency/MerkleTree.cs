using System.Collections.Immutable;
using System.Numerics;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Transparency;

/// <summary>The arithmetic of a transparency log's hash tree: what a proof implies.</summary>
/// <remarks>
/// Shape: hashes of 32 bytes, ordered from the leaf to the root. Units: indices and sizes count leaves from 0.
/// Errors: <see cref="MalformedException"/> with <c>log.inclusion-malformed</c> where no tree allows the numbers or the count of hashes.
/// Source: RFC 9162 §2.1; subtrees: draft-ietf-plants-merkle-tree-certs §4.
/// </remarks>
internal static class MerkleTree
{
    /// <summary>Bytes of a hash.</summary>
    public const int HashSize = 32;

    /// <summary>The hash of the leaf with <paramref name="content"/>.</summary>
    public static byte[] LeafHash(ReadOnlySpan<byte> content) => OneShotHash.Sha256([0x00, .. content]);

    /// <summary>The root that <paramref name="leafHash"/> at <paramref name="index"/> and <paramref name="proof"/> imply.</summary>
    public static byte[] RootByInclusion(ulong index, ulong size, ReadOnlySpan<byte> leafHash, ImmutableArray<ReadOnlyMemory<byte>> proof)
    {
        if (index >= size)
        {
            throw Malformed($"leaf {index} of a tree of {size} leaves");
        }

        int inner = BitLength(index ^ (size - 1)), border = BitOperations.PopCount(inner == 64 ? 0 : index >> inner);
        RequireHashes([leafHash.ToArray(), .. proof], inner + border + 1);
        byte[] hash = leafHash.ToArray();
        for (int i = 0; i < proof.Length; i++)
        {
            bool leftChild = i < inner && ((index >> i) & 1) == 0;
            hash = leftChild ? NodeHash(hash, proof[i].Span) : NodeHash(proof[i].Span, hash);
        }

        return hash;
    }

    /// <summary>The root of the subtree [<paramref name="start"/>, <paramref name="end"/>) that the leaf and the proof imply.</summary>
    public static byte[] SubtreeRootByInclusion(ulong index, ulong start, ulong end, ReadOnlySpan<byte> leafHash, ImmutableArray<ReadOnlyMemory<byte>> proof)
    {
        RequireSubtree(start, end);
        return index >= start ? RootByInclusion(index - start, end - start, leafHash, proof) : throw Malformed($"leaf {index} before subtree [{start}, {end})");
    }

    /// <summary>The tree of <paramref name="newSize"/> leaves begins with the tree of <paramref name="oldSize"/> leaves.</summary>
    /// <remarks>Nothing is consistent with the empty tree: a proof from size 0 is malformed.</remarks>
    public static bool IsConsistent(ulong oldSize, ulong newSize, ReadOnlySpan<byte> oldRoot, ReadOnlySpan<byte> newRoot, ImmutableArray<ReadOnlyMemory<byte>> proof) =>
        oldSize > 0 ? SubtreeIsConsistent(0, oldSize, newSize, oldRoot, newRoot, proof) : throw Malformed("a proof from the empty tree");

    /// <summary>The tree of <paramref name="size"/> leaves holds the subtree [<paramref name="start"/>, <paramref name="end"/>).</summary>
    public static bool SubtreeIsConsistent(
        ulong start, ulong end, ulong size, ReadOnlySpan<byte> subtreeRoot, ReadOnlySpan<byte> root, ImmutableArray<ReadOnlyMemory<byte>> proof)
    {
        if (end > size)
        {
            throw Malformed($"subtree [{start}, {end}) in a tree of {size} leaves");
        }

        if (start == end)
        {
            return proof.IsEmpty && subtreeRoot.SequenceEqual(OneShotHash.Sha256([]));
        }

        RequireSubtree(start, end);
        RequireHashes(proof, proof.Length);
        ulong first = start, last = end - 1, treeLast = size - 1;
        while (first != last && (last == treeLast || (last & 1) == 1))
        {
            Ascend(ref first, ref last, ref treeLast);
        }

        bool whole = first == last;
        if (!whole && proof.IsEmpty)
        {
            throw Malformed("no hash for a subtree that is not one node");
        }

        byte[] inSubtree = (whole ? subtreeRoot : proof[0].Span).ToArray(), inTree = inSubtree;
        foreach (ReadOnlyMemory<byte> hash in whole ? proof : proof[1..])
        {
            if (treeLast == 0)
            {
                throw Malformed("more hashes than levels");
            }

            if ((last & 1) == 1 || last == treeLast)
            {
                inSubtree = first < last ? NodeHash(hash.Span, inSubtree) : inSubtree;
                inTree = NodeHash(hash.Span, inTree);
                while ((last & 1) == 0 && last != 0)
                {
                    Ascend(ref first, ref last, ref treeLast);
                }
            }
            else
            {
                inTree = NodeHash(inTree, hash.Span);
            }

            Ascend(ref first, ref last, ref treeLast);
        }

        return treeLast == 0 && subtreeRoot.SequenceEqual(inSubtree) && root.SequenceEqual(inTree);
    }

    private static void Ascend(ref ulong first, ref ulong last, ref ulong treeLast) => (first, last, treeLast) = (first >> 1, last >> 1, treeLast >> 1);

    private static byte[] NodeHash(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) => OneShotHash.Sha256([0x01, .. left, .. right]);

    private static int BitLength(ulong value) => 64 - BitOperations.LeadingZeroCount(value);

    private static void RequireSubtree(ulong start, ulong end)
    {
        ulong span = end > start ? end - start : 0;
        bool aligned = span != 0 && span <= 1UL << 63 && start % BitOperations.RoundUpToPowerOf2(span) == 0;
        if (!aligned)
        {
            throw Malformed($"[{start}, {end}) is no subtree");
        }
    }

    private static void RequireHashes(ImmutableArray<ReadOnlyMemory<byte>> hashes, int count)
    {
        if (hashes.Length != count || hashes.Length > 128)
        {
            throw Malformed($"{hashes.Length} hashes, wanted {count}");
        }

        if (hashes.Any(hash => hash.Length != HashSize))
        {
            throw Malformed($"a hash is not {HashSize} bytes long");
        }
    }

    private static MalformedException Malformed(string fault) => new(LogReasons.MalformedInclusion, $"Merkle proof: {fault}");
}

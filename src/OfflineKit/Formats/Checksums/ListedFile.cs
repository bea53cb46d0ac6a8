using System.Collections.Immutable;
using OfflineKit.Crypto;

namespace OfflineKit.Formats.Checksums;

/// <summary>A file that a list says should be there.</summary>
/// <param name="Path">As the list writes it, without a leading <c>./</c>.</param>
/// <param name="Size">Bytes; null where the list names none.</param>
/// <param name="Digests">Of its content, each under another hash function; all of them hold.</param>
internal sealed record ListedFile(string Path, long? Size, ImmutableArray<ListedDigest> Digests)
{
    /// <summary>The same with the one digest that most lists have.</summary>
    public ListedFile(string path, long? size, Digest digest)
        : this(path, size, [ListedDigest.Of(digest)])
    {
    }

    /// <summary>The first digest that is none of those that <paramref name="computed"/> gives for a file, or null when all hold.</summary>
    public ListedDigest? Misfit(Func<DigestAlgorithm, Digest?> computed) => Digests.FirstOrDefault(digest => !digest.Fits(computed));

    /// <summary>A digest that is listed and that <paramref name="computed"/> gives for the file, which has no misfit.</summary>
    public Digest Fitting(Func<DigestAlgorithm, Digest?> computed) => Digests[0].AnyOf.First(digest => digest.Equals(computed(digest.Algorithm)));

    /// <summary>This and <paramref name="more"/>, which another line or list says of the same file: all of it must hold.</summary>
    public ListedFile And(ListedFile more) => this with { Size = Size ?? more.Size, Digests = [.. Digests, .. more.Digests.Except(Digests)] };
}

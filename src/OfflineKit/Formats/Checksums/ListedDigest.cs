using System.Collections.Immutable;
using OfflineKit.Crypto;

namespace OfflineKit.Formats.Checksums;

/// <summary>A digest as a list writes it.</summary>
/// <param name="AnyOf">The digest; two where 128 digits without a tag are SHA-512 or BLAKE2b: both are accepted, so neither reading is worth anything to a forger.</param>
internal sealed record ListedDigest(ImmutableArray<Digest> AnyOf)
{
    /// <summary>The digest <paramref name="only"/>.</summary>
    public static ListedDigest Of(Digest only) => new([only]);

    /// <summary>It is one of those that <paramref name="computed"/> gives for a file; null there means that this digest was not computed.</summary>
    public bool Fits(Func<DigestAlgorithm, Digest?> computed) => AnyOf.Any(digest => digest.Equals(computed(digest.Algorithm)));

    /// <summary>Those of <paramref name="computed"/> that it speaks of, for messages.</summary>
    public string Computed(Func<DigestAlgorithm, Digest?> computed) => string.Join(" or ", AnyOf.Select(digest => computed(digest.Algorithm)?.ToString() ?? "nothing"));

    /// <summary>It speaks of the same hash function as <paramref name="other"/>.</summary>
    public bool Contends(ListedDigest other) => AnyOf.Any(digest => other.AnyOf.Any(its => its.Algorithm == digest.Algorithm));

    /// <summary>The same digest.</summary>
    public bool Equals(ListedDigest? other) => other is not null && AnyOf.SequenceEqual(other.AnyOf);

    /// <inheritdoc/>
    public override int GetHashCode() => AnyOf[0].GetHashCode();

    /// <summary><c>sha256:HEX</c>.</summary>
    public override string ToString() => string.Join(" or ", AnyOf);
}

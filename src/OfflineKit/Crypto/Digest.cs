using System.Security.Cryptography;
using OfflineKit.Encoding;
using Nsec = NSec.Cryptography;

namespace OfflineKit.Crypto;

/// <summary>A hash value together with the function that made it; always of that function's length.</summary>
internal sealed class Digest : IEquatable<Digest>
{
    // Starting OpenSSL costs more than hashing this much with libsodium, and fingerprints of keys need no more.
    private const int WithoutOpenSsl = 16 * 1024;

    private readonly byte[] _bytes;

    private Digest(DigestAlgorithm algorithm, byte[] bytes)
    {
        Algorithm = algorithm;
        _bytes = bytes;
    }

    /// <summary>The function that made it.</summary>
    public DigestAlgorithm Algorithm { get; }

    /// <summary>The value.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>The value in lower-case hex.</summary>
    public string Hex => StrictHex.Encode(_bytes);

    /// <summary>The digest of <paramref name="content"/>.</summary>
    public static Digest Of(DigestAlgorithm algorithm, ReadOnlySpan<byte> content)
    {
        if (algorithm == DigestAlgorithm.Sha256 && content.Length <= WithoutOpenSsl)
        {
            return new Digest(algorithm, Nsec.HashAlgorithm.Sha256.Hash(content));
        }

        using Hasher hasher = Hasher.For(algorithm);
        hasher.Append(content);
        return hasher.Finish();
    }

    /// <summary>The SHA-256 digest of <paramref name="content"/>.</summary>
    public static Digest Sha256(ReadOnlySpan<byte> content) => Of(DigestAlgorithm.Sha256, content);

    /// <summary>The SHA-256 digest over several texts, in their order: other texts have another one, whatever stands in them.</summary>
    internal static Digest OfTexts(params IEnumerable<string?> texts) => Sha256(Utf8Text.Encode(Netstring.List(texts)));

    /// <summary>A digest that was computed elsewhere.</summary>
    /// <exception cref="MalformedException">Its length is not the one of <paramref name="algorithm"/>.</exception>
    public static Digest FromBytes(DigestAlgorithm algorithm, ReadOnlySpan<byte> bytes) =>
        bytes.Length == algorithm.Size()
            ? new Digest(algorithm, bytes.ToArray())
            : throw new MalformedException($"{algorithm.Name()} digest: {bytes.Length} bytes, wanted {algorithm.Size()}");

    /// <summary>A digest written in lower-case hex.</summary>
    public static Digest FromHex(DigestAlgorithm algorithm, string hex, string what) =>
        new(algorithm, StrictHex.Decode(hex, algorithm.Size(), what));

    /// <inheritdoc/>
    public bool Equals(Digest? other) =>
        other is not null && other.Algorithm == Algorithm && CryptographicOperations.FixedTimeEquals(_bytes, other._bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Digest);

    /// <inheritdoc/>
    public override int GetHashCode() => BitConverter.ToInt32(_bytes);

    /// <summary><c>sha256:HEX</c>.</summary>
    public override string ToString() => $"{Algorithm.Name()}:{Hex}";
}

using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using Org.BouncyCastle.Bcpg;

namespace OfflineKit.Trust.OpenPgp;

/// <summary>One signature packet: what it says, and whether a key made it over some bytes.</summary>
/// <remarks>
/// Only the hashed part counts; of the unhashed part, names of keys are hints and an embedded signature proves itself. What is hashed stands in RFC 9580 §5.2.4:
/// salt (version 6), the content, and a trailer that holds the hashed part itself.
/// </remarks>
internal sealed class OpenPgpSignature
{
    private readonly SignatureBody _body;

    private OpenPgpSignature(SignatureBody body, DigestAlgorithm? digest) => (_body, Digest, Says) = (body, digest, new HashedPart(body.Hashed));

    /// <summary>The signature type, such as 0x00 for a file or 0x18 for the binding of a subkey.</summary>
    public int Type => _body.Type;

    /// <summary>The hash; null for one that is not accepted (SHA-1, MD5, RIPEMD-160 and others).</summary>
    public DigestAlgorithm? Digest { get; }

    /// <summary>The name of the hash, for people.</summary>
    public string HashName => _body.Hash.ToString().ToUpperInvariant();

    /// <summary>What comes before the content in the hash: the salt of version 6.</summary>
    public ReadOnlyMemory<byte> Prefix => _body.Salt;

    /// <summary>What comes after it.</summary>
    public ReadOnlyMemory<byte> Trailer => _body.Trailer;

    /// <summary>The hashed subpackets.</summary>
    public HashedPart Says { get; }

    /// <summary>The fingerprints and key ids (lower-case hex) by which the signature names its maker, surest first: hints.</summary>
    public ImmutableArray<string> IssuerHints => SignatureIssuer.Hints([.. _body.Hashed, .. _body.Unhashed]);

    /// <summary>The kind of the key that made it.</summary>
    public PublicKeyAlgorithmTag Algorithm => _body.Algorithm;

    /// <summary>The signatures inside this one, such as the agreement of a subkey.</summary>
    public IEnumerable<OpenPgpSignature> Embedded =>
        _body.Hashed.Concat(_body.Unhashed).Where(part => part.SubpacketType == SignatureSubpacketTag.EmbeddedSignature)
            .Select(part => Result.Parse(Reasons.MalformedSignature, () => Of(part.GetData())).Value).OfType<OpenPgpSignature>();

    /// <summary>The signature in <paramref name="body"/>, the body of a packet.</summary>
    /// <exception cref="MalformedException">It is malformed, or of another version than 4 and 6.</exception>
    public static OpenPgpSignature Of(ReadOnlyMemory<byte> body)
    {
        SignatureBody read = SignatureBody.Parse(body);
        return new OpenPgpSignature(read, DigestOf(read.Hash));
    }

    /// <summary>The type of a signature that may not be readable otherwise; 0 where there is none.</summary>
    /// <remarks>It stands behind the version; in version 3 behind one byte more.</remarks>
    public static int TypeOf(ReadOnlySpan<byte> body) => body switch { [2 or 3, _, var type, ..] => type, [_, var type, ..] => type, _ => 0 };

    /// <summary>The signature may be by <paramref name="key"/>: it names the key; or it names nobody, and a key of this kind and version made it.</summary>
    public bool MayBeBy(OpenPgpKey key) => IssuerHints is { Length: > 0 } hints ? hints.Any(key.IsCalled) : key.Version == _body.Version && key.Algorithm == _body.Algorithm;

    /// <summary><paramref name="key"/> made this signature over <paramref name="pieces"/>, one after the other.</summary>
    public bool IsBy(OpenPgpKey key, params ReadOnlySpan<byte[]> pieces)
    {
        if (Digest is not { } algorithm)
        {
            return false;
        }

        using Hasher hasher = Hasher.For(algorithm);
        hasher.Append(Prefix.Span);
        foreach (byte[] piece in pieces)
        {
            hasher.Append(piece);
        }

        hasher.Append(Trailer.Span);
        return IsBy(key, hasher.Finish());
    }

    /// <summary>The same for the finished hash of salt, content and trailer.</summary>
    public bool IsBy(OpenPgpKey key, Digest digest)
    {
        // A key signs in its own version only (RFC 9580 §5.2.3), and the quick check must hold, since nothing else protects its two bytes.
        return key.Version == _body.Version
            && digest.Bytes[..2].SequenceEqual(_body.QuickCheck.Span)
            && key.Material.Value is { } material
            && SchemeFor(material, digest.Algorithm) is { } scheme
            && ValueFor(material) is { } value
            && Verifies(PublicKey.Bind(material, scheme), digest, value);
    }

    /// <summary>The scheme by which <paramref name="key"/> makes this signature, or null when it cannot.</summary>
    public SignatureScheme? SchemeUnder(OpenPgpKey key) => Digest is { } algorithm && key.Material.Value is { } material ? SchemeFor(material, algorithm) : null;

    private static bool Verifies(PublicKey key, Digest digest, byte[] value) =>
        key.Scheme.Digest is null ? key.Verifies(digest.Bytes, value) : key.Verifies(digest, value);

    // RSA, ECDSA and EdDSA values are numbers without leading zeros; the new Ed25519 is 64 bytes as they are.
    private byte[]? ValueFor(KeyMaterial material)
    {
        ImmutableArray<byte[]> numbers = _body.Values;
        return (material.Kind, numbers.Length) switch
        {
            (KeyKind.Rsa, 1) => Joined(numbers, (material.RsaBits + 7) / 8),
            (KeyKind.Ed25519, 1) when numbers[0].Length == 64 => numbers[0],
            (KeyKind.Ed25519, 2) => Joined(numbers, 32),
            (KeyKind.P256 or KeyKind.P384 or KeyKind.P521, 2) => EcdsaSignature.FromNumbers(numbers[0], numbers[1], EllipticCurve.Of(material.Kind)),
            _ => null,
        };
    }

    private static byte[]? Joined(ImmutableArray<byte[]> numbers, int width)
    {
        byte[] joined = new byte[numbers.Length * width];
        for (int i = 0; i < numbers.Length; i++)
        {
            if (numbers[i].Length > width)
            {
                return null;
            }

            numbers[i].CopyTo(joined, ((i + 1) * width) - numbers[i].Length);
        }

        return joined;
    }

    /// <summary>The schemes by which <paramref name="material"/> makes OpenPGP signatures.</summary>
    public static IEnumerable<SignatureScheme> SchemesOf(KeyMaterial material) =>
        new[] { DigestAlgorithm.Sha256, DigestAlgorithm.Sha384, DigestAlgorithm.Sha512 }.Select(digest => SchemeFor(material, digest)).OfType<SignatureScheme>();

    private static SignatureScheme? SchemeFor(KeyMaterial material, DigestAlgorithm digest) => material.Kind switch
    {
        KeyKind.Rsa => SignatureScheme.All.FirstOrDefault(scheme => scheme.Family == SchemeFamily.RsaPkcs1 && scheme.Digest == digest),
        KeyKind.Ed25519 => SignatureScheme.Ed25519,
        KeyKind.P256 or KeyKind.P384 or KeyKind.P521 => SignatureScheme.EcdsaOnAnyCurve(digest),
        _ => null,
    };

    private static DigestAlgorithm? DigestOf(HashAlgorithmTag hash) => hash switch
    {
        HashAlgorithmTag.Sha256 => DigestAlgorithm.Sha256,
        HashAlgorithmTag.Sha384 => DigestAlgorithm.Sha384,
        HashAlgorithmTag.Sha512 => DigestAlgorithm.Sha512,
        _ => null,
    };
}

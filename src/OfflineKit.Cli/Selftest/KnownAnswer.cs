using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Cli.Selftest;

/// <summary>One primitive and the answers that it must give.</summary>
/// <param name="Name">What is tried, for the report.</param>
/// <param name="Holds">True when every answer was right. Throws where the platform does not offer the primitive.</param>
internal sealed record KnownAnswer(string Name, Func<bool> Holds)
{
    private const string Message = "offlinekit selftest";
    private static readonly byte[] Abc = "abc"u8.ToArray();

    /// <summary>Every primitive, hashes first. None is touched before it is asked whether it holds.</summary>
    /// <remarks>Source: FIPS 180-4 and RFC 7693 appendix A for "abc"; RFC 4231 §4.7 for the longer secret; known-answers.tsv for the signatures.</remarks>
    public static IEnumerable<KnownAnswer> All() =>
    [
        Hash(DigestAlgorithm.Sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        Hash(DigestAlgorithm.Sha384, "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7"),
        Hash(DigestAlgorithm.Sha512, "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"),
        Hash(DigestAlgorithm.Blake2b512, "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d17d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923"),
        new("sha1, for identifiers", () => Identifier(Abc) == "a9993e364706816aba3e25717850c26c9cd0d89d" && Identifier(Abc.AsSpan(1)) != Identifier(Abc)),
        Mac("hmac-sha256, secret of 32 bytes", new string('\x0b', 32), Abc, "cc2b6e43b092526c09f6b2db76c7dc2867ebfdf7d1b170f2d8f73a3894792e12"),
        Mac("hmac-sha256, longer secret", new string('\xaa', 131), [.. "Test Using Larger Than Block-Size Key - Hash Key First"u8], "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
        .. Rows().Select(Signature),
    ];

    private static string Identifier(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(OneShotHash.Sha1Identifier(content));

    // Secrets of 32 bytes are libsodium's business, longer ones the platform's. A letter of the text is a byte of the secret.
    private static KnownAnswer Mac(string name, string secret, byte[] message, string wanted) => new(name, () =>
    {
        using SharedSecret key = SharedSecret.FromBytes(System.Text.Encoding.Latin1.GetBytes(secret), name);
        byte[] mac = Convert.FromHexString(wanted), other = [.. mac];
        other[0] ^= 1;
        return key.Authenticates(message, mac) && !key.Authenticates(message, other) && !key.Authenticates(message.AsSpan(1), mac);
    });

    // Both ways to a digest: at once (small SHA-256 by libsodium) and in pieces.
    private static KnownAnswer Hash(DigestAlgorithm algorithm, string wanted) => new(algorithm.Name(), () =>
    {
        using Hasher hasher = Hasher.For(algorithm);
        hasher.Append(Abc.AsSpan(0, 1));
        hasher.Append(Abc.AsSpan(1));
        return Digest.Of(algorithm, Abc).Hex == wanted && hasher.Finish().Hex == wanted && Digest.Of(algorithm, Abc.AsSpan(1)).Hex != wanted;
    });

    private static KnownAnswer Signature((string Label, byte[] Key, byte[] Signature) row)
    {
        KeyMaterial material = SubjectPublicKeyInfo.Parse(row.Key);
        SignatureScheme scheme = AlgorithmLabel.ParseAsked(row.Label, "known answers").Scheme;
        byte[] signature = EcdsaSignature.Plain(material, row.Signature, EcdsaEncoding.Der);
        return new KnownAnswer($"{row.Label} ({material.Kind})", () =>
        {
            PublicKey key = PublicKey.Bind(material, scheme);
            return AcceptsOnlyThis((message, candidate) => key.Verifies(message, candidate), signature);
        });
    }

    private static bool AcceptsOnlyThis(Func<byte[], byte[], bool> verifies, byte[] signature)
    {
        byte[] message = Utf8Text.Encode(Message), otherMessage = Utf8Text.Encode(Message + "."), otherSignature = [.. signature];
        otherSignature[^2] ^= 1;
        return verifies(message, signature)
            && !verifies(otherMessage, signature)
            && !verifies(message, otherSignature)
            && !verifies(message, signature[1..]);
    }

    private static IEnumerable<(string Label, byte[] Key, byte[] Signature)> Rows()
    {
        using Stream stream = typeof(KnownAnswer).Assembly.GetManifestResourceStream("selftest/known-answers.tsv")!;
        using StreamReader lines = new(stream);
        while (lines.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
            {
                string[] fields = line.Split('\t');
                yield return (fields[0], StrictBase64.Decode(fields[1], "key"), StrictBase64.Decode(fields[2], "signature"));
            }
        }
    }
}

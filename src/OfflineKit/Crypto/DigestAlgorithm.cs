namespace OfflineKit.Crypto;

/// <summary>The hash functions that formats ask an artefact for.</summary>
internal enum DigestAlgorithm
{
    /// <summary>FIPS 180-4, 32 bytes.</summary>
    Sha256,

    /// <summary>FIPS 180-4, 48 bytes.</summary>
    Sha384,

    /// <summary>FIPS 180-4, 64 bytes.</summary>
    Sha512,

    /// <summary>RFC 7693, 64 bytes, no key, salt or personalisation.</summary>
    Blake2b512,
}

/// <summary>Names and sizes of the digest algorithms.</summary>
internal static class DigestAlgorithms
{
    /// <summary>The name used in reports and DigestSets: <c>sha256</c>.</summary>
    public static string Name(this DigestAlgorithm algorithm) => algorithm switch
    {
        DigestAlgorithm.Sha256 => "sha256",
        DigestAlgorithm.Sha384 => "sha384",
        DigestAlgorithm.Sha512 => "sha512",
        DigestAlgorithm.Blake2b512 => "blake2b512",
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
    };

    /// <summary>Length of a digest in bytes.</summary>
    public static int Size(this DigestAlgorithm algorithm) => algorithm switch
    {
        DigestAlgorithm.Sha256 => 32,
        DigestAlgorithm.Sha384 => 48,
        DigestAlgorithm.Sha512 or DigestAlgorithm.Blake2b512 => 64,
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
    };
}

namespace OfflineKit.Crypto;

/// <summary>What a signature is over: bytes, or the digest of bytes that are not at hand.</summary>
internal sealed record SigningInput
{
    private readonly Digest? _digest;
    private readonly ReadOnlyMemory<byte> _bytes;

    private SigningInput(Digest? digest, ReadOnlyMemory<byte> bytes) => (_digest, _bytes) = (digest, bytes);

    /// <summary>The bytes themselves.</summary>
    public static SigningInput Of(ReadOnlyMemory<byte> bytes) => new(digest: null, bytes);

    /// <summary>Bytes of which the digest is known.</summary>
    public static SigningInput Of(Digest digest) => new(digest, bytes: default);

    /// <summary><paramref name="signature"/> is by <paramref name="key"/> over this.</summary>
    /// <exception cref="ArgumentException">Only a digest is known, and the key's scheme takes another one.</exception>
    public bool IsSignedBy(PublicKey key, ReadOnlySpan<byte> signature) => _digest is { } digest ? key.Verifies(digest, signature) : key.Verifies(_bytes.Span, signature);
}

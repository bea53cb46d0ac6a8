using System.Runtime.InteropServices;

namespace OfflineKit.Crypto;

/// <summary>The few functions of libsodium that the core needs: Ed25519 verification and BLAKE2b.</summary>
internal static partial class Sodium
{
    private const string Library = "libsodium";
    private const int Blake2bAlignment = 64;

    static Sodium()
    {
        // Chooses the fastest implementations; 1 means that somebody did so before.
        if (sodium_init() < 0)
        {
            throw new InvalidOperationException("libsodium did not start");
        }
    }

    /// <summary>Ed25519 by libsodium's rule: S &lt; L, canonical A, no point of small order, cofactorless equation.</summary>
    public static bool Ed25519Verifies(ReadOnlySpan<byte> signature, ReadOnlySpan<byte> message, ReadOnlySpan<byte> publicKey)
    {
        if (signature.Length != 64 || publicKey.Length != 32)
        {
            throw new ArgumentException("an Ed25519 signature has 64 bytes and a key 32", nameof(signature));
        }

        return crypto_sign_ed25519_verify_detached(signature, message, (ulong)message.Length, publicKey) == 0;
    }

    /// <summary>SHA-256, slower than OpenSSL's over much content and far quicker to start.</summary>
    public static byte[] Sha256(ReadOnlySpan<byte> content)
    {
        byte[] digest = new byte[32];
        _ = crypto_hash_sha256(digest, content, (ulong)content.Length);
        return digest;
    }

    /// <summary>A running unkeyed BLAKE2b computation; its state lies outside the managed heap, aligned as libsodium asks.</summary>
    internal sealed unsafe class Blake2bState : IDisposable
    {
        private readonly int _size;
        private void* _state;

        public Blake2bState(int size)
        {
            _size = size;
            _state = NativeMemory.AlignedAlloc(crypto_generichash_blake2b_statebytes(), Blake2bAlignment);
            _ = crypto_generichash_blake2b_init(_state, null, 0, (nuint)size);
        }

        public void Update(ReadOnlySpan<byte> piece)
        {
            ObjectDisposedException.ThrowIf(_state is null, this);
            _ = crypto_generichash_blake2b_update(_state, piece, (ulong)piece.Length);
            GC.KeepAlive(this);
        }

        public byte[] Final()
        {
            ObjectDisposedException.ThrowIf(_state is null, this);
            byte[] digest = new byte[_size];
            _ = crypto_generichash_blake2b_final(_state, digest, (nuint)_size);
            GC.KeepAlive(this);
            return digest;
        }

        public void Dispose()
        {
            NativeMemory.AlignedFree(_state);
            _state = null;
        }
    }

    [LibraryImport(Library)]
    private static partial int sodium_init();

    [LibraryImport(Library)]
    private static partial int crypto_sign_ed25519_verify_detached(
        ReadOnlySpan<byte> sig, ReadOnlySpan<byte> m, ulong mlen, ReadOnlySpan<byte> pk);

    [LibraryImport(Library)]
    private static partial int crypto_hash_sha256(Span<byte> output, ReadOnlySpan<byte> input, ulong inputLength);

    [LibraryImport(Library)]
    private static partial nuint crypto_generichash_blake2b_statebytes();

    [LibraryImport(Library)]
    private static unsafe partial int crypto_generichash_blake2b_init(void* state, byte* key, nuint keylen, nuint outlen);

    [LibraryImport(Library)]
    private static unsafe partial int crypto_generichash_blake2b_update(void* state, ReadOnlySpan<byte> input, ulong inlen);

    [LibraryImport(Library)]
    private static unsafe partial int crypto_generichash_blake2b_final(void* state, Span<byte> output, nuint outlen);
}

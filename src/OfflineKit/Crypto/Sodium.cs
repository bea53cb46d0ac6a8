using System.Runtime.CompilerServices;
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

    /// <summary>A running unkeyed BLAKE2b computation.</summary>
    internal sealed unsafe class Blake2bState
    {
        private readonly int _size;
        private readonly byte[] _memory;
        private readonly void* _state;

        public Blake2bState(int size)
        {
            _size = size;
            nuint bytes = crypto_generichash_blake2b_statebytes();
            // Pinned, so that the aligned address inside stays good for the life of this object.
            _memory = GC.AllocateUninitializedArray<byte>(checked((int)bytes + Blake2bAlignment), pinned: true);
            nuint address = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_memory));
            _state = (void*)((address + Blake2bAlignment - 1) / Blake2bAlignment * Blake2bAlignment);
            _ = crypto_generichash_blake2b_init(_state, null, 0, (nuint)size);
        }

        public void Update(ReadOnlySpan<byte> piece)
        {
            _ = crypto_generichash_blake2b_update(_state, piece, (ulong)piece.Length);
            GC.KeepAlive(_memory);
        }

        public byte[] Final()
        {
            byte[] digest = new byte[_size];
            _ = crypto_generichash_blake2b_final(_state, digest, (nuint)_size);
            GC.KeepAlive(_memory);
            return digest;
        }
    }

    [LibraryImport(Library)]
    private static partial int sodium_init();

    [LibraryImport(Library)]
    private static partial int crypto_sign_ed25519_verify_detached(
        ReadOnlySpan<byte> sig, ReadOnlySpan<byte> m, ulong mlen, ReadOnlySpan<byte> pk);

    [LibraryImport(Library)]
    private static partial nuint crypto_generichash_blake2b_statebytes();

    [LibraryImport(Library)]
    private static unsafe partial int crypto_generichash_blake2b_init(void* state, byte* key, nuint keylen, nuint outlen);

    [LibraryImport(Library)]
    private static unsafe partial int crypto_generichash_blake2b_update(void* state, ReadOnlySpan<byte> input, ulong inlen);

    [LibraryImport(Library)]
    private static unsafe partial int crypto_generichash_blake2b_final(void* state, Span<byte> output, nuint outlen);
}

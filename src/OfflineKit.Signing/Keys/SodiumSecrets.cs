using System.Runtime.InteropServices;

namespace OfflineKit.Signing.Keys;

/// <summary>The functions of libsodium that touch secrets: guarded memory, Ed25519 signing, scrypt, secretbox, random bytes.</summary>
internal static unsafe partial class SodiumSecrets
{
    private const string Library = "libsodium";

    static SodiumSecrets()
    {
        if (sodium_init() < 0)
        {
            throw new InvalidOperationException("libsodium did not start");
        }
    }

    public static byte* Allocate(int length)
    {
        byte* address = sodium_malloc((nuint)length);
        return address is null ? throw SigningReasons.KeyUnreadable.Refusal("no locked memory for a secret; raise the limit on locked memory") : address;
    }

    public static void Free(byte* address) => sodium_free(address);

    public static void Wipe(Span<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            sodium_memzero(start, (nuint)bytes.Length);
        }
    }

    public static void Random(Span<byte> bytes) => randombytes_buf(bytes, (nuint)bytes.Length);

    /// <summary>The public half and the 64-byte secret key (seed ‖ public half) of a 32-byte seed.</summary>
    public static byte[] Ed25519Expand(ReadOnlySpan<byte> seed, Span<byte> secretKey)
    {
        RequireLength(seed, 32);
        RequireLength(secretKey, 64);
        byte[] publicKey = new byte[32];
        Require(crypto_sign_ed25519_seed_keypair(publicKey, secretKey, seed));
        return publicKey;
    }

    public static byte[] Ed25519Sign(ReadOnlySpan<byte> message, ReadOnlySpan<byte> secretKey)
    {
        RequireLength(secretKey, 64);
        byte[] signature = new byte[64];
        Require(crypto_sign_ed25519_detached(signature, null, message, (ulong)message.Length, secretKey));
        return signature;
    }

    /// <summary>scrypt with libsodium's own choice of N, r and p for the two limits, as minisign uses it. False: not enough memory.</summary>
    public static bool Scrypt(Span<byte> output, ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, ulong opsLimit, ulong memLimit)
    {
        RequireLength(salt, 32);
        return crypto_pwhash_scryptsalsa208sha256(output, (ulong)output.Length, password, (ulong)password.Length, salt, opsLimit, (nuint)memLimit) == 0;
    }

    /// <summary>scrypt with explicit parameters. False: not enough memory.</summary>
    public static bool Scrypt(Span<byte> output, ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, ulong n, uint r, uint p) =>
        crypto_pwhash_scryptsalsa208sha256_ll(password, (nuint)password.Length, salt, (nuint)salt.Length, n, r, p, output, (nuint)output.Length) == 0;

    /// <summary>Opens a secretbox (XSalsa20-Poly1305). False: wrong key or altered box.</summary>
    public static bool OpenBox(Span<byte> message, ReadOnlySpan<byte> box, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> key)
    {
        RequireLength(nonce, 24);
        RequireLength(key, 32);
        RequireLength(message, box.Length - 16);
        return crypto_secretbox_open_easy(message, box, (ulong)box.Length, nonce, key) == 0;
    }

    /// <summary>Unkeyed BLAKE2b of the output's length.</summary>
    public static void Blake2b(Span<byte> output, ReadOnlySpan<byte> input) =>
        Require(crypto_generichash_blake2b(output, (nuint)output.Length, input, (ulong)input.Length, null, 0));

    private static void RequireLength(ReadOnlySpan<byte> bytes, int wanted)
    {
        if (bytes.Length != wanted)
        {
            throw new ArgumentException($"{bytes.Length} bytes, wanted {wanted}", nameof(bytes));
        }
    }

    private static void Require(int result)
    {
        if (result != 0)
        {
            throw new InvalidOperationException("libsodium refused a call that cannot fail");
        }
    }

    [LibraryImport(Library)]
    private static partial int sodium_init();

    [LibraryImport(Library)]
    private static partial byte* sodium_malloc(nuint size);

    [LibraryImport(Library)]
    private static partial void sodium_free(byte* address);

    [LibraryImport(Library)]
    private static partial void sodium_memzero(byte* address, nuint length);

    [LibraryImport(Library)]
    private static partial void randombytes_buf(Span<byte> buffer, nuint size);

    [LibraryImport(Library)]
    private static partial int crypto_sign_ed25519_seed_keypair(Span<byte> pk, Span<byte> sk, ReadOnlySpan<byte> seed);

    [LibraryImport(Library)]
    private static partial int crypto_sign_ed25519_detached(Span<byte> sig, ulong* siglen, ReadOnlySpan<byte> m, ulong mlen, ReadOnlySpan<byte> sk);

    [LibraryImport(Library)]
    private static partial int crypto_pwhash_scryptsalsa208sha256(
        Span<byte> output, ulong outlen, ReadOnlySpan<byte> passwd, ulong passwdlen, ReadOnlySpan<byte> salt, ulong opslimit, nuint memlimit);

    [LibraryImport(Library)]
    private static partial int crypto_pwhash_scryptsalsa208sha256_ll(
        ReadOnlySpan<byte> passwd, nuint passwdlen, ReadOnlySpan<byte> salt, nuint saltlen, ulong n, uint r, uint p, Span<byte> buf, nuint buflen);

    [LibraryImport(Library)]
    private static partial int crypto_secretbox_open_easy(
        Span<byte> m, ReadOnlySpan<byte> c, ulong clen, ReadOnlySpan<byte> n, ReadOnlySpan<byte> k);

    [LibraryImport(Library)]
    private static partial int crypto_generichash_blake2b(
        Span<byte> output, nuint outlen, ReadOnlySpan<byte> input, ulong inlen, byte* key, nuint keylen);
}

using System.Runtime.InteropServices;

namespace OfflineKit.Signing.Keys;

/// <summary>What NSec does not offer of libsodium: guarded memory of any size, scrypt with any salt and by limits, secretbox.</summary>
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

    /// <summary>What is said when there is no guarded memory.</summary>
    public static Finding NoMemory { get; } = SigningReasons.KeyUnreadable.Because("no locked memory for a secret; raise the limit on locked memory");

    public static byte* Allocate(int length)
    {
        byte* address = sodium_malloc((nuint)length);
        return address is null ? throw new SigningException(NoMemory) : address;
    }

    public static void Free(byte* address) => sodium_free(address);

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

    private static void RequireLength(ReadOnlySpan<byte> bytes, int wanted)
    {
        if (bytes.Length != wanted)
        {
            throw new ArgumentException($"{bytes.Length} bytes, wanted {wanted}", nameof(bytes));
        }
    }

    [LibraryImport(Library)]
    private static partial int sodium_init();

    [LibraryImport(Library)]
    private static partial byte* sodium_malloc(nuint size);

    [LibraryImport(Library)]
    private static partial void sodium_free(byte* address);

    [LibraryImport(Library)]
    private static partial int crypto_pwhash_scryptsalsa208sha256(
        Span<byte> output, ulong outlen, ReadOnlySpan<byte> passwd, ulong passwdlen, ReadOnlySpan<byte> salt, ulong opslimit, nuint memlimit);

    [LibraryImport(Library)]
    private static partial int crypto_pwhash_scryptsalsa208sha256_ll(
        ReadOnlySpan<byte> passwd, nuint passwdlen, ReadOnlySpan<byte> salt, nuint saltlen, ulong n, uint r, uint p, Span<byte> buf, nuint buflen);

    [LibraryImport(Library)]
    private static partial int crypto_secretbox_open_easy(
        Span<byte> m, ReadOnlySpan<byte> c, ulong clen, ReadOnlySpan<byte> n, ReadOnlySpan<byte> k);
}

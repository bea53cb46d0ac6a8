using System.Buffers.Binary;
using System.Security.Cryptography;
using OfflineKit.Encoding;
using Nsec = NSec.Cryptography;

namespace OfflineKit.Signing.Keys.Files;

/// <summary>minisign's secret keys: reads all three kinds, makes new ones, changes and removes passwords.</summary>
/// <remarks>
/// Layout, 158 bytes: <c>Ed</c> ‖ KDF 2 ‖ <c>B2</c> ‖ salt 32 ‖ opslimit 8 ‖ memlimit 8 ‖ (id 8 ‖ seed 32 ‖ public half 32 ‖ checksum 32) XOR key stream.
/// Source: docs/spec/minisign.md, secret keys.
/// </remarks>
internal sealed class MinisignSecretKey : INewKey, IDisposable
{
    /// <summary>Length of a decoded secret key.</summary>
    public const int Size = 158;

    private const int Header = 54, Hidden = 104, PasswordLimit = 1023;
    private const ulong WorkDefault = 33_554_432, MemoryDefault = 1_073_741_824, WorkLimit = 4 * WorkDefault, MemoryLimit = MemoryDefault;

    private readonly Ed25519PrivateHalf _half;

    private MinisignSecretKey(ulong id, Ed25519PrivateHalf half) => (Id, _half) = (id, half);

    /// <summary>The random id.</summary>
    public ulong Id { get; }

    /// <summary>The public half in minisign's 56-character line.</summary>
    public string PublicLine => MinisignText.PublicLine(Id, _half.Public);

    /// <summary>The public key file.</summary>
    public byte[] PublicFile => MinisignText.PublicFile(Id, _half.Public);

    internal Ed25519PrivateHalf Half => _half;

    /// <summary>A new key from random numbers.</summary>
    public static MinisignSecretKey Generate()
    {
        using SecretMemory seed = new(32);
        RandomNumberGenerator.Fill(seed.Bytes);
        Span<byte> id = stackalloc byte[8];
        RandomNumberGenerator.Fill(id);
        return new MinisignSecretKey(BinaryPrimitives.ReadUInt64LittleEndian(id), new Ed25519PrivateHalf(seed.Bytes));
    }

    /// <summary>The key in the file at <paramref name="path"/>; <paramref name="password"/> is asked only when it is encrypted.</summary>
    /// <exception cref="SigningException">No minisign secret key, or the password is wrong.</exception>
    public static MinisignSecretKey Open(string path, Func<SecretMemory> password)
    {
        using SecretMemory content = SecretFile.Read(path);
        return Open(path, content, password);
    }

    internal static MinisignSecretKey Open(string path, SecretMemory content, Func<SecretMemory> password)
    {
        try
        {
            using SecretMemory blob = MinisignText.SecretBlob(content.Bytes);
            return Read(blob.Bytes, password);
        }
        catch (MalformedException fault)
        {
            throw new SigningException((fault.Reason ?? SigningReasons.KeyUnreadable).Because($"{path}: {fault.Message}"), fault);
        }
    }

    /// <summary>The key in a decoded <paramref name="blob"/>; <paramref name="password"/> is asked only when it is encrypted.</summary>
    public static MinisignSecretKey Read(ReadOnlySpan<byte> blob, Func<SecretMemory> password)
    {
        if (blob.Length != Size || !blob.StartsWith("Ed"u8) || !blob.Slice(4, 2).SequenceEqual("B2"u8))
        {
            throw new MalformedException("minisign secret key: wanted 158 bytes, algorithm Ed, checksum B2");
        }

        using SecretMemory hidden = new(Hidden);
        blob[Header..].CopyTo(hidden.Bytes);
        ReadOnlySpan<byte> kdf = blob.Slice(2, 2);
        bool encrypted = kdf.SequenceEqual("Sc"u8);
        if (encrypted)
        {
            using SecretMemory secret = password();
            Mask(hidden, secret, blob.Slice(6, 32), BinaryPrimitives.ReadUInt64LittleEndian(blob[38..]), BinaryPrimitives.ReadUInt64LittleEndian(blob[46..]));
        }
        else if (!kdf.SequenceEqual((ReadOnlySpan<byte>)[0, 0]))
        {
            throw new MalformedException(Reasons.UnsupportedKey, $"minisign secret key under the key derivation {StrictHex.Encode(kdf)} (hex)");
        }

        return Revealed(hidden.Bytes, encrypted);
    }

    /// <summary>The secret key file, under <paramref name="password"/>, or open when it is null.</summary>
    public SecretMemory Write(SecretMemory? password)
    {
        using SecretMemory blob = new(Size);
        Span<byte> bytes = blob.Bytes;
        "Ed\0\0B2"u8.CopyTo(bytes);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[Header..], Id);
        _half.WriteSeed(bytes.Slice(Header + 8, 32));
        _half.Public.Ed25519Bytes.Span.CopyTo(bytes[(Header + 40)..]);
        if (password is not null)
        {
            Checksum(bytes.Slice(Header, 72), bytes[(Header + 72)..]);
            Lock(bytes, password);
        }

        return MinisignText.SecretFile(blob);
    }

    /// <inheritdoc/>
    public void Dispose() => _half.Dispose();

    private static MinisignSecretKey Revealed(ReadOnlySpan<byte> hidden, bool encrypted)
    {
        Span<byte> wanted = stackalloc byte[32];
        Checksum(hidden[..72], wanted);
        ReadOnlySpan<byte> stated = hidden[72..];
        // minisign writes zeros for keys that never had a password, and leaves the real checksum when one was removed.
        if (!stated.SequenceEqual(wanted) && (encrypted || stated.ContainsAnyExcept((byte)0)))
        {
            throw encrypted
                ? SigningReasons.WrongPassword.Refusal("the checksum of the minisign key does not fit: wrong password")
                : new MalformedException("minisign secret key: the checksum is wrong");
        }

        Ed25519PrivateHalf half = new(hidden.Slice(8, 32));
        if (!half.Public.Ed25519Bytes.Span.SequenceEqual(hidden.Slice(40, 32)))
        {
            half.Dispose();
            throw new MalformedException("minisign secret key: the public half in the file belongs to another key");
        }

        return new MinisignSecretKey(BinaryPrimitives.ReadUInt64LittleEndian(hidden), half);
    }

    // As minisign does: less memory when the machine has not enough, never less than 1/64 of the default.
    private static void Lock(Span<byte> bytes, SecretMemory password)
    {
        "Sc"u8.CopyTo(bytes[2..]);
        RandomNumberGenerator.Fill(bytes.Slice(6, 32));
        using SecretMemory stream = new(Hidden);
        for (int halvings = 0; halvings <= 6; halvings++)
        {
            ulong work = WorkDefault >> halvings, memory = MemoryDefault >> halvings;
            if (SodiumSecrets.Scrypt(stream.Bytes, password.Bytes, bytes.Slice(6, 32), work, memory))
            {
                BinaryPrimitives.WriteUInt64LittleEndian(bytes[38..], work);
                BinaryPrimitives.WriteUInt64LittleEndian(bytes[46..], memory);
                Xor(bytes.Slice(Header, Hidden), stream.Bytes);
                return;
            }
        }

        throw SigningReasons.KeyTooExpensive.Refusal("not enough memory to derive a key from the password");
    }

    // Work far above what the memory holds turns into lanes, and 2 GiB of them at that: minisign writes 32 bytes of memory for each unit of work, which is one lane.
    private static bool IsBounded(ulong work, ulong memory) => work <= WorkLimit && memory <= MemoryLimit && work <= Math.Max(memory, 1 << 20) / 8;

    private static void Mask(SecretMemory hidden, SecretMemory password, ReadOnlySpan<byte> salt, ulong work, ulong memory)
    {
        if (!IsBounded(work, memory) || password.Length > PasswordLimit)
        {
            throw SigningReasons.KeyTooExpensive.Refusal(
                $"opslimit {work}, memlimit {memory}, limits {WorkLimit} and {MemoryLimit}, opslimit up to an eighth of memlimit; password up to {PasswordLimit} bytes");
        }

        using SecretMemory stream = new(Hidden);
        if (!SodiumSecrets.Scrypt(stream.Bytes, password.Bytes, salt, work, memory))
        {
            throw SigningReasons.KeyTooExpensive.Refusal($"opslimit {work}, memlimit {memory}: not enough memory");
        }

        Xor(hidden.Bytes, stream.Bytes);
    }

    private static void Xor(Span<byte> target, ReadOnlySpan<byte> stream)
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] ^= stream[i];
        }
    }

    private static void Checksum(ReadOnlySpan<byte> idAndSecret, Span<byte> checksum)
    {
        using SecretMemory text = new(2 + idAndSecret.Length);
        "Ed"u8.CopyTo(text.Bytes);
        idAndSecret.CopyTo(text.Bytes[2..]);
        Nsec.HashAlgorithm.Blake2b_256.Hash(text.Bytes, checksum[..32]);
    }
}

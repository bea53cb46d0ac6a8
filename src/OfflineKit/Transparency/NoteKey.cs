using System.Globalization;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Transparency;

/// <summary>A key that signs notes: its name, its four-byte id, and what its signatures cover.</summary>
/// <remarks>Source: C2SP signed-note and tlog-cosignature, docs/spec/sigstore.md §5.</remarks>
internal sealed record NoteKey(string Name, uint Id, PublicKey Key)
{
    private const byte Ed25519Type = 0x01, CosignerType = 0x04;

    /// <summary>Signatures by this key are cosignatures: they cover a time and the note.</summary>
    public bool IsCosigner { get; private init; }

    /// <summary>The key of a log that is called by its key alone: it signs under whatever name its server was given.</summary>
    public static NoteKey OfAnyName(ReadOnlySpan<byte> id, PublicKey key) => new(Name: "", Short(id), key);

    /// <summary>A line of <paramref name="name"/> with <paramref name="id"/> claims to be by this key.</summary>
    public bool IsCalled(string name, uint id) => id == Id && (Name.Length == 0 || string.Equals(name, Name, StringComparison.Ordinal));

    /// <summary>The key in its text form <c>NAME+HHHHHHHH+base64(type ‖ key)</c>; the id is computed again and compared.</summary>
    /// <exception cref="MalformedException">Another shape, another key type, or an id that is not the key's.</exception>
    public static NoteKey ParseVerifierKey(string text)
    {
        string[] parts = text.Split('+', 3);
        if (parts.Length != 3 || !IsName(parts[0]))
        {
            throw new MalformedException(LogReasons.MalformedNote, "verifier key: wanted NAME+ID+KEY with a name without blanks");
        }

        byte[] id = StrictHex.Decode(parts[1], 4, "verifier key id");
        byte[] key = StrictBase64.Decode(parts[2], "verifier key");
        if (key.Length != 33 || key[0] is not (Ed25519Type or CosignerType))
        {
            throw new MalformedException(LogReasons.MalformedNote, $"verifier key: {key.Length} bytes, wanted 33 of type 01 or 04");
        }

        byte[] computed = IdentifierOf(parts[0], key);
        return computed.AsSpan(0, 4).SequenceEqual(id)
            ? new NoteKey(parts[0], Short(id), PublicKey.Bind(KeyMaterial.Ed25519(key.AsSpan(1)), SignatureScheme.Ed25519)) { IsCosigner = key[0] == CosignerType }
            : throw new MalformedException(LogReasons.MalformedNote, $"verifier key: id {parts[1]}, wanted {StrictHex.Encode(computed.AsSpan(0, 4))}");
    }

    /// <summary>The id of a plain Ed25519 note key: SHA-256 of <c>name LF 01 key</c>, all 32 bytes.</summary>
    public static byte[] IdentifierOfEd25519(string name, ReadOnlySpan<byte> key) => IdentifierOf(name, [Ed25519Type, .. key]);

    /// <summary>The id of an RSA note key: type FF with the algorithm's name.</summary>
    public static byte[] IdentifierOfRsa(string name, ReadOnlySpan<byte> spki) => IdentifierOf(name, [0xFF, .. "PKIX-RSA-PKCS#1v1.5"u8, .. spki]);

    /// <summary>The first four bytes of an id, as notes carry it.</summary>
    public static uint Short(ReadOnlySpan<byte> id) => System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(id);

    /// <summary>The text may name a key: not empty, no blank, no plus sign.</summary>
    public static bool IsName(string text) => text.Length > 0 && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c == '+');

    /// <summary>The signature is by this key over the note text <paramref name="text"/>.</summary>
    public bool Verifies(ReadOnlySpan<byte> text, ReadOnlyMemory<byte> signature)
    {
        if (IsCosigner)
        {
            return signature.Length == 72 && Key.Verifies(CosignedMessage(text, signature.Span[..8]), signature.Span[8..]);
        }

        return LogSignature.IsBy(Key, text, signature);
    }

    private static byte[] CosignedMessage(ReadOnlySpan<byte> text, ReadOnlySpan<byte> time)
    {
        ulong seconds = System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(time);
        return [.. "cosignature/v1\ntime "u8, .. Utf8Text.Encode(seconds.ToString(CultureInfo.InvariantCulture)), (byte)'\n', .. text];
    }

    private static byte[] IdentifierOf(string name, ReadOnlySpan<byte> typedKey) => OneShotHash.Sha256([.. Utf8Text.Encode(name), (byte)'\n', .. typedKey]);
}

using System.Buffers.Binary;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Trust;

/// <summary>A minisign or signify public key: an Ed25519 key and a random id that proves nothing.</summary>
/// <param name="Id">The eight bytes of the id as they stand in the file.</param>
/// <param name="Material">The Ed25519 key.</param>
/// <remarks>Layout: <c>Ed</c> ‖ id 8 ‖ key 32, base64 without padding need, under one comment line. Source: docs/spec/minisign.md.</remarks>
internal sealed record MinisignPublicKey(ulong Id, KeyMaterial Material)
{
    /// <summary>The first bytes of a comment line.</summary>
    public static ReadOnlySpan<byte> CommentPrefix => "untrusted comment: "u8;

    private const int Size = 42, TextLength = 56, CommentLimit = 1003;

    /// <summary>The id as minisign prints it: little-endian number, 16 upper-case hex digits.</summary>
    public string DisplayId => Display(Id);

    /// <summary>The id as minisign prints it.</summary>
    public static string Display(ulong id) => id.ToString("X16", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The file begins like a minisign or signify file.</summary>
    public static bool LooksLike(ReadOnlySpan<byte> content) => content.StartsWith("untrusted comment:"u8);

    /// <summary>The key in a two-line file.</summary>
    public static MinisignPublicKey Parse(ReadOnlySpan<byte> content)
    {
        LineCursor lines = new(content);
        ReadOnlySpan<byte> comment = lines.TerminatedLine("untrusted comment");
        if (!comment.StartsWith(CommentPrefix) || comment.Length - CommentPrefix.Length > CommentLimit || comment.Contains((byte)0))
        {
            throw new MalformedException("key file: the first line is no untrusted comment");
        }

        ReadOnlySpan<byte> key = lines.Line("public key line");
        lines.OnlyEmptyLinesFollow("key file");
        return ParseLine(key);
    }

    /// <summary><paramref name="line"/> has the form of a key: 56 characters from <c>RW</c>.</summary>
    public static bool LooksLikeOne(ReadOnlySpan<byte> line) => line.Length == TextLength && line.StartsWith("RW"u8);

    /// <summary>The key in its 56-character form (<c>RW…</c>).</summary>
    public static MinisignPublicKey ParseLine(ReadOnlySpan<byte> base64)
    {
        byte[] decoded = StrictBase64.Decode(base64, "minisign public key");
        if (decoded.Length == 158 || decoded.Length == 104)
        {
            throw new MalformedException(Reasons.PrivateKeyGiven, "the key file holds a minisign or signify secret key");
        }

        if (decoded.Length != Size || !decoded.AsSpan().StartsWith("Ed"u8))
        {
            throw new MalformedException($"minisign public key: {decoded.Length} bytes, wanted {Size} that begin with \"Ed\"");
        }

        return new MinisignPublicKey(BinaryPrimitives.ReadUInt64LittleEndian(decoded.AsSpan(2, 8)), KeyMaterial.Minisign(decoded.AsSpan(10)));
    }
}

using System.Buffers.Binary;
using System.Buffers.Text;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Trust;

namespace OfflineKit.Signing.Keys.Files;

/// <summary>The two-line files of minisign and signify, as minisign writes them.</summary>
internal static class MinisignText
{
    /// <summary>The 56-character public key line.</summary>
    public static string PublicLine(ulong id, KeyMaterial key)
    {
        Span<byte> blob = stackalloc byte[42];
        "Ed"u8.CopyTo(blob);
        BinaryPrimitives.WriteUInt64LittleEndian(blob[2..], id);
        key.Ed25519Bytes.Span.CopyTo(blob[10..]);
        return System.Text.Encoding.ASCII.GetString(StrictBase64.Encode(blob));
    }

    /// <summary>The public key file.</summary>
    public static byte[] PublicFile(ulong id, KeyMaterial key) =>
        Utf8Text.Encode($"untrusted comment: minisign public key {MinisignPublicKey.Display(id)}\n{PublicLine(id, key)}\n");

    /// <summary>The secret key file, in locked memory.</summary>
    internal static SecretMemory SecretFile(SecretMemory blob)
    {
        ReadOnlySpan<byte> comment = "untrusted comment: minisign encrypted secret key\n"u8;
        int length = Base64.GetMaxEncodedToUtf8Length(blob.Length);
        SecretMemory file = new(comment.Length + length + 1);
        comment.CopyTo(file.Bytes);
        Base64.EncodeToUtf8(blob.Bytes, file.Bytes[comment.Length..], out _, out _);
        file.Bytes[^1] = (byte)'\n';
        return file;
    }

    /// <summary>The decoded second line of a secret key file.</summary>
    internal static SecretMemory SecretBlob(ReadOnlySpan<byte> content)
    {
        LineCursor lines = new(content);
        if (!lines.TerminatedLine("untrusted comment").StartsWith(MinisignPublicKey.CommentPrefix))
        {
            throw new MalformedException("key file: the first line is no untrusted comment");
        }

        ReadOnlySpan<byte> line = lines.Line("secret key line");
        lines.OnlyEmptyLinesFollow("key file");
        using SecretMemory room = new(Math.Max(1, line.Length));
        bool decoded = Base64.DecodeFromUtf8(line, room.Bytes, out int consumed, out int written) == System.Buffers.OperationStatus.Done;
        return decoded && consumed == line.Length && written > 0 && line.Length == Base64.GetMaxEncodedToUtf8Length(written)
            ? room.Part(0, written)
            : throw new MalformedException("key file: the second line is not strict base64");
    }
}

using OfflineKit.Encoding;

namespace OfflineKit.Trust;

/// <summary>The line of base64 in a signature of minisign or signify.</summary>
internal static class MinisignSignatureLine
{
    /// <summary>The <paramref name="size"/> bytes that <paramref name="line"/> of exactly <paramref name="characters"/> holds.</summary>
    /// <exception cref="MalformedException">It is of another length; a public key in its place is named, as the two files look alike.</exception>
    public static byte[] Decode(ReadOnlySpan<byte> line, int characters, int size) =>
        line.Length == characters ? StrictBase64.Decode(line, size, "signature line")
        : MinisignPublicKey.LooksLikeOne(line) ? throw new MalformedException(Reasons.ForeignForm, "this is a public key, not a signature: fetch the signature, and give this file as the key")
        : throw new MalformedException($"signature line: {line.Length} characters, wanted {characters}");
}

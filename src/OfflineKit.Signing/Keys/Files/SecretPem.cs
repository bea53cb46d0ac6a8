using System.Buffers;
using System.Buffers.Text;
using OfflineKit.Encoding;

namespace OfflineKit.Signing.Keys.Files;

/// <summary>The private key block of a PEM text, decoded inside locked memory only.</summary>
/// <remarks>Text before BEGIN and an <c>EC PARAMETERS</c> block are skipped; a second block is malformed. Source: RFC 7468 §2, lines of strict base64.</remarks>
internal sealed class SecretPem : IDisposable
{
    private SecretPem(string label, SecretMemory content) => (Label, Content) = (label, content);

    public string Label { get; }

    public SecretMemory Content { get; }

    public static bool LooksLike(ReadOnlySpan<byte> text) => text.IndexOf("-----BEGIN "u8) >= 0;

    public static SecretPem Read(ReadOnlySpan<byte> text)
    {
        SecretPem? key = null;
        while (LooksLike(text))
        {
            int begin = text.IndexOf("-----BEGIN "u8);
            LineCursor lines = new(text[begin..]);
            string label = LabelOf(lines.TerminatedLine("PEM BEGIN line"), "-----BEGIN "u8);
            SecretMemory content = Body(ref lines, label, text.Length);
            text = lines.Rest;
            if (label is "EC PARAMETERS")
            {
                content.Dispose();
                continue;
            }

            key = key is null ? new SecretPem(label, content) : throw new MalformedException("key file: more than one PEM block");
        }

        return key ?? throw new MalformedException("key file: no private key block");
    }

    public void Dispose() => Content.Dispose();

    private static SecretMemory Body(ref LineCursor lines, string label, int roof)
    {
        using SecretMemory base64 = new(roof);
        int length = 0;
        while (true)
        {
            ReadOnlySpan<byte> line = lines.Line("PEM END line");
            if (line.StartsWith("-----"u8))
            {
                string end = LabelOf(line, "-----END "u8);
                return end == label ? Decoded(base64.Bytes[..length]) : throw new MalformedException($"key file: PEM labels differ: BEGIN {label}, END {end}");
            }

            if (line.Contains((byte)':'))
            {
                throw new MalformedException(
                    "key file: PEM headers, as old OpenSSL encryption writes them; convert it with `openssl pkcs8 -topk8`, which asks for a password");
            }

            line.CopyTo(base64.Bytes[length..]);
            length += line.Length;
        }
    }

    private static SecretMemory Decoded(Span<byte> base64)
    {
        using SecretMemory room = new(Math.Max(1, base64.Length));
        if (base64.IsEmpty || base64.Length % 4 != 0
            || Base64.DecodeFromUtf8(base64, room.Bytes, out int consumed, out int written) != OperationStatus.Done || consumed != base64.Length)
        {
            throw new MalformedException("key file: not strict base64");
        }

        using SecretMemory again = new(Base64.GetMaxEncodedToUtf8Length(written));
        Base64.EncodeToUtf8(room.Bytes[..written], again.Bytes, out _, out _);
        return again.Bytes.SequenceEqual(base64) ? room.Part(0, written) : throw new MalformedException("key file: not strict base64");
    }

    private static string LabelOf(ReadOnlySpan<byte> line, ReadOnlySpan<byte> prefix) =>
        line.StartsWith(prefix) && line.EndsWith("-----"u8) && line.Length > prefix.Length + 5
            ? Utf8Text.DecodePrintable(line[prefix.Length..^5], "PEM label")
            : throw new MalformedException("key file: malformed PEM line");
}

using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Trust.OpenPgp;

namespace OfflineKit.Formats.OpenPgp;

/// <summary>The cleartext signature framework: the text as it is signed, and the signature block after it.</summary>
/// <param name="Text">The signed bytes: dash escapes taken away, trailing blanks of lines dropped, lines joined by CR LF.</param>
/// <param name="Plain">The text as people use it: the same lines, joined by LF, with a final LF.</param>
/// <param name="Signature">The signature packets.</param>
/// <param name="Headers">The header lines of the signature block, which nobody signed.</param>
/// <remarks>
/// Shape: BEGIN line, <c>Hash:</c> lines and no other header, an empty line, text, signature block. Nothing may stand before or after, because readers would
/// take it for signed. Source: RFC 9580 §7.
/// </remarks>
internal sealed record ClearSignedText(ReadOnlyMemory<byte> Text, ReadOnlyMemory<byte> Plain, ReadOnlyMemory<byte> Signature, ImmutableArray<string> Headers)
{
    private const string What = "clear-signed text";

    /// <summary>The first line.</summary>
    public static ReadOnlySpan<byte> Begin => "-----BEGIN PGP SIGNED MESSAGE-----"u8;

    /// <summary>The parts of <paramref name="content"/>.</summary>
    public static ClearSignedText Parse(ReadOnlySpan<byte> content)
    {
        LineCursor lines = new(content);
        if (!lines.TerminatedLine(What).TrimEnd(" \t"u8).SequenceEqual(Begin))
        {
            throw new MalformedException($"{What}: text beside the BEGIN line");
        }

        ArmorHeaders.PassHashes(ref lines, What);
        List<byte> signed = [], plain = [];
        while (true)
        {
            ReadOnlySpan<byte> rest = lines.Rest;
            ReadOnlySpan<byte> line = lines.TerminatedLine($"{What}: the signature block");
            if (line.StartsWith("-----"u8))
            {
                // The line feed before the signature block belongs to the block.
                signed.RemoveRange(0, Math.Min(2, signed.Count));
                OpenPgpArmor block = OpenPgpArmor.Only(rest, "PGP SIGNATURE", What);
                return new ClearSignedText(signed.ToArray(), plain.ToArray(), block.Content, block.Headers);
            }

            ReadOnlySpan<byte> text = Unescaped(line).TrimEnd(" \t"u8);
            signed.AddRange("\r\n"u8);
            signed.AddRange(text);
            plain.AddRange(text);
            plain.Add((byte)'\n');
        }
    }

    private static ReadOnlySpan<byte> Unescaped(ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith("-"u8))
        {
            return line;
        }

        return line.StartsWith("- "u8) ? line[2..] : throw new MalformedException($"{What}: a line that begins with a dash and is not escaped");
    }
}

using System.Collections.Immutable;
using OfflineKit.Encoding;

namespace OfflineKit.Formats.CodeSentinel;

/// <summary>SHA-256 checksum lists, and signature files that hold nothing but a checksum: integrity, never trust.</summary>
internal sealed class ChecksumFormat : Format
{
    private const int Digits = 64;

    /// <inheritdoc/>
    public override string Name => "checksums";

    /// <inheritdoc/>
    public override string Title => "SHA-256 checksum list (integrity only)";

    /// <inheritdoc/>
    public override ImmutableArray<string> SignatureSuffixes => [];

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> content, Expectations expectations)
    {
        // Who says that the signature is written in hex expects a signature there.
        if (expectations.SignatureText is not null)
        {
            return false;
        }

        ReadOnlySpan<byte> rest = content;
        while (!rest.IsEmpty && rest[0] is (byte)'#' or (byte)'\n' or (byte)'\r')
        {
            int end = rest.IndexOf((byte)'\n');
            rest = end < 0 ? default : rest[(end + 1)..];
        }

        if (rest.StartsWith("SHA256 ("u8))
        {
            return true;
        }

        return rest.Length >= Digits && IsHex(rest[..Digits]) && (rest.Length == Digits || rest[Digits] is (byte)' ' or (byte)'\r' or (byte)'\n');
    }

    /// <inheritdoc/>
    public override Envelope Parse(ReadOnlyMemory<byte> content, Expectations expectations) => ChecksumList.Parse(content.Span);

    private static bool IsHex(ReadOnlySpan<byte> text)
    {
        foreach (byte b in text)
        {
            if (!char.IsAsciiHexDigitLower((char)b))
            {
                return false;
            }
        }

        return true;
    }
}

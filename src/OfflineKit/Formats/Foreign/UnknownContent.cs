using OfflineKit.Encoding;
using OfflineKit.Crypto;

namespace OfflineKit.Formats.Foreign;

/// <summary>What is said of content that no format claims.</summary>
internal static class UnknownContent
{
    private const int Shown = 40;

    /// <summary>The refusal of content that no format claims: the form that it is of, or how it begins.</summary>
    public static Finding Refusal(ReadOnlySpan<byte> content) => ForeignForms.Of(ByteOrderMark.Text(content) ?? content) is { } form
        ? Reasons.ForeignForm.Because(form.InWords)
        : Reasons.UnknownFormat.Because(Describe(content));

    private static string Describe(ReadOnlySpan<byte> content)
    {
        ReadOnlySpan<byte> line = content[..(content.IndexOf((byte)'\n') is >= 0 and int end ? end : content.Length)].TrimEnd("\r"u8);
        bool isText = !line.IsEmpty && !line.ContainsAnyExceptInRange((byte)' ', (byte)'~');
        return content.IsEmpty ? "the signature file is empty"
            : isText ? $"{content.Length} bytes that begin with \"{System.Text.Encoding.ASCII.GetString(line[..Math.Min(Shown, line.Length)])}\""
            : $"{content.Length} bytes that begin with {Convert.ToHexStringLower(content[..Math.Min(8, content.Length)])} (hex){BareLength.InWords(content.Length)}";
    }
}

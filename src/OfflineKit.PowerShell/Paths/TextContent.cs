using System;
using System.Text;

namespace OfflineKit.PowerShell;

/// <summary>Text of files as PowerShell writes them: UTF-8, with its mark or without, or UTF-16 with its mark.</summary>
internal static class TextContent
{
    /// <summary>The text of <paramref name="content"/>, without a mark; null when a byte of it belongs to no text.</summary>
    public static string? Decode(byte[] content)
    {
        Encoding encoding = EncodingOf(content);
        int mark = StartsWith(content, encoding.GetPreamble()) ? encoding.GetPreamble().Length : 0;
        try
        {
            return encoding.GetString(content, mark, content.Length - mark);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static Encoding EncodingOf(byte[] content)
    {
        foreach (Encoding utf16 in new[] { new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true), new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true) })
        {
            if (StartsWith(content, utf16.GetPreamble()))
            {
                return utf16;
            }
        }

        return new UTF8Encoding(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);
    }

    private static bool StartsWith(byte[] content, byte[] mark)
    {
        for (int i = 0; i < mark.Length; i++)
        {
            if (content.Length <= i || content[i] != mark[i])
            {
                return false;
            }
        }

        return true;
    }
}

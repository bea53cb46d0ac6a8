using System.Buffers.Binary;
using System.Text.RegularExpressions;
using OfflineKit.Encoding;
using OfflineKit.Trust.Tuf;

namespace OfflineKit.Properties.Tests.Encoding;

/// <summary>Lines, strings with a length before them, patterns, and text that is shown.</summary>
public sealed class CursorProperties
{
    /// <summary>Catches: a line that is lost, joined with the next one, or trimmed.</summary>
    [Fact]
    public void Lines_are_read_back() => Property.Holds(Gen.Select(Texts.Printable.Array[1, 6], Texts.OneOf("\n", "\r\n")), (lines, end) =>
    {
        LineCursor cursor = new(System.Text.Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + end))));
        foreach (string line in lines)
        {
            if (System.Text.Encoding.UTF8.GetString(cursor.TerminatedLine("line")) != line)
            {
                return false;
            }
        }

        return cursor.AtEnd;
    });

    /// <summary>Catches: a string of the SSH encoding whose length is read wrongly.</summary>
    [Fact]
    public void Strings_of_ssh_are_read_back() => Property.Holds(Texts.Bytes.Array[0, 5], strings =>
    {
        SshCursor cursor = new(strings.SelectMany(bytes => Length(bytes.Length, 4).Concat(bytes)).ToArray(), "SSH");
        foreach (byte[] bytes in strings)
        {
            if (!cursor.Bytes().SequenceEqual(bytes))
            {
                return false;
            }
        }

        return cursor.AtEnd;
    });

    /// <summary>Catches: the same for TLS, in which promises of logs are written.</summary>
    [Fact]
    public void Vectors_of_tls_are_read_back() => Property.Holds(Texts.Bytes.Array[0, 5], strings =>
    {
        TlsCursor cursor = new(strings.SelectMany(bytes => Length(bytes.Length, 2).Concat(bytes)).ToArray(), "TLS");
        foreach (byte[] bytes in strings)
        {
            if (!cursor.Vector16().SequenceEqual(bytes))
            {
                return false;
            }
        }

        return cursor.AtEnd;
    });

    /// <summary>Catches: a delegation of TUF that reaches further than its pattern, or less far.</summary>
    [Fact]
    public void A_pattern_matches_what_it_says() => Property.Holds(Gen.Select(Pieces("a", "b", "*", "?", "/", "[ab]", "[!a]"), Pieces("a", "b", "c", "/", "ab")), (pattern, path) =>
        TargetPath.Matches(pattern, path) == Regex.IsMatch(path, $@"\A{Regex.Escape(pattern).Replace(@"\*", "[^/]*", StringComparison.Ordinal).Replace(@"\?", "[^/]", StringComparison.Ordinal).Replace(@"\[", "[", StringComparison.Ordinal).Replace("[!", "[^/", StringComparison.Ordinal)}\z", RegexOptions.NonBacktracking));

    /// <summary>Catches: a control character that reaches a terminal or a log by way of a message.</summary>
    [Fact]
    public void What_is_spelled_out_holds_no_controls() => Property.Holds(Texts.Bytes, bytes => !Utf8Text.Spell(bytes).Any(char.IsControl));

    /// <summary>Catches: a name that is shown changed although it is plain text.</summary>
    [Fact]
    public void Plain_text_is_spelled_as_it_is() => Property.Holds(Texts.Printable, text => Utf8Text.Spell(System.Text.Encoding.UTF8.GetBytes(text)) == text);

    private static Gen<string> Pieces(params string[] pieces) => Texts.OneOf(pieces).Array[1, 8].Select(string.Concat);

    private static byte[] Length(int length, int width)
    {
        byte[] bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, length);
        return bytes[^width..];
    }
}

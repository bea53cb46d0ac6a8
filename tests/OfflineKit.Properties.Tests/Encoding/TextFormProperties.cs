using System.Security.Cryptography;
using OfflineKit.Encoding;

namespace OfflineKit.Properties.Tests.Encoding;

/// <summary>Base64, hex and PEM: what is written is read back, and one value has one spelling.</summary>
public sealed class TextFormProperties
{
    private const string Base64Letters = "ABCzxy019+/-_= \r\n\t.%é";

    private static readonly Gen<string> AlmostBase64 = Gen.OneOf(Texts.Changed(Texts.Bytes.Select(Convert.ToBase64String), Base64Letters), Texts.Changed(Gen.Byte.Array[0, 4].Select(Convert.ToBase64String), "ABCDabcd0129+/=="));

    /// <summary>Catches: padding or trailing bits that are cut or taken over.</summary>
    [Fact]
    public void Base64_is_read_back() => Property.Holds(Texts.Bytes, bytes => StrictBase64.Decode(StrictBase64.Encode(bytes).AsSpan(), "text").AsSpan().SequenceEqual(bytes));

    /// <summary>Catches: blanks, stray bits, missing padding or another alphabet that is let pass, so that one signature has two spellings.</summary>
    [Fact]
    public void Whatever_is_read_as_base64_is_what_would_be_written() =>
        Property.Holds(AlmostBase64, text => Texts.OrNull(() => StrictBase64.Decode(text, "text")) is not { } bytes || Convert.ToBase64String(bytes) == text);

    /// <summary>Catches: one of the other spellings that lenient readers take: blanks, stray bits behind the last byte, padding that is missing or superfluous.</summary>
    [Fact]
    public void No_other_spelling_of_base64_is_read() => Property.Holds(Gen.Byte.Array[1, 40].Where(bytes => bytes.Length % 3 != 0), bytes =>
    {
        string text = Convert.ToBase64String(bytes), solid = text.TrimEnd('=');
        string[] others = [solid, text + "====", "    " + text, text + "\r\n\r\n", text[..4] + " \t\n\r" + text[4..], $"{solid[..^1]}{(char)(solid[^1] + 1)}{text[solid.Length..]}"];
        return others.All(other => Texts.OrNull(() => StrictBase64.Decode(other, "text")) is null);
    });

    /// <summary>Catches: padding or the other alphabet in base64url, which a JWS must not have.</summary>
    [Fact]
    public void Whatever_is_read_as_base64url_is_what_would_be_written() => Property.Holds(
        Texts.Changed(Texts.Bytes.Select(bytes => System.Buffers.Text.Base64Url.EncodeToString(bytes)), Base64Letters),
        text => Texts.OrNull(() => StrictBase64.DecodeUrl(text, "text")) is not { } bytes || System.Buffers.Text.Base64Url.EncodeToString(bytes) == text);

    /// <summary>Catches: two alphabets mixed in one value, and a value that is another one in the other alphabet.</summary>
    [Fact]
    public void Either_alphabet_says_the_same() => Property.Holds(AlmostBase64, text =>
    {
        byte[]? plain = Texts.OrNull(() => StrictBase64.Decode(text, "text")), other = Texts.OrNull(() => StrictBase64.DecodeEitherAlphabet(text.Replace('+', '-').Replace('/', '_'), "text"));
        return plain is null || (other is not null && plain.AsSpan().SequenceEqual(other));
    });

    /// <summary>Catches: a line end that takes a letter with it, or anything else that is passed over like one.</summary>
    [Fact]
    public void Broken_into_lines_anywhere_it_is_the_same() => Property.Holds(Gen.Select(Texts.Bytes, Gen.Int[1, 80], Texts.OneOf("\n", "\r\n")), (bytes, width, end) =>
        StrictBase64.DecodeWrapped(string.Concat(Convert.ToBase64String(bytes).Chunk(width).Select(line => new string(line) + end)), "text").AsSpan().SequenceEqual(bytes));

    /// <summary>Catches: capitals, blanks or an odd digit in hex.</summary>
    [Fact]
    public void Whatever_is_read_as_hex_is_what_would_be_written() =>
        Property.Holds(Texts.Changed(Texts.Bytes.Select(bytes => StrictHex.Encode(bytes)), "0aAfg xX\n٣"), text => Texts.OrNull(() => StrictHex.Decode(text, "text")) is not { } bytes || Convert.ToHexStringLower(bytes) == text);

    /// <summary>Catches: a block whose last line, label or neighbour is lost.</summary>
    [Fact]
    public void Blocks_of_pem_are_read_back() => Property.Holds(Gen.Select(Texts.Bytes, Texts.OneOf("PUBLIC KEY", "CERTIFICATE", "X")).Array[1, 4], blocks =>
    {
        string text = "text for people\n" + string.Concat(blocks.Select(block => PemEncoding.WriteString(block.Item2, block.Item1) + "\n"));
        return Pem.ParseAll(System.Text.Encoding.ASCII.GetBytes(text), 4, "PEM").Zip(blocks).All(pair => pair.First.Label == pair.Second.Item2 && pair.First.Content.Span.SequenceEqual(pair.Second.Item1));
    });

    /// <summary>Catches: a file that we and others read as two different keys.</summary>
    [Fact]
    public void Whatever_is_read_as_pem_the_platform_reads_alike() => Property.Holds(
        Texts.Changed(Texts.Bytes.Select(bytes => PemEncoding.WriteString("PUBLIC KEY", bytes) + "\n"), "-A= \r\n:BEGINEND"),
        text =>
        {
            Pem? ours = Texts.OrNull(() => Pem.ParseOne(System.Text.Encoding.Latin1.GetBytes(text), "PEM"));
            return ours is null || (PemEncoding.TryFind(text, out PemFields theirs) && text[theirs.Label] == ours.Label && Convert.FromBase64String(text[theirs.Base64Data]).AsSpan().SequenceEqual(ours.Content.Span));
        });
}

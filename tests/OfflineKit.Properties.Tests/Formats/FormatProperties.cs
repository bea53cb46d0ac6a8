using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using OfflineKit.Encoding;
using OfflineKit.Formats.Checksums;
using OfflineKit.Formats.Dsse;
using OfflineKit.Formats.Jws;
using OfflineKit.Formats.Minisign;
using OfflineKit.Trust;

namespace OfflineKit.Properties.Tests.Formats;

/// <summary>Signature files and lists that are written by the rules of their formats are read as what was written.</summary>
public sealed class FormatProperties
{
    private static readonly Gen<string> Comments = Texts.Printable.Where(text => text.Length > 0);

    /// <summary>Catches: a comment that is shown and not the signed one, or a key's id whose bytes are turned round.</summary>
    [Fact]
    public void A_minisign_signature_says_what_was_written() => Property.Holds(Gen.Select(Comments, Comments, Gen.ULong), (untrusted, trusted, id) =>
    {
        byte[] signature = [.. "ED"u8, .. LittleEndian(id), .. new byte[64]];
        string text = $"untrusted comment: {untrusted}\n{Convert.ToBase64String(signature)}\ntrusted comment: {trusted}\n{Convert.ToBase64String(new byte[64])}\n";
        Dictionary<string, string> claims = MinisignEnvelope.Parse(System.Text.Encoding.UTF8.GetBytes(text)).Claims.ToDictionary(claim => claim.Name, claim => claim.Value, StringComparer.Ordinal);
        return claims["untrusted comment"] == untrusted && claims["trusted comment"] == trusted && claims["key id"] == id.ToString("X16", System.Globalization.CultureInfo.InvariantCulture);
    });

    /// <summary>Catches: a list whose names or digests are shifted, in the spelling of coreutils and in that of BSD.</summary>
    [Fact]
    public void A_list_of_checksums_is_read_back() => Property.Holds(
        Gen.Select(Gen.Select(Texts.Printable, Gen.Byte.Array[32]).Array[1, 6], Gen.Int[0, 2]),
        (files, form) =>
        {
            (string Name, string Hex)[] named = [.. files.Select((file, number) => ($"{number}{file.Item1}".TrimEnd() + "x", Convert.ToHexStringLower(file.Item2)))];
            string text = string.Concat(named.Select(file => form switch { 0 => $"{file.Hex}  {file.Name}\n", 1 => $"{file.Hex.ToUpperInvariant()} *{file.Name}\r\n", _ => $"SHA256 ({file.Name}) = {file.Hex}\n" }));
            IReadOnlyDictionary<string, ListedFile> read = ChecksumList.Parse(System.Text.Encoding.UTF8.GetBytes(text), "list").Files;
            return read.Count == named.Length && named.All(file => read[file.Name].Digests is [{ AnyOf: [var digest] }] && digest.Hex == file.Hex);
        });

    /// <summary>Catches: two payloads, or two types, with one signed form.</summary>
    [Fact]
    public void What_dsse_signs_can_be_taken_apart_again() => Property.Holds(Gen.Select(Texts.Any, Texts.Bytes), (type, body) =>
    {
        byte[] signed = PreAuthenticationEncoding.Of(type, body);
        int at = "DSSEv1 ".Length;
        byte[] first = Field(signed, ref at), second = Field(signed, ref at);
        return System.Text.Encoding.UTF8.GetString(first) == type && second.AsSpan().SequenceEqual(body) && at == signed.Length + 1;
    });

    /// <summary>Catches: a payload that is verified and not the one that is read.</summary>
    [Fact]
    public void A_compact_jws_is_read_back() => Property.Holds(Gen.Select(Gen.Byte.Array[1, 60], Gen.Byte.Array[64], Texts.OneOf("", "\n", "\r\n")), (payload, signature, end) =>
    {
        string text = $"{Base64Url.EncodeToString("{\"alg\":\"ES256\"}"u8)}.{Base64Url.EncodeToString(payload)}.{Base64Url.EncodeToString(signature)}{end}";
        return JwsDocument.Compact(System.Text.Encoding.ASCII.GetBytes(text)).Payload is { } read && read.Span.SequenceEqual(payload);
    });

    /// <summary>Catches: a key whose id or bytes are read from the wrong place.</summary>
    [Fact]
    public void A_minisign_key_is_read_back() => Property.Holds(Gen.ULong, id =>
    {
        byte[] key = [.. "Ed"u8, .. LittleEndian(id), .. GoodPoint];
        MinisignPublicKey read = MinisignPublicKey.ParseLine(StrictBase64.Encode(key));
        return read.Id == id && read.DisplayId == Convert.ToHexString(LittleEndian(id).Reverse().ToArray());
    });

    // The key of RFC 8032, section 7.1, test 1.
    private static readonly byte[] GoodPoint = Convert.FromHexString("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");

    private static byte[] LittleEndian(ulong number)
    {
        byte[] bytes = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, number);
        return bytes;
    }

    private static byte[] Field(byte[] signed, ref int at)
    {
        int blank = Array.IndexOf(signed, (byte)' ', at), length = int.Parse(signed.AsSpan(at, blank - at), System.Globalization.CultureInfo.InvariantCulture);
        at = blank + 1 + length + 1;
        return signed[(blank + 1)..(blank + 1 + length)];
    }
}

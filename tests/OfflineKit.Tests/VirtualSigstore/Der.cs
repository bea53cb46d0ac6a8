using System.Formats.Asn1;
using System.Numerics;

namespace OfflineKit.Tests.VirtualSigstore;

/// <summary>Writes DER piece by piece, so that a test can put any piece wrong.</summary>
internal static class Der
{
    public static byte[] Tlv(byte tag, params byte[][] contents)
    {
        byte[] content = [.. contents.SelectMany(part => part)];
        byte[] length = content.Length switch
        {
            < 0x80 => [(byte)content.Length],
            < 0x100 => [0x81, (byte)content.Length],
            _ => [0x82, (byte)(content.Length >> 8), (byte)(content.Length & 0xFF)],
        };
        return [tag, .. length, .. content];
    }

    public static byte[] Sequence(params byte[][] contents) => Tlv(0x30, contents);

    public static byte[] Set(params byte[][] contents) => Tlv(0x31, contents);

    public static byte[] Octets(params byte[][] contents) => Tlv(0x04, contents);

    public static byte[] Utf8(string text) => Tlv(0x0C, System.Text.Encoding.UTF8.GetBytes(text));

    public static byte[] Integer(BigInteger value) => Tlv(0x02, value.ToByteArray(isUnsigned: false, isBigEndian: true));

    public static byte[] Null => [0x05, 0x00];

    public static byte[] Oid(string dotted)
    {
        AsnWriter writer = new(AsnEncodingRules.DER);
        writer.WriteObjectIdentifier(dotted);
        return writer.Encode();
    }
}

using System.Buffers.Binary;
using OfflineKit.Trust.OpenPgp;

namespace OfflineKit.Properties.Tests.Formats;

/// <summary>Packets and armour of OpenPGP.</summary>
public sealed class OpenPgpProperties
{
    private enum Length
    {
        Old1,
        Old2,
        Old4,
        New,
        New5,
    }

    private static readonly Gen<(int Tag, byte[] Body, Length Form)[]> Packets = Gen.Select(
        Gen.Int[1, 15], Gen.OneOf(Gen.Byte.Array[0, 300], Gen.Int[185, 200].SelectMany(length => Gen.Byte.Array[length]), Gen.Int[8380, 8390].SelectMany(length => Gen.Byte.Array[length])), Gen.Enum<Length>()).Array[0, 5];

    /// <summary>Catches: a length of any of the five forms that is read wrongly, so that a packet begins inside another one.</summary>
    [Fact]
    public void Packets_are_read_back() => Property.Holds(Packets, packets =>
        FramedPacket.All(packets.SelectMany(Written).ToArray(), "packets").Select(packet => (packet.Tag, Convert.ToHexString(packet.Body.Span))).SequenceEqual(packets.Select(packet => (packet.Tag, Convert.ToHexString(packet.Body)))));

    /// <summary>Catches: bytes that belong to no packet and are passed over.</summary>
    [Fact]
    public void All_bytes_belong_to_packets() => Property.Holds(Texts.Changed(Packets.Select(packets => System.Text.Encoding.Latin1.GetString(packets.SelectMany(Written).ToArray())), "\0\u0002\u0088\u00c2\u00ff"), text =>
    {
        byte[] content = System.Text.Encoding.Latin1.GetBytes(text);
        return FramedPacket.UpToDamage(content, "packets") is { Damage: null } read ? read.Packets.SelectMany(packet => packet.Whole.ToArray()).SequenceEqual(content) : true;
    });

    /// <summary>Catches: armour that loses bytes, or takes its checksum or its headers for content.</summary>
    [Fact]
    public void Armour_is_read_back() => Property.Holds(Gen.Select(Texts.Bytes, Gen.Int[4, 76], Texts.OneOf(("\n", ""), ("\r\n", "Version: 1"), ("\n", "Comment: a: b"))), (content, width, form) =>
    {
        (string end, string header) = form;
        string[] lines = ["-----BEGIN PGP SIGNATURE-----", .. header.Length > 0 ? [header] : Array.Empty<string>(), "", .. Convert.ToBase64String(content).Chunk(width).Select(line => new string(line)), "=AAAA", "-----END PGP SIGNATURE-----", ""];
        return OpenPgpArmor.Only(System.Text.Encoding.ASCII.GetBytes(string.Join(end, lines)), "PGP SIGNATURE", "armour").Content.Span.SequenceEqual(content);
    });

    private static byte[] Written((int Tag, byte[] Body, Length Form) packet)
    {
        int length = packet.Body.Length;
        byte[] four = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(four, length);
        byte[] header = packet.Form switch
        {
            Length.Old1 when length < 256 => [(byte)(0x80 | (packet.Tag << 2)), (byte)length],
            Length.Old1 or Length.Old2 => [(byte)(0x81 | (packet.Tag << 2)), .. four[2..]],
            Length.Old4 => [(byte)(0x82 | (packet.Tag << 2)), .. four],
            Length.New when length < 192 => [(byte)(0xC0 | packet.Tag), (byte)length],
            Length.New when length < 8384 => [(byte)(0xC0 | packet.Tag), (byte)(((length - 192) >> 8) + 192), (byte)((length - 192) & 0xFF)],
            _ => [(byte)(0xC0 | packet.Tag), 255, .. four],
        };
        return [.. header, .. packet.Body];
    }
}

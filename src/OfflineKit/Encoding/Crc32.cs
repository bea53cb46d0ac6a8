using System.Buffers.Binary;

namespace OfflineKit.Encoding;

/// <summary>The running CRC-32 of gzip and zip files: it finds transfer errors, nothing else.</summary>
/// <remarks>Four bytes a step through four tables. Source: RFC 1952 §8.</remarks>
internal sealed class Crc32
{
    private const uint Polynomial = 0xEDB88320;
    private static readonly uint[] Table = MakeTable();

    private uint _crc = uint.MaxValue;

    /// <summary>The checksum of everything appended.</summary>
    public uint Value => ~_crc;

    /// <summary>Adds the next piece.</summary>
    public void Append(ReadOnlySpan<byte> piece)
    {
        uint crc = _crc;
        for (; piece.Length >= sizeof(uint); piece = piece[sizeof(uint)..])
        {
            crc ^= BinaryPrimitives.ReadUInt32LittleEndian(piece);
            crc = Table[0x300 | (crc & 0xFF)] ^ Table[0x200 | ((crc >> 8) & 0xFF)] ^ Table[0x100 | ((crc >> 16) & 0xFF)] ^ Table[crc >> 24];
        }

        foreach (byte b in piece)
        {
            crc = (crc >> 8) ^ Table[(crc ^ b) & 0xFF];
        }

        _crc = crc;
    }

    /// <summary>Begins anew.</summary>
    public void Reset() => _crc = uint.MaxValue;

    // Row k says what a byte does that k more bytes follow.
    private static uint[] MakeTable()
    {
        uint[] table = new uint[4 * 256];
        for (uint i = 0; i < 256; i++)
        {
            uint value = i;
            for (int bit = 0; bit < 8; bit++)
            {
                value = (value >> 1) ^ ((value & 1) * Polynomial);
            }

            table[i] = value;
        }

        for (uint i = 256; i < table.Length; i++)
        {
            uint before = table[i - 256];
            table[i] = (before >> 8) ^ table[before & 0xFF];
        }

        return table;
    }
}

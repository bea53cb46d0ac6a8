using System.Numerics;

namespace OfflineKit.Encoding;

/// <summary>The CRC-32C (Castagnoli) checksum that Google Cloud puts beside values: it finds transfer errors, nothing else.</summary>
internal static class Crc32c
{
    /// <summary>The checksum of <paramref name="bytes"/>. Source: RFC 3720 B.4.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes)
        {
            crc = BitOperations.Crc32C(crc, b);
        }

        return ~crc;
    }

    /// <summary>Refuses <paramref name="bytes"/> when the checksum beside them, a decimal string or number, is there and differs.</summary>
    public static void Require(JsonValue? checksum, ReadOnlySpan<byte> bytes, string what)
    {
        if (checksum is null)
        {
            return;
        }

        string stated = checksum.Kind == JsonKind.String ? checksum.Text : checksum.Integer.ToString(System.Globalization.CultureInfo.InvariantCulture);
        string computed = Of(bytes).ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (!string.Equals(stated, computed, StringComparison.Ordinal))
        {
            throw new MalformedException($"{what}: CRC32C is {computed}, stated {stated}");
        }
    }
}

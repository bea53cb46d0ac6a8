using System.Buffers.Binary;

namespace OfflineKit.Formats.Foreign;

/// <summary>Windows programs (PE): whether they carry certificates.</summary>
/// <remarks>Source: PE format, optional header, data directory 4 (Certificate Table).</remarks>
internal static class PortableExecutable
{
    private const int HeaderOffset = 0x3C, OptionalHeader = 24, CertificateTable = 4, DirectoryEntry = 8;

    /// <summary>The certificate table of the program in <paramref name="content"/> is not empty; false for anything else.</summary>
    public static bool IsSigned(ReadOnlySpan<byte> content)
    {
        if (!content.StartsWith("MZ"u8) || content.Length < HeaderOffset + 4)
        {
            return false;
        }

        uint header = BinaryPrimitives.ReadUInt32LittleEndian(content[HeaderOffset..]);
        if (header > content.Length - 256 || !content[(int)header..].StartsWith("PE\0\0"u8))
        {
            return false;
        }

        ReadOnlySpan<byte> optional = content[((int)header + OptionalHeader)..];
        int directories = BinaryPrimitives.ReadUInt16LittleEndian(optional) switch { 0x10B => 96, 0x20B => 112, _ => 0 };
        return directories > 0 && BinaryPrimitives.ReadUInt32LittleEndian(optional[(directories + (CertificateTable * DirectoryEntry) + 4)..]) > 0;
    }
}

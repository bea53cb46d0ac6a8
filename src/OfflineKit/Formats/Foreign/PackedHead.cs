using OfflineKit.Archives;
using OfflineKit.Encoding;

namespace OfflineKit.Formats.Foreign;

/// <summary>The first bytes of what is compressed: marks may stand there.</summary>
internal static class PackedHead
{
    private const int Packed = 8192, Unpacked = 512;

    private static readonly ArchiveLimits Bounds = new(Entries: 1, Packed, Packed, Ratio: 1024);

    /// <summary>What the gzip file in <paramref name="content"/> begins with; empty when it is none.</summary>
    public static byte[] OfGzip(ReadOnlySpan<byte> content) => GzipMember.LooksLike(content) && content.Length > 32
        ? First(content, static (stream, length) => new GzipMember(stream, length, Bounds)) : [];

    /// <summary>What the deflate stream in <paramref name="content"/> begins with; empty when it is none.</summary>
    public static byte[] OfDeflate(ReadOnlySpan<byte> content) => First(content, static (stream, length) => new InflateStream(stream, length, Bounds, "stream"));

    private static byte[] First(ReadOnlySpan<byte> content, Func<Stream, long, Stream> open)
    {
        byte[] packed = content[..Math.Min(content.Length, Packed)].ToArray(), unpacked = new byte[Unpacked];
        int count = 0;
        _ = Result.Parse(Reasons.MalformedSignature, () =>
        {
            using MemoryStream stream = new(packed);
            using Stream opened = open(stream, packed.Length);
            for (int read = 1; read > 0 && count < unpacked.Length; count += read)
            {
                read = opened.Read(unpacked.AsSpan(count));
            }

            return unpacked;
        });
        return unpacked[..count];
    }
}

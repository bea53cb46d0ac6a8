using OfflineKit.Encoding;

namespace OfflineKit.Formats.Cosign;

/// <summary>Which blobs of a layout are kept to be looked into: small ones, and documents up to the size of a signature file.</summary>
/// <remarks>
/// Both have room of their own, so that large attestations (SBOMs) take no signature down with them. A layer of an image is no document: it does not begin with a brace.
/// Source: docs/spec/oci-image.md §1.
/// </remarks>
internal sealed class KeptBlobs
{
    private const long SmallEach = 4 * 1024 * 1024, SmallTogether = 64 * 1024 * 1024, DocumentsTogether = 256 * 1024 * 1024;

    private long _small, _documents;

    /// <summary>Room for a blob of <paramref name="size"/> bytes that begins with <paramref name="start"/>, or null when it is not kept.</summary>
    public byte[]? RoomFor(long size, ReadOnlySpan<byte> start)
    {
        if (size <= SmallEach && _small + size <= SmallTogether)
        {
            _small += size;
            return new byte[size];
        }

        if (size > Limits.SignatureFile || _documents + size > DocumentsTogether || !StrictJson.BeginsObject(start))
        {
            return null;
        }

        _documents += size;
        return new byte[size];
    }
}

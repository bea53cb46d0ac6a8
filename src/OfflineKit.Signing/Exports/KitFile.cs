using OfflineKit.Crypto;

namespace OfflineKit.Signing.Exports;

/// <summary>One file that a kit lists.</summary>
/// <param name="Path">Relative, with / between parts.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Of its content.</param>
/// <param name="Open">Opens it again from the start.</param>
internal sealed record KitFile(string Path, long Size, Digest Sha256, Func<Stream> Open)
{
    /// <summary>A file of the packer's own.</summary>
    public static KitFile Of(string path, byte[] content) => new(path, content.Length, Digest.Sha256(content), () => new MemoryStream(content, writable: false));
}

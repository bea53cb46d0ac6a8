using OfflineKit.Signing.Exports;

namespace OfflineKit.Signing.Trust;

/// <summary>A published repository as one file to carry.</summary>
internal static class BundleFile
{
    /// <summary><paramref name="tar"/> as the name <paramref name="path"/> asks for: packed where it ends in <c>.zst</c>.</summary>
    public static byte[] Of(byte[] tar, string path)
    {
        if (!path.EndsWith(".zst", StringComparison.Ordinal))
        {
            return tar;
        }

        using MemoryStream packed = new();
        using (ZstdWriteStream stream = new(packed))
        {
            stream.Write(tar);
            stream.Finish();
        }

        return packed.ToArray();
    }
}

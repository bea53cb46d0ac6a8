using OfflineKit.Encoding;
using OfflineKit.Trust;

namespace OfflineKit.Fuzz.Targets;

/// <summary>What the verify paths trust: the keys of the vectors and the bundled roots.</summary>
internal static class Trusted
{
    private const int LargestKey = 64 * 1024;

    private static readonly Lazy<TrustStore> Made = new(Make);

    /// <summary>The store.</summary>
    public static TrustStore Store => Made.Value;

    /// <summary>What the signatures are said to be over.</summary>
    public static ReadOnlyMemory<byte> Artifact { get; } = "what was signed\n"u8.ToArray();

    private static TrustStore Make()
    {
        TrustStore store = TrustStore.Empty;
        foreach (TrustRoot root in BundledTrust.ReadManifest().Roots)
        {
            store = store.With(BundledTrust.Open(root));
        }

        foreach (string file in Seeds.Vectors().Where(file => Path.GetExtension(file) is ".pub" or ".pem" or ".asc" && new FileInfo(file).Length < LargestKey))
        {
            store = Result.Parse(Reasons.MalformedKey, () => store.WithKey(File.ReadAllBytes(file), Path.GetFileName(file))).Value ?? store;
        }

        return store;
    }
}

using OfflineKit.Trust;

namespace OfflineKit;

/// <summary>The trust store that is part of the program: data with a stated age, never fetched.</summary>
/// <remarks>Nothing is read before it is asked for: a run that pins its own key never parses the bundled store.</remarks>
internal static class BundledTrust
{
    private const string Folder = "trust-roots/";

    /// <summary>The manifest revokes somebody, who is then revoked whoever names the key. Known without reading it; a test compares.</summary>
    public static bool RevokesSomebody => false;

    /// <summary>What the program brings along.</summary>
    public static TrustManifest ReadManifest() => TrustManifest.Parse(ReadFile(TrustManifest.FileName));

    /// <summary>The trust of one bundled root.</summary>
    /// <remarks>Its chains are those of one build, and a test of the build verifies each of their links: docs/decisions/0058-trusted-chains.md.</remarks>
    public static TrustStore Open(TrustRoot root) => TrustRootFile.Open(root, ReadFile(root.File)) is var store && store.SigstoreRoots.IsEmpty
        ? store
        : store with { SigstoreRoots = [.. store.SigstoreRoots.Select(sigstore => sigstore.WithLinkedChains())] };

    /// <summary>The file of one bundled root, as it was retrieved.</summary>
    public static byte[] ReadContent(TrustRoot root) => ReadFile(root.File);

    private static byte[] ReadFile(string name)
    {
        using Stream stream = typeof(BundledTrust).Assembly.GetManifestResourceStream(Folder + name)
            ?? throw new InvalidOperationException($"{name} is not part of the program");
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}

using OfflineKit.Encoding;
using OfflineKit.Trust.Tuf;

namespace OfflineKit.Trust;

/// <summary>The trust that the targets of a verified repository describe.</summary>
/// <remarks>
/// The target <c>trust.json</c> is a trust store's manifest, and the files that it names are targets beside it. A repository without it (Sigstore's own)
/// brings targets that other parts read. Source: docs/spec/trust-bundle.md §5.
/// </remarks>
public static class RepositoryTrust
{
    /// <summary>The manifest; null and no refusal when the repository has none.</summary>
    public static Parsed<TrustManifest> Manifest(TufRepository repository) => repository.Find(TrustManifest.FileName) is { } content
        ? Attempt.Parse(Reasons.MalformedTrust, () => TrustManifest.Parse(content))
        : default;

    /// <summary>The trust of <paramref name="root"/>, one of the manifest's roots.</summary>
    /// <exception cref="MalformedException">Its file is no target.</exception>
    public static TrustStore Open(TufRepository repository, TrustRoot root) => repository.Find(root.File) is { } content
        ? root.Open(content)
        : throw new MalformedException(Reasons.MalformedTrust, $"trust root {root.Name}: {root.File} is no target of the repository");
}

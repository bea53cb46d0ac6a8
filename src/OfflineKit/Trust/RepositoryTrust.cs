using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Trust.Tuf;

namespace OfflineKit.Trust;

/// <summary>The trust that the targets of a verified repository describe.</summary>
/// <remarks>
/// The target <c>trust.json</c> is a trust store's manifest, and the files that it names are targets beside it. A repository without it (Sigstore's own)
/// brings targets that other parts read. Source: docs/spec/trust-bundle.md §5.
/// </remarks>
internal static class RepositoryTrust
{
    private const string SigstoreFile = "trusted_root.json";

    /// <summary>The manifest; null and no refusal when the repository has none.</summary>
    public static Result<TrustManifest> Manifest(TufRepository repository) => repository.Find(TrustManifest.FileName) is { } content
        ? Result.Parse(Reasons.MalformedTrust, () => TrustManifest.Parse(content))
        : default;

    /// <summary>The roots of the repository that was imported as <paramref name="name"/>: its manifest's, or the trusted root of a Sigstore repository.</summary>
    /// <exception cref="MalformedException">The manifest is malformed.</exception>
    public static ImmutableArray<TrustRoot> Roots(TufRepository repository, string name)
    {
        if (repository.Find(TrustManifest.FileName) is { } manifest)
        {
            return TrustManifest.Parse(manifest).Roots;
        }

        return repository.Find(SigstoreFile) is { } sigstore
            ? [new TrustRoot(name, TrustRootKind.SigstoreTrustedRoot, SigstoreFile, Digest.Sha256(sigstore.Span)) { Source = $"imported TUF root {name}", IsOnByDefault = true }]
            : [];
    }

    /// <summary>The trust of <paramref name="root"/>, one of <see cref="Roots"/>.</summary>
    /// <exception cref="MalformedException">Its file is no target.</exception>
    public static TrustStore Open(TufRepository repository, TrustRoot root) => repository.Find(root.File) is { } content
        ? TrustRootFile.Open(root, content)
        : throw new MalformedException(Reasons.MalformedTrust, $"trust root {root.Name}: {root.File} is no target of the repository");

    /// <summary>The same where nobody named <paramref name="root"/>: one that cannot be used trusts nobody and stops nobody, and is named in <see cref="TrustStore.UnusableRoots"/>.</summary>
    /// <exception cref="MalformedException">It is revoked: whom it revokes cannot be said.</exception>
    public static TrustStore OpenUsable(TufRepository repository, TrustRoot root)
    {
        Result<TrustStore> opened = Result.Parse(Reasons.MalformedTrust, () => Open(repository, root));
        return opened.Value ?? (root.Status.Phase == KeyPhase.Revoked
            ? throw new MalformedException(opened.Finding!.Reason, opened.Finding!.Detail)
            : new TrustStore { UnusableRoots = [opened.Finding!.Reason.Because($"trust root {root.Name}: {opened.Finding!.Detail}")] });
    }

    /// <summary>What the repository that was imported as <paramref name="name"/> brings and this version cannot use, in words: whole roots, and parts of Sigstore's.</summary>
    public static IEnumerable<string> Unusable(TufRepository repository, string name)
    {
        foreach (TrustRoot root in Result.Parse<IEnumerable<TrustRoot>>(Reasons.MalformedTrust, () => Roots(repository, name)).Value ?? [])
        {
            Result<TrustStore> opened = Result.Parse(Reasons.MalformedTrust, () => Open(repository, root));
            foreach (string why in opened.Value?.SigstoreRoots.SelectMany(one => one.LeftOut).Select(part => part.Why) ?? [$"{opened.Finding!.Reason.Code}: {opened.Finding!.Detail}"])
            {
                yield return $"{root.Name}: {why}";
            }
        }
    }
}

using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Trust;

/// <summary>Opens the file of a trust root.</summary>
internal static class TrustRootFile
{
    /// <summary>The trust that follows from <paramref name="root"/>, whose file holds <paramref name="content"/>.</summary>
    /// <exception cref="MalformedException">The file is not the one that the manifest describes.</exception>
    public static TrustStore Open(TrustRoot root, ReadOnlyMemory<byte> content)
    {
        Digest found = Digest.Sha256(content.Span);
        if (!found.Equals(root.ContentDigest))
        {
            throw new MalformedException(Reasons.MalformedTrust, $"trust root {root.Name}: {root.File} has SHA-256 {found.Hex}, wanted {root.ContentDigest.Hex}");
        }

        // A public key is bounded by what it is.
        if (root.Kind != TrustRootKind.PublicKey && content.Length > Limits.KeyFile)
        {
            throw new MalformedException(Reasons.InputTooLarge, $"trust root {root.Name}: {root.File} is larger than {Limits.KeyFile} bytes");
        }

        return root.Kind switch
        {
            TrustRootKind.PublicKey => new TrustStore { Roots = [root], Keys = [Key(root, content)] },
            TrustRootKind.SigstoreTrustedRoot => new TrustStore
            {
                Roots = [root],
                SigstoreRoots = [.. SigstoreTrustedRootFile.Parse(content, root.Name, root.RetrievedOn).Select(instance => instance with { Status = root.Status })],
            },
            TrustRootKind.NpmKeys => new TrustStore { Roots = [root], Keys = [.. NpmKeysFile.Parse(content, root.Name).Select(key => key with { Status = key.Status.Strictest(root.Status) })] },
            TrustRootKind.AllowedSigners => new TrustStore
            {
                Roots = [root],
                SshSigners = [.. AllowedSigners.Parse(content, $"trust root {root.Name}").Select(signer => signer with { Status = root.Status })],
            },
            _ => throw new InvalidOperationException($"no reader for {root.Kind}"),
        };
    }

    private static TrustedKey Key(TrustRoot root, ReadOnlyMemory<byte> content)
    {
        TrustedKey key = KeyFile.Parse(content, root.Name, $"trust root {root.Name}");
        if (!string.Equals(key.Material.Fingerprint, root.Fingerprint, StringComparison.Ordinal))
        {
            throw new MalformedException(Reasons.MalformedTrust, $"trust root {root.Name}: the key has fingerprint {key.Material.Fingerprint}, wanted {root.Fingerprint}");
        }

        return LimitedBy(root, key);
    }

    // What the file says of its key and what the manifest says of it both hold.
    private static TrustedKey LimitedBy(TrustRoot root, TrustedKey key)
    {
        ImmutableArray<SignatureScheme> schemes = key.Schemes.IsEmpty ? root.Schemes : root.Schemes.IsEmpty ? key.Schemes : [.. key.Schemes.Intersect(root.Schemes)];
        return !schemes.IsEmpty || key.Schemes.IsEmpty
            ? key with
            {
                Hints = [.. key.Hints, .. root.Hints],
                Schemes = schemes,
                Formats = root.Formats,
                Marks = root.Marks,
                Validity = key.Validity.Within(root.Validity),
                Status = key.Status.Strictest(root.Status),
                Scope = root.Scope,
            }
            : throw new MalformedException(Reasons.MalformedTrust, $"trust root {root.Name}: {root.File} allows {Listed(key.Schemes)} alone, the manifest {Listed(root.Schemes)}");
    }

    private static string Listed(ImmutableArray<SignatureScheme> schemes) => string.Join(", ", schemes.Select(scheme => scheme.Label));
}

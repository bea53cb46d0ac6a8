using OfflineKit.Encoding;
using OfflineKit.Trust;

namespace OfflineKit.Host.Requests;

/// <summary>A question and everything that it trusts, as one number.</summary>
internal static class ResolvedDigest
{
    /// <summary><c>sha256:hex</c> over <paramref name="resolved"/>: what was asked, the roots of the program, the keys and roots in force, what is revoked, what was imported.</summary>
    public static string Of(ResolvedRequest resolved)
    {
        TrustStore store = resolved.Store;
        IEnumerable<string>[] parts =
        [
            [resolved.Request.Digest],
            BundledTrust.ReadManifest().Roots.Select(root => root.ContentDigest.Hex),
            store.Keys.Select(key => $"{key.Material.Fingerprint} {key.Status}").Order(StringComparer.Ordinal),
            resolved.RootsInForce.Select(root => Netstring.List(root.Name, root.Source, root.RetrievedOn)),
            store.Roots.Select(Described),
            store.Revocations.ByFingerprint.Select(revoked => $"{revoked.Key} {revoked.Value}").Order(StringComparer.Ordinal),
            resolved.Imported.Versions,
            resolved.Policies.Select(policy => $"{policy.InForce.Reach} {policy.InForce.Digest}"),
        ];
        return Crypto.Digest.OfTexts(parts.Select(part => Netstring.List(part))).ToString();
    }

    // What a root may be used for decides as much as its keys.
    private static string Described(TrustRoot root) => Netstring.List(
    [
        root.Name, $"{root.Kind}", root.ContentDigest.Hex, $"{root.Validity}",
        FormattableString.Invariant($"{root.Status.Phase} {root.Status.Since:O} {root.Status.Compromise?.From:O} {root.Status.Compromise?.Until:O}"),
        .. ((IEnumerable<string>[])
        [
            root.Formats, root.Schemes.Select(scheme => scheme.Label), root.Hints, root.Marks, root.Scope.Artifacts, root.Scope.PayloadTypes, root.Scope.Namespaces, [root.Scope.NamespacePatterns ?? ""], root.Scope.Tenants,
        ]).Select(list => Netstring.List(list)),
    ]);
}

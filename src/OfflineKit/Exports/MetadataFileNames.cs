using System.Collections.Immutable;

namespace OfflineKit.Exports;

/// <summary>The names that some layout declares: only the bytes of such files are kept in memory.</summary>
internal static class MetadataFileNames
{
    /// <summary>The archive inside an update kit, which is listed while it is hashed.</summary>
    public const string NestedArchive = "payload.tar.zst";

    private const int LongestName = 255;

    // What projects call their lists, in either case, after the project's name and before .txt: GoReleaser's app_1.0_checksums.txt, HashiCorp's app_1.0_SHA256SUMS, Fedora's app-1.0-CHECKSUM, Node's SHASUMS256.txt.
    private static readonly ImmutableArray<string> ListEndings =
    [
        .. ((string[])["SHA256SUMS", "SHA384SUMS", "SHA512SUMS", "SHASUMS256", "SHASUMS512", "SHASUMS", "SHA256SUM", "SHA512SUM", "B2SUMS", "BLAKE2SUMS", "CHECKSUMS", "CHECKSUM", "DIGESTS"])
            .SelectMany(name => (string[])[name, name + ".txt"]),
        "checksums.sha256", ".dsc", ".changes", ".buildinfo", ".prov",
    ];

    private static readonly ImmutableArray<string> ListStarts = ["SHA256SUMS", "SHA384SUMS", "SHA512SUMS", "B2SUMS"];

    // (.dsc, .changes, .buildinfo: packages of Debian; .prov: charts of Helm.)
    // OpenBSD's lists, and those of apt.
    private static readonly HashSet<string> BareNames = new(["SHA256", "SHA512", "BLAKE2b", "Release", "InRelease"], StringComparer.Ordinal);

    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "kit.json", "kit.intoto.dsse.json", "kit.json.minisig", "kit.sigstore.json", "kit.certificates.pem",
        "manifest.json", "payload.tar.zst.sha256", "statement.dsse.json", "rekor-receipt.json", "offline-manifest.json", "offline-manifest.json.jws",
        "export.json", "provenance.json", "provenance.dsse.json",
        "manifest.dsse", "manifest.dsse.json", "manifest-offline.json",
        "signature.json", "bundle.json", "bundle.dsse.json",
        "mirror-thin-v1.manifest.dsse.json", "mirror-thin-v1.bundle.dsse.json", "root.json", "snapshot.json", "targets.json", "timestamp.json",
        "checkpoint.sig", "checkpoint", "checkpoint.txt", "model.sig",
    };

    /// <summary>The bytes of the file at <paramref name="path"/> are kept.</summary>
    public static bool IsKept(ReadOnlySpan<char> path)
    {
        int folders = path.Count('/');
        ReadOnlySpan<char> name = path[(path.LastIndexOf('/') + 1)..];
        if (folders > 2 || name.Length > LongestName)
        {
            return false;
        }

        return Names.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name) || MayHoldList(name) || IsSignatureOfMetadata(name) || IsAttestation(path, name);
    }

    /// <summary>The file at <paramref name="path"/> is an archive that is looked into.</summary>
    public static bool IsNestedArchive(string path) =>
        path == NestedArchive || (path.EndsWith("/" + NestedArchive, StringComparison.Ordinal) && path.Count('/') == 1);

    /// <summary>A file called <paramref name="name"/> at the top is a list of checksums, if its content is one.</summary>
    public static bool IsChecksumList(ReadOnlySpan<char> name)
    {
        if (!SignatureNames.SuffixOf(name).IsEmpty)
        {
            return false;
        }

        foreach (string ending in ListEndings)
        {
            if (name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        foreach (string start in ListStarts)
        {
            if (name.StartsWith(start, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return BareNames.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name);
    }

    /// <summary>A file called <paramref name="name"/> is a list of checksums, or one within its signature (<c>SHA256SUMS.asc</c>), or signs one, if its content is that.</summary>
    public static bool MayHoldList(ReadOnlySpan<char> name) =>
        IsChecksumList(name[..^SignatureNames.SuffixOf(name).Length]) || (!SignatureNames.SuffixOf(name).IsEmpty && SignatureNames.Any(name).Any(static signed => IsChecksumList(signed)));

    /// <summary>A file called <paramref name="name"/> is a signature by its name.</summary>
    public static bool IsSignature(ReadOnlySpan<char> name) => !SignatureNames.SuffixOf(name).IsEmpty;

    private static bool IsSignatureOfMetadata(ReadOnlySpan<char> name)
    {
        ReadOnlySpan<char> signed = name[..^SignatureNames.SuffixOf(name).Length];
        return signed.Length < name.Length && Names.GetAlternateLookup<ReadOnlySpan<char>>().Contains(signed);
    }

    private static bool IsAttestation(ReadOnlySpan<char> path, ReadOnlySpan<char> name) =>
        path.Contains("attestations/", StringComparison.Ordinal) && name.EndsWith(".dsse.json");
}

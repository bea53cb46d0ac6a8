using System.Collections.Immutable;

namespace OfflineKit.Exports;

/// <summary>The names that some layout declares: only the bytes of such files are kept in memory.</summary>
internal static class MetadataFileNames
{
    /// <summary>The archive inside an update kit, which is listed while it is hashed.</summary>
    public const string NestedArchive = "payload.tar.zst";

    /// <summary>What is appended to a list's name to find a signature over it.</summary>
    public static readonly ImmutableArray<string> SignatureSuffixes =
        [".minisig", ".sig", ".sig.json", ".signify", ".sigstore.json", ".sigstore", ".cosign.bundle", ".bundle", ".dsse.json", ".intoto.json", ".sshsig"];

    /// <summary>The names of signed checksum lists.</summary>
    public static readonly ImmutableArray<string> ChecksumLists =
        ["SHA256SUMS", "SHA256SUMS.txt", "sha256sum.txt", "checksums.txt", "CHECKSUMS.txt", "checksums.sha256", "CHECKSUM"];

    // What projects put before the name: GoReleaser's app_1.0_checksums.txt, HashiCorp's app_1.0_SHA256SUMS, Fedora's app-1.0-CHECKSUM.
    private static readonly ImmutableArray<string> ListEndings =
        ["_checksums.txt", "-checksums.txt", "_SHA256SUMS", "-SHA256SUMS", "_SHA256SUMS.txt", "-SHA256SUMS.txt", "SHASUMS256.txt", "sha256sums.txt", "-CHECKSUM", "_CHECKSUM"];

    private const string ListStart = "SHA256SUMS-", BareName = "SHA256";

    private static readonly HashSet<string> Names = new(ChecksumLists, StringComparer.Ordinal)
    {
        "kit.json", "kit.intoto.dsse.json", "kit.json.minisig", "kit.sigstore.json", "kit.certificates.pem",
        "manifest.json", "payload.tar.zst.sha256", "statement.dsse.json", "rekor-receipt.json", "offline-manifest.json", "offline-manifest.json.jws",
        "export.json", "provenance.json", "provenance.dsse.json",
        "manifest.dsse", "manifest.dsse.json", "manifest-offline.json",
        "signature.json", "bundle.json", "bundle.dsse.json",
        "mirror-thin-v1.manifest.dsse.json", "mirror-thin-v1.bundle.dsse.json", "root.json", "snapshot.json", "targets.json", "timestamp.json",
        "checkpoint.sig", "checkpoint", "checkpoint.txt",
    };

    private static readonly HashSet<string> Signed = new([.. ChecksumLists, "manifest.json", "export.json"], StringComparer.Ordinal);

    /// <summary>The bytes of the file at <paramref name="path"/> are kept.</summary>
    public static bool IsKept(ReadOnlySpan<char> path)
    {
        int folders = path.Count('/');
        ReadOnlySpan<char> name = path[(path.LastIndexOf('/') + 1)..];
        if (folders > 2 || name.Length > 64)
        {
            return false;
        }

        return Names.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name) || IsChecksumList(name) || IsSignature(name) || IsAttestation(path, name);
    }

    /// <summary>The file at <paramref name="path"/> is an archive that is looked into.</summary>
    public static bool IsNestedArchive(string path) =>
        path == NestedArchive || (path.EndsWith("/" + NestedArchive, StringComparison.Ordinal) && path.Count('/') == 1);

    /// <summary>A file called <paramref name="name"/> at the top is a list of checksums, if its content is one.</summary>
    public static bool IsChecksumList(ReadOnlySpan<char> name)
    {
        foreach (string suffix in SignatureSuffixes)
        {
            if (name.EndsWith(suffix))
            {
                return false;
            }
        }

        foreach (string known in ChecksumLists)
        {
            if (name.SequenceEqual(known))
            {
                return true;
            }
        }

        foreach (string ending in ListEndings)
        {
            if (name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return name.SequenceEqual(BareName) || name.StartsWith(ListStart, StringComparison.Ordinal);
    }

    private static bool IsSignature(ReadOnlySpan<char> name)
    {
        foreach (string suffix in SignatureSuffixes)
        {
            if (name.EndsWith(suffix) && (Signed.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name[..^suffix.Length]) || IsChecksumList(name[..^suffix.Length])))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsAttestation(ReadOnlySpan<char> path, ReadOnlySpan<char> name) =>
        path.Contains("attestations/", StringComparison.Ordinal) && name.EndsWith(".dsse.json");
}

using OfflineKit.Encoding;

namespace OfflineKit.Formats.Dossier;

/// <summary>The checksum object: SHA-256 of the body in hex, compared exactly.</summary>
/// <remarks>Source: docs/spec/dossier.md §2. Upper-case digits never match: they are kept as they stand and quoted.</remarks>
internal sealed record DossierChecksum(string Hash)
{
    /// <summary>The checksum object <paramref name="value"/>.</summary>
    public static DossierChecksum Parse(JsonValue value)
    {
        string algorithm = value.String("algorithm");
        return algorithm == "sha256"
            ? new DossierChecksum(value.String("hash"))
            : throw new MalformedException(Reasons.UnsupportedAlgorithm, $"checksum.algorithm is \"{algorithm}\", wanted \"sha256\"");
    }
}

using System.Collections.Frozen;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Trust.Tuf;

/// <summary>What a role's metadata says, whoever signed it.</summary>
/// <param name="File">The file that it was read from.</param>
internal abstract record TufMetadata(SignedFile File)
{
    /// <summary>The version, from 1.</summary>
    public long Version => File.Version;

    /// <summary>When it expires.</summary>
    public DateTimeOffset Expires => File.Expires;
}

/// <summary>Who speaks for each top-level role.</summary>
/// <param name="File">The file.</param>
/// <param name="Roles"><c>root</c>, <c>timestamp</c>, <c>snapshot</c>, <c>targets</c>.</param>
/// <remarks>Source: TUF specification 1.0 §4.3.</remarks>
internal sealed record RootMetadata(SignedFile File, FrozenDictionary<string, TufRole> Roles) : TufMetadata(File)
{
    private static readonly string[] TopLevel = ["root", "timestamp", "snapshot", "targets"];

    /// <summary>SHA-256 of the root file: what people pin and compare.</summary>
    public string Fingerprint => File.Sha256;

    /// <summary>The root in <paramref name="content"/>.</summary>
    public static RootMetadata Parse(string name, ReadOnlyMemory<byte> content)
    {
        SignedFile file = SignedFile.Parse(name, "root", content);
        Dictionary<string, TufKey> keys = TufRole.ParseKeys(file.Signed.Object("keys"));
        JsonValue roles = file.Signed.Object("roles");
        return new RootMetadata(file, TopLevel.ToFrozenDictionary(role => role, role => TufRole.Parse(role, roles.Object(role), keys), StringComparer.Ordinal));
    }

    /// <summary>Refuses <paramref name="file"/> unless this root's <paramref name="role"/> keys signed it.</summary>
    public void Require(string role, SignedFile file) => Roles[role].Require(file, $"root version {Version}");
}

/// <summary>What is known of a metadata file before it is opened.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Length">Its length; null when the repository does not say.</param>
/// <param name="Hashes">Its hashes; empty when the repository does not say.</param>
internal sealed record MetaFile(long Version, long? Length, FileHashes Hashes)
{
    /// <summary>The entry <paramref name="value"/>.</summary>
    public static MetaFile Parse(JsonValue value) => new(
        SignedFile.Positive(value["version"]),
        value.Optional("length") is { } length ? SignedFile.Positive(length) : null,
        value.Optional("hashes") is { } hashes ? FileHashes.Parse(hashes) : FileHashes.None);

    /// <summary>Refuses <paramref name="content"/> when it is not the file that is meant.</summary>
    public void RequireBytes(string name, ReadOnlySpan<byte> content)
    {
        if (Length is { } length && length != content.Length)
        {
            throw new MalformedException(TufReasons.HashMismatch, $"{name}: {content.Length} bytes, wanted {length}");
        }

        Hashes.Require(name, content);
    }
}

/// <summary>The newest snapshot, said by the role that signs most often.</summary>
/// <param name="File">The file.</param>
/// <param name="Snapshot">The only file that it names.</param>
/// <param name="SignedOn">When the timestamp role says it signed (<c>x-offlinekit-signed-on</c>): a lower bound of the present; null elsewhere.</param>
/// <remarks>Source: TUF specification 1.0 §4.6; docs/decisions/0021-trust-and-time.md for the additional member.</remarks>
internal sealed record TimestampMetadata(SignedFile File, MetaFile Snapshot, DateTimeOffset? SignedOn) : TufMetadata(File)
{
    /// <summary>The name of the additional member.</summary>
    public const string SignedOnMember = "x-offlinekit-signed-on";

    /// <summary>The timestamp in <paramref name="content"/>.</summary>
    public static TimestampMetadata Parse(ReadOnlyMemory<byte> content)
    {
        SignedFile file = SignedFile.Parse("timestamp.json", "timestamp", content);
        JsonValue meta = file.Signed.Object("meta");
        if (meta.Members.Length != 1)
        {
            throw new MalformedException(TufReasons.Malformed, $"{meta.Path}: {meta.Members.Length} files, wanted snapshot.json alone");
        }

        DateTimeOffset? signedOn = file.Signed.OptionalString(SignedOnMember) is { } text ? TufTime.Parse(text, SignedOnMember) : null;
        return new TimestampMetadata(file, MetaFile.Parse(meta.Object("snapshot.json")), signedOn);
    }
}

/// <summary>The versions of all targets files that belong together.</summary>
/// <param name="File">The file.</param>
/// <param name="Meta">By file name, such as <c>targets.json</c>.</param>
/// <remarks>Source: TUF specification 1.0 §4.4.</remarks>
internal sealed record SnapshotMetadata(SignedFile File, FrozenDictionary<string, MetaFile> Meta) : TufMetadata(File)
{
    /// <summary>The snapshot in <paramref name="content"/>.</summary>
    public static SnapshotMetadata Parse(ReadOnlyMemory<byte> content)
    {
        SignedFile file = SignedFile.Parse("snapshot.json", "snapshot", content);
        return new SnapshotMetadata(file, file.Signed.Object("meta").Members.ToFrozenDictionary(member => member.Key, member => MetaFile.Parse(member.Value), StringComparer.Ordinal));
    }
}

/// <summary>The hashes of a file by algorithm; at least one of them is one that we compute.</summary>
/// <param name="Known">SHA-256 and SHA-512; others are ignored.</param>
internal sealed record FileHashes(FrozenDictionary<DigestAlgorithm, Digest> Known)
{
    /// <summary>None: the version alone identifies the file.</summary>
    public static FileHashes None { get; } = new(FrozenDictionary<DigestAlgorithm, Digest>.Empty);

    /// <summary>The hashes object <paramref name="value"/>.</summary>
    public static FileHashes Parse(JsonValue value)
    {
        Dictionary<DigestAlgorithm, Digest> known = [];
        foreach (KeyValuePair<string, JsonValue> member in value.Members)
        {
            if (Algorithm(member.Key) is { } algorithm)
            {
                known.Add(algorithm, Digest.FromHex(algorithm, member.Value.Text, member.Value.Path));
            }
        }

        return known.Count > 0 ? new FileHashes(known.ToFrozenDictionary()) : throw value.Wanted("a sha256 or sha512 hash");
    }

    /// <summary>Refuses <paramref name="content"/> unless every known hash fits.</summary>
    public void Require(string name, ReadOnlySpan<byte> content)
    {
        foreach (Digest wanted in Known.Values)
        {
            Digest seen = Digest.Of(wanted.Algorithm, content);
            if (!seen.Equals(wanted))
            {
                throw new MalformedException(TufReasons.HashMismatch, $"{name}: {seen}, wanted {wanted}");
            }
        }
    }

    private static DigestAlgorithm? Algorithm(string name) => name switch
    {
        "sha256" => DigestAlgorithm.Sha256,
        "sha512" => DigestAlgorithm.Sha512,
        _ => null,
    };
}

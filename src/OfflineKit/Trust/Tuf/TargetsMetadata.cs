using System.Collections.Frozen;
using System.Collections.Immutable;
using OfflineKit.Encoding;

namespace OfflineKit.Trust.Tuf;

/// <summary>A file that a targets role signs for.</summary>
/// <param name="Path">Its path under <c>targets/</c>, safe to store.</param>
/// <param name="Length">Its length in bytes; may be 0.</param>
/// <param name="Hashes">Its hashes.</param>
/// <param name="Custom">What the repository adds; null when absent. Signed, but of no meaning to TUF.</param>
internal sealed record TargetFile(string Path, long Length, FileHashes Hashes, JsonValue? Custom)
{
    /// <summary>The entry <paramref name="value"/> for <paramref name="path"/>.</summary>
    public static TargetFile Parse(string path, JsonValue value)
    {
        TargetPath.RequireSafe(path);
        long length = value["length"].Integer;
        return length is >= 0 and <= TufLimits.Target
            ? new TargetFile(path, length, FileHashes.Parse(value["hashes"]), value.Optional("custom"))
            : throw new MalformedException(TufReasons.TooLarge, $"target {path}: {length} bytes, limit {TufLimits.Target}");
    }
}

/// <summary>The files that a role signs for, and the roles that it trusts with further paths.</summary>
/// <param name="File">The file.</param>
/// <param name="Targets">By path.</param>
/// <param name="Delegations">In order of precedence.</param>
/// <remarks>Source: TUF specification 1.0 §4.5.</remarks>
internal sealed record TargetsMetadata(SignedFile File, FrozenDictionary<string, TargetFile> Targets, ImmutableArray<Delegation> Delegations) : TufMetadata(File)
{
    /// <summary>The targets file of <paramref name="role"/> in <paramref name="content"/>.</summary>
    public static TargetsMetadata Parse(string role, ReadOnlyMemory<byte> content)
    {
        SignedFile file = SignedFile.Parse($"{role}.json", "targets", content);
        return new TargetsMetadata(
            file,
            file.Signed.Object("targets").Members.ToFrozenDictionary(member => member.Key, member => TargetFile.Parse(member.Key, member.Value), StringComparer.Ordinal),
            file.Signed.Optional("delegations") is { } delegations ? Delegation.ParseAll(delegations) : []);
    }
}

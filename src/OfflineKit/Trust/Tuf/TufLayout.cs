using System.Collections.Frozen;
using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Trust.Tuf;

/// <summary>Finds metadata and targets in a repository, as published or as kept in git by tuf-on-ci.</summary>
/// <remarks>
/// Published: <c>3.root.json</c>, <c>7.snapshot.json</c>, <c>targets/HASH.name</c>. In git: <c>metadata/root_history/3.root.json</c>,
/// <c>metadata/snapshot.json</c>, <c>targets/name</c>. Where a file was found adds no trust: signatures, versions and hashes decide.
/// One folder around everything, as archives often have it, is looked through.
/// </remarks>
internal sealed class TufLayout
{
    private static readonly string[] Folders = ["metadata/", "metadata/root_history/", "", "root_history/"];

    private readonly ITufFiles _files;
    private readonly FrozenSet<string> _names;
    private readonly string _prefix;

    /// <summary>The repository in <paramref name="files"/>.</summary>
    public TufLayout(ITufFiles files)
    {
        _files = files;
        _names = files.Names.ToFrozenSet(StringComparer.Ordinal);
        _prefix = Prefix(files.Names);
    }

    /// <summary>The highest version for which a numbered root file is there; 0 when there is none.</summary>
    public long NewestRoot => NumberedRoots().DefaultIfEmpty(0).Max();

    /// <summary>The root whose file has SHA-256 <paramref name="fingerprint"/>.</summary>
    public RootMetadata PinnedRoot(string fingerprint)
    {
        int seen = 0;
        foreach (string name in _names.Where(name => name.EndsWith("root.json", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Take(TufLimits.RootVersions))
        {
            ReadOnlyMemory<byte> content = _files.Read(name, TufLimits.Root)!.Value;
            seen++;
            if (Digest.Sha256(content.Span).Hex == fingerprint)
            {
                return RootMetadata.Parse(name[_prefix.Length..], content);
            }
        }

        throw new MalformedException(TufReasons.UnknownRoot, $"none of {seen} root files has SHA-256 {fingerprint}");
    }

    /// <summary>The root of <paramref name="version"/>, or null; <c>root.json</c> is taken where no numbered file is there.</summary>
    public RootMetadata? Root(long version)
    {
        if (First(Folders.Select(folder => $"{folder}{version}.root.json"), TufLimits.Root) is { } numbered)
        {
            return RootMetadata.Parse($"{version}.root.json", numbered);
        }

        return NewestUnnumbered() is { } root && root.Version == version ? root : null;
    }

    /// <summary>The root in <c>root.json</c>, or null.</summary>
    public RootMetadata? NewestUnnumbered() =>
        First(Folders.Select(folder => $"{folder}root.json"), TufLimits.Root) is { } content ? RootMetadata.Parse("root.json", content) : null;

    /// <summary>The metadata file of <paramref name="role"/> with <paramref name="version"/>.</summary>
    public ReadOnlyMemory<byte> Metadata(string role, long version, int limit)
    {
        string file = TargetPath.FileNameOf(role) + ".json";
        return First(["metadata/" + version + "." + file, "metadata/" + file, version + "." + file, file], limit)
            ?? throw new MalformedException(TufReasons.MissingFile, $"{version}.{file} is not in the bundle");
    }

    /// <summary><c>timestamp.json</c>: the only metadata that is asked for without a version.</summary>
    public ReadOnlyMemory<byte> Timestamp() =>
        First(["metadata/timestamp.json", "timestamp.json"], TufLimits.Timestamp)
        ?? throw new MalformedException(TufReasons.MissingFile, "timestamp.json is not in the bundle");

    /// <summary>The content of <paramref name="target"/>, its length and hashes checked.</summary>
    public ReadOnlyMemory<byte> Target(TargetFile target)
    {
        int cut = target.Path.LastIndexOf('/') + 1;
        string folder = target.Path[..cut], name = target.Path[cut..];
        IEnumerable<string> hashed = target.Hashes.Known.Values.Select(hash => $"targets/{folder}{hash.Hex}.{name}");
        if (First([.. hashed, "targets/" + target.Path], (int)target.Length) is not { } content)
        {
            throw new MalformedException(TufReasons.MissingFile, $"target {target.Path} is not in the bundle");
        }

        if (content.Length != target.Length)
        {
            throw new MalformedException(TufReasons.HashMismatch, $"target {target.Path}: {content.Length} bytes, wanted {target.Length}");
        }

        target.Hashes.Require($"target {target.Path}", content.Span);
        return content;
    }

    private ReadOnlyMemory<byte>? First(IEnumerable<string> names, int limit)
    {
        foreach (string name in names)
        {
            if (_names.Contains(_prefix + name))
            {
                return _files.Read(_prefix + name, limit);
            }
        }

        return null;
    }

    private IEnumerable<long> NumberedRoots()
    {
        foreach (string name in _names)
        {
            string file = name[(name.LastIndexOf('/') + 1)..];
            string digits = file.EndsWith(".root.json", StringComparison.Ordinal) ? file[..^".root.json".Length] : "";
            if (digits.Length <= 9 && DecimalText.Digits(digits) is { } number)
            {
                yield return number;
            }
        }
    }

    private static string Prefix(ImmutableArray<string> names)
    {
        if (names.IsEmpty || names.Any(name => name.StartsWith("metadata/", StringComparison.Ordinal) || !name.Contains('/', StringComparison.Ordinal)))
        {
            return "";
        }

        string first = names[0][..(names[0].IndexOf('/', StringComparison.Ordinal) + 1)];
        return names.All(name => name.StartsWith(first, StringComparison.Ordinal)) ? first : "";
    }
}

using System.Collections.Immutable;

namespace OfflineKit.Host.Batches;

/// <summary>A file, and the files beside it that are called as its signatures: each of these is a file like any other until it was used as one.</summary>
/// <param name="Path">The file.</param>
internal sealed record FileFamily(string Path)
{
    /// <summary>The files that are read as its signatures.</summary>
    public ImmutableArray<string> Signatures { get; init; } = [];

    /// <summary>Those of them that are told with this file and no other, with what lies beside them.</summary>
    public ImmutableArray<FileFamily> Beside { get; init; } = [];

    /// <summary>Every one of <paramref name="files"/> in one family: none is left out, and none is in two.</summary>
    /// <param name="files">Files of one folder, in the order in which they are told.</param>
    /// <param name="signaturesOf">What is read as the signatures of a file.</param>
    /// <param name="standsAlone">The user named the file: it is told by itself.</param>
    public static ImmutableArray<FileFamily> Of(ImmutableArray<string> files, Func<string, ImmutableArray<string>> signaturesOf, Func<string, bool> standsAlone)
    {
        Dictionary<string, ImmutableArray<string>> found = files.ToDictionary(file => file, signaturesOf, StringComparer.Ordinal);
        Dictionary<string, string> owners = new(StringComparer.Ordinal);
        foreach (string file in files)
        {
            foreach (string signature in found[file].Where(signature => found.ContainsKey(signature) && !standsAlone(signature) && !IsWithin(file, signature, owners)))
            {
                owners.TryAdd(signature, file);
            }
        }

        ILookup<string, string> owned = files.Where(owners.ContainsKey).ToLookup(file => owners[file], StringComparer.Ordinal);
        return [.. files.Where(file => !owners.ContainsKey(file)).Select(file => Family(file, found, owned))];
    }

    // A file can be called by the digest of another one that is called after it: a circle has a first member.
    private static bool IsWithin(string file, string signature, Dictionary<string, string> owners)
    {
        for (string? at = file; at is not null; at = owners.GetValueOrDefault(at))
        {
            if (at == signature)
            {
                return true;
            }
        }

        return false;
    }

    private static FileFamily Family(string file, Dictionary<string, ImmutableArray<string>> found, ILookup<string, string> owned) =>
        new(file) { Signatures = found[file], Beside = [.. owned[file].Select(signature => Family(signature, found, owned))] };
}

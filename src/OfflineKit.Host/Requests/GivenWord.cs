using OfflineKit.Encoding;

namespace OfflineKit.Host.Requests;

/// <summary>One word of a parameter, with what it names already read.</summary>
/// <param name="Text">The word.</param>
internal sealed record GivenWord(string Text)
{
    /// <summary>The file that it names; null where it names none.</summary>
    public NamedFile? File { get; init; }

    /// <summary>The id that stands before a key's file; null: none is given.</summary>
    public string? KeyId { get; init; }

    /// <summary>It stands for a file of a folder of keys, which none of them must be.</summary>
    public bool IsOfFolder { get; init; }

    /// <summary>The trust store that it names; null where it names none.</summary>
    public NamedStore? Store { get; init; }

    /// <summary>What it counts for in <see cref="RequestDigest"/>.</summary>
    public string Counted => (File, Store) switch
    {
        ({ } file, _) => Netstring.List(IsOfFolder ? "file of a folder" : "file", KeyId, file.Name, file.Digest),
        (_, { } store) => Netstring.List("store", store.Digest),
        _ => Netstring.List("text", Text),
    };
}

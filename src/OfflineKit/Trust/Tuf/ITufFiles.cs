using System.Collections.Immutable;

namespace OfflineKit.Trust.Tuf;

/// <summary>The files of a TUF repository, wherever they lie: a folder or an archive.</summary>
internal interface ITufFiles
{
    /// <summary>Every file, relative to the repository's root, with <c>/</c> between folders; ordinal order.</summary>
    ImmutableArray<string> Names { get; }

    /// <summary>The content of the file called <paramref name="name"/>, or null when there is none.</summary>
    /// <exception cref="Encoding.MalformedException">It is larger than <paramref name="limit"/> (<c>tuf.too-large</c>).</exception>
    ReadOnlyMemory<byte>? Read(string name, int limit);
}

using OfflineKit.Crypto;

namespace OfflineKit.Host.Requests;

/// <summary>A file that a question names, as it was when the question was asked.</summary>
/// <param name="Path">What it was called.</param>
/// <param name="Content">What it held.</param>
/// <param name="Origin">Who named it, for reports: <c>--key release.pub</c>.</param>
internal sealed record NamedFile(string Path, ReadOnlyMemory<byte> Content, string Origin)
{
    /// <summary>Its name without the folder: what policies call a key by.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>SHA-256 of what it held, in hex.</summary>
    public string Digest => Crypto.Digest.Sha256(Content.Span).Hex;
}

/// <summary>A key that a question names.</summary>
/// <param name="File">The public key file.</param>
/// <param name="Id">The id by which signatures call it; null: the ids in the file itself, empty: none.</param>
internal sealed record NamedKey(NamedFile File, string? Id)
{
    /// <summary>It is a file of a folder of keys: what it says against keys counts where nothing in it can be used.</summary>
    public bool IsOfFolder { get; init; }
}

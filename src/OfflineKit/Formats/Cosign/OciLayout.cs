using System.Collections.Immutable;
using OfflineKit.Archives;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.FileSystem;

namespace OfflineKit.Formats.Cosign;

/// <summary>An OCI image layout, from a folder or a tar archive: its index and every blob, each with the digest that its name says.</summary>
/// <remarks>
/// Every blob is read and hashed once, in flat memory; the content of small ones (manifests, signatures) is kept.
/// Source: OCI image specification 1.1, image-layout.md; docs/spec/oci-image.md §1.
/// </remarks>
internal sealed class OciLayout
{
    private const string Index = "index.json", Marker = "oci-layout", BlobFolder = "blobs/sha256/";
    private const long KeptEach = 4 * 1024 * 1024, KeptTogether = 64 * 1024 * 1024;
    private static readonly ArchiveLimits TarLimits = new(Entries: 65536, EntrySize: 1L << 36, TotalSize: 1L << 40, Ratio: 1000);

    private readonly Dictionary<string, (long Size, byte[]? Content)> _blobs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> _documents = new(StringComparer.Ordinal);
    private long _kept;

    private OciLayout()
    {
    }

    /// <summary>Files of which a layout could not say what they are.</summary>
    public int OtherFiles { get; private set; }

    /// <summary>The layout in the folder <paramref name="path"/>.</summary>
    /// <exception cref="MalformedException">Reasons <c>oci.*</c>.</exception>
    public static OciLayout FromFolder(string path)
    {
        OciLayout layout = new();
        foreach (string name in (ReadOnlySpan<string>)[Marker, Index])
        {
            string file = Path.Combine(path, name);
            if (FileStatus.Of(file) != FileType.Absent)
            {
                layout.TakeFile(file, name);
            }
        }

        string blobs = Path.Combine(path, "blobs", "sha256");
        foreach (string file in FileStatus.Of(blobs) == FileType.Folder ? Folder.Files(blobs) : [])
        {
            layout.TakeFile(file, BlobFolder + Path.GetFileName(file));
        }

        return layout.Checked();
    }

    /// <summary>The layout in the tar archive <paramref name="stream"/>, which can seek and may be compressed.</summary>
    /// <exception cref="MalformedException">Reasons <c>oci.*</c> and <c>archive.*</c>.</exception>
    public static OciLayout FromTar(Stream stream)
    {
        OciLayout layout = new();
        return Decompression.Read(stream, TarLimits, tar =>
        {
            while (tar.Next() is { } entry)
            {
                layout.Take(entry.Name, entry.Size, tar.Read);
            }

            return layout.Checked();
        });
    }

    /// <summary>The index, which is the layout's only entrance.</summary>
    internal JsonValue ReadIndex() => Document(_documents[Index], Index);

    /// <summary>A blob with this digest is there.</summary>
    public bool Holds(Digest digest) => _blobs.ContainsKey(digest.Hex);

    /// <summary>The content of the blob <paramref name="digest"/>, of which nobody says a size; null when the layout does not hold it.</summary>
    /// <exception cref="MalformedException">It is too large to be looked into.</exception>
    internal byte[]? Content(Digest digest) => _blobs.TryGetValue(digest.Hex, out (long Size, byte[]? Content) blob)
        ? blob.Content ?? throw new MalformedException(Reasons.InputTooLarge, $"{digest} has {blob.Size} bytes, limit {KeptEach}")
        : null;

    /// <summary>The content of a blob, or null when the layout does not hold it.</summary>
    /// <exception cref="MalformedException">It has another size than <paramref name="descriptor"/> says, or is too large to be looked into.</exception>
    internal byte[]? Read(OciDescriptor descriptor)
    {
        if (!_blobs.TryGetValue(descriptor.Digest.Hex, out (long Size, byte[]? Content) blob))
        {
            return null;
        }

        RequireSize(descriptor);
        return blob.Content ?? throw new MalformedException(Reasons.InputTooLarge, $"{descriptor.Digest} has {blob.Size} bytes, limit {KeptEach}");
    }

    /// <summary>Refuses a blob that is there and has another size than <paramref name="descriptor"/> says.</summary>
    internal void RequireSize(OciDescriptor descriptor)
    {
        if (_blobs.TryGetValue(descriptor.Digest.Hex, out (long Size, byte[]? Content) blob) && blob.Size != descriptor.Size)
        {
            throw new MalformedException(ImageReasons.BlobMismatch, $"{descriptor.Digest} has {blob.Size} bytes, its descriptor says {descriptor.Size}");
        }
    }

    /// <summary>The JSON document in <paramref name="content"/>.</summary>
    internal static JsonValue Document(byte[] content, string what)
    {
        Result<JsonValue> json = Result.Parse(ImageReasons.MalformedLayout, () => StrictJson.ParseObject(content, what));
        return json.Value ?? throw new MalformedException(ImageReasons.MalformedLayout, json.Finding!.Detail);
    }

    private delegate int ReadBlock(Span<byte> buffer);

    // A pipe would wait for a writer for ever. Links are followed: what they lead to is hashed.
    private void TakeFile(string path, string name)
    {
        if (PlainFile.IsSpecial(path))
        {
            throw new MalformedException(ImageReasons.MalformedLayout, $"{name} is a pipe, a socket or a device");
        }

        using FileStream stream = File.OpenRead(path);
        Take(name, stream.Length, stream.Read);
    }

    private void Take(string name, long size, ReadBlock read)
    {
        if (name is Index or Marker)
        {
            _documents[name] = size <= KeptEach
                ? Stream(read, size, hasher: null).ToArray()
                : throw new MalformedException(Reasons.InputTooLarge, $"{name} has {size} bytes, limit {KeptEach}");
        }
        else if (name.StartsWith(BlobFolder, StringComparison.Ordinal))
        {
            TakeBlob(name[BlobFolder.Length..], size, read);
        }
        else
        {
            OtherFiles++;
        }
    }

    private void TakeBlob(string hex, long size, ReadBlock read)
    {
        using Hasher hasher = Hasher.For(DigestAlgorithm.Sha256);
        bool isKept = size <= KeptEach && _kept + size <= KeptTogether;
        using MemoryStream content = Stream(read, isKept ? size : 0, hasher);
        Digest digest = hasher.Finish();
        if (!string.Equals(digest.Hex, hex, StringComparison.Ordinal) || (isKept && content.Length != size))
        {
            throw new MalformedException(ImageReasons.BlobMismatch, $"the blob named {hex} has digest {digest}");
        }

        _kept += isKept ? size : 0;
        _blobs[hex] = (size, isKept ? content.ToArray() : null);
    }

    // A file that grows while it is read is kept to one byte over the size that was announced, which tells it.
    private static MemoryStream Stream(ReadBlock read, long announced, Hasher? hasher)
    {
        MemoryStream content = new();
        byte[] block = new byte[Limits.ReadBlock];
        for (int count = read(block); count > 0; count = read(block))
        {
            hasher?.Append(block.AsSpan(0, count));
            content.Write(block, 0, (int)Math.Min(count, announced + 1 - content.Length));
        }

        return content;
    }

    private OciLayout Checked()
    {
        if (!_documents.TryGetValue(Marker, out byte[]? marker) || !_documents.ContainsKey(Index))
        {
            throw new MalformedException(ImageReasons.MalformedLayout, $"no {(marker is null ? Marker : Index)} at the top");
        }

        string version = Document(marker, Marker).OptionalNotNull("imageLayoutVersion")?.Text ?? "";
        return version == "1.0.0" ? this : throw new MalformedException(ImageReasons.MalformedLayout, $"imageLayoutVersion \"{version}\", wanted 1.0.0");
    }
}

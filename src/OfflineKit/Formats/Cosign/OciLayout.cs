using System.Collections.Immutable;
using OfflineKit.Archives;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.FileSystem;

namespace OfflineKit.Formats.Cosign;

/// <summary>An OCI image layout, from a folder or a tar archive: its index and every blob, each with the digest that its name says.</summary>
/// <remarks>
/// Every blob is read and hashed once, in flat memory; the content of manifests, signatures and attestations is kept (<see cref="KeptBlobs"/>).
/// Source: OCI image specification 1.1, image-layout.md; docs/spec/oci-image.md §1.
/// </remarks>
internal sealed class OciLayout
{
    private const string Index = "index.json", Marker = "oci-layout", BlobFolder = "blobs/sha256/";
    private const long DocumentSize = 4 * 1024 * 1024;
    private static readonly ArchiveLimits TarLimits = new(Entries: 65536, EntrySize: 1L << 36, TotalSize: 1L << 40, Ratio: 1000);

    private readonly Dictionary<string, (long Size, byte[]? Content)> _blobs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> _documents = new(StringComparer.Ordinal);
    private readonly List<string> _others = [];
    private readonly KeptBlobs _kept = new();

    private OciLayout()
    {
    }

    /// <summary>The files by which Docker goes where they are.</summary>
    public const string DockerManifest = "manifest.json", DockerRepositories = "repositories";

    /// <summary>The files by which programs that load a layout go, and its mark.</summary>
    public static ImmutableArray<string> Entrances { get; } = [Marker, Index, DockerManifest, DockerRepositories];

    /// <summary>Files of which a layout could not say what they are, relative to it.</summary>
    public IReadOnlyList<string> OtherFiles => _others;

    /// <summary>The layout in the folder <paramref name="path"/>.</summary>
    /// <exception cref="MalformedException">Reasons <c>oci.*</c>.</exception>
    public static OciLayout FromFolder(string path)
    {
        OciLayout layout = new();
        foreach (string name in Entrances)
        {
            string file = Path.Combine(path, name);
            if (FileStatus.IsFile(file))
            {
                layout.TakeFile(file, name);
            }
        }

        string blobs = Path.Combine(path, "blobs", "sha256");
        foreach (string file in FileStatus.Of(blobs) == FileType.Folder ? Folder.Files(blobs) : [])
        {
            layout.TakeFile(file, BlobFolder + Path.GetFileName(file));
        }

        layout._others.AddRange(Folder.FilesBelow(path).Except(layout.Files, StringComparer.Ordinal));
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

    /// <summary>The index, which is the layout's entrance by its specification.</summary>
    internal JsonValue ReadIndex() => Document(_documents[Index], Index);

    /// <summary>One of the files <see cref="Entrances"/>, or null when the layout does not hold it.</summary>
    /// <exception cref="MalformedException">It is no JSON.</exception>
    internal JsonValue? Entrance(string name) => _documents.TryGetValue(name, out byte[]? content) ? StrictJson.Parse(content, name) : null;

    /// <summary>The document that <paramref name="descriptor"/> names, or null when the layout does not hold it.</summary>
    /// <exception cref="MalformedException">It is none.</exception>
    internal JsonValue? Document(OciDescriptor descriptor) => Read(descriptor) is { } content ? Document(content, $"manifest {descriptor.Digest.Hex}") : null;

    /// <summary>The blob <paramref name="digest"/> is JSON or not there: nothing in it can be unpacked.</summary>
    internal bool IsJson(Digest digest) => !_blobs.TryGetValue(digest.Hex, out (long Size, byte[]? Content) blob)
        || (blob.Content is { } content && Result.Parse(ImageReasons.MalformedLayout, () => StrictJson.Parse(content, digest.Hex)).Finding is null);

    /// <summary>The files of the layout, relative to it, but for <see cref="OtherFiles"/>.</summary>
    public IEnumerable<string> Files => _blobs.Keys.Select(hex => BlobFolder + hex).Concat(_documents.Keys);

    /// <summary>A blob with this digest is there.</summary>
    public bool Holds(Digest digest) => _blobs.ContainsKey(digest.Hex);

    /// <summary>The content of the blob <paramref name="digest"/>, of which nobody says a size; null when the layout does not hold it.</summary>
    /// <exception cref="MalformedException">It is too large to be looked into.</exception>
    internal byte[]? Content(Digest digest) => _blobs.TryGetValue(digest.Hex, out (long Size, byte[]? Content) blob)
        ? blob.Content ?? throw new MalformedException(Reasons.InputTooLarge, $"{digest} has {blob.Size} bytes, which was too much to be kept")
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
        return blob.Content ?? throw new MalformedException(Reasons.InputTooLarge, $"{descriptor.Digest} has {blob.Size} bytes, which was too much to be kept");
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
        JsonValue document = json.Value ?? throw new MalformedException(ImageReasons.MalformedLayout, json.Finding!.Detail);
        OciSpelling.Require(document);
        return document;
    }

    private delegate int ReadBlock(Span<byte> buffer);

    // A pipe would wait for a writer for ever. Links are followed: what they lead to is hashed.
    private void TakeFile(string path, string name)
    {
        if (PlainFile.IsSpecial(path))
        {
            throw new MalformedException(ImageReasons.MalformedLayout, $"{name} is a pipe, a socket or a device");
        }

        using FileStream stream = PlainFile.OpenToRead(path);
        Take(name, stream.Length, stream.Read);
    }

    private void Take(string name, long size, ReadBlock read)
    {
        if (Entrances.Contains(name, StringComparer.Ordinal))
        {
            _documents[name] = size <= DocumentSize
                ? Whole(read, name, size)
                : throw new MalformedException(Reasons.InputTooLarge, $"{name} has {size} bytes, limit {DocumentSize}");
        }
        else if (name.StartsWith(BlobFolder, StringComparison.Ordinal))
        {
            TakeBlob(name[BlobFolder.Length..], size, read);
        }
        else
        {
            _others.Add(name);
        }
    }

    // A file that grows while it is read is told by its digest; of what is kept no byte more than its announced size.
    private void TakeBlob(string hex, long size, ReadBlock read)
    {
        using Hasher hasher = Hasher.For(DigestAlgorithm.Sha256);
        byte[]? content = null;
        byte[] block = new byte[Limits.ReadBlock];
        long seen = 0;
        for (int count = read(block); count > 0; count = read(block))
        {
            hasher.Append(block.AsSpan(0, count));
            content = seen == 0 ? _kept.RoomFor(size, block.AsSpan(0, count)) : content;
            content = content is not null && seen + count <= content.Length ? content : null;
            block.AsSpan(0, content is null ? 0 : count).CopyTo(content.AsSpan((int)(content is null ? 0 : seen)));
            seen += count;
        }

        Digest digest = hasher.Finish();
        if (!string.Equals(digest.Hex, hex, StringComparison.Ordinal) || seen != size)
        {
            throw new MalformedException(ImageReasons.BlobMismatch, $"the blob named {hex} has digest {digest} and {seen} bytes");
        }

        _blobs[hex] = (size, size == 0 ? [] : content);
    }

    private static byte[] Whole(ReadBlock read, string name, long size)
    {
        byte[] content = new byte[size + 1];
        int seen = 0;
        for (int count = read(content); count > 0; count = read(content.AsSpan(seen)))
        {
            seen += count;
        }

        return seen == size ? content[..seen] : throw new MalformedException(ImageReasons.MalformedLayout, $"{name} has {seen} bytes, wanted {size}");
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

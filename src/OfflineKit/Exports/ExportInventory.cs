using System.Collections.Immutable;
using OfflineKit.Crypto;

namespace OfflineKit.Exports;

/// <summary>Everything that is in an export after one streaming pass: names, sizes, digests, and the bytes of control files alone.</summary>
/// <remarks>Nothing is unpacked to disk, and no other content is kept: memory grows with the number of files, not with their size.</remarks>
internal sealed class ExportInventory
{
    private readonly Dictionary<string, ExportFile> _files;
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _controls;
    private readonly Dictionary<string, Encoding.Result<ExportInventory>> _nested;

    internal ExportInventory(string name, ExportContainer container, IReadOnlyCollection<InventoryEntry> entries)
    {
        Name = name;
        Container = container;
        _files = new Dictionary<string, ExportFile>(entries.Count, StringComparer.Ordinal);
        _controls = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        _nested = new Dictionary<string, Encoding.Result<ExportInventory>>(StringComparer.Ordinal);
        foreach (InventoryEntry entry in entries)
        {
            _files.Add(entry.File.Path, entry.File);
            if (entry.Content is { } content)
            {
                _controls.Add(entry.File.Path, content);
            }

            if (entry.Nested is { } nested)
            {
                _nested.Add(entry.File.Path, nested);
            }
        }
    }

    /// <summary>What the caller calls the export.</summary>
    public string Name { get; }

    /// <summary>What it lies in.</summary>
    public ExportContainer Container { get; }

    /// <summary>SHA-256 of the archive file itself; null for a folder.</summary>
    public Digest? ArchiveDigest { get; private set; }

    /// <summary>The one folder around everything, with its final <c>/</c>; empty when the files lie at the top.</summary>
    public string WrappedIn { get; private init; } = "";

    /// <summary>What the reader of a report should know of the archive; empty: nothing.</summary>
    public string Note { get; init; } = "";

    /// <summary>This inventory, of the archive file with <paramref name="digest"/>.</summary>
    internal ExportInventory Of(Digest digest)
    {
        ArchiveDigest = digest;
        return this;
    }

    /// <summary>How many files there are.</summary>
    public int Count => _files.Count;

    /// <summary>Every file, in no order.</summary>
    public IReadOnlyCollection<ExportFile> Files => _files.Values;

    /// <summary>Bytes of all files together.</summary>
    public long TotalSize => _files.Values.Sum(file => file.Size);

    /// <summary>The file at <paramref name="path"/>, or null.</summary>
    public ExportFile? Find(string path) => _files.GetValueOrDefault(path);

    /// <summary>The bytes of the control file at <paramref name="path"/>, or null.</summary>
    /// <remarks>Not `: null`: a null array would become empty content instead of none.</remarks>
    public ReadOnlyMemory<byte>? Control(string path) => _controls.TryGetValue(path, out ReadOnlyMemory<byte> content) ? content : default(ReadOnlyMemory<byte>?);

    /// <summary>The paths of control files, in ordinal order.</summary>
    public ImmutableArray<string> ControlPaths => [.. _controls.Keys.Order(StringComparer.Ordinal)];

    /// <summary>What the archive at <paramref name="path"/> inside this export holds, or why it is refused; default when it was not looked into.</summary>
    public Encoding.Result<ExportInventory> Nested(string path) => _nested.GetValueOrDefault(path);

    /// <summary>The same export seen from inside the one folder that is around everything; null when there is no such folder.</summary>
    public ExportInventory? Unwrapped()
    {
        string first = _files.Keys.FirstOrDefault() ?? "";
        string folder = first[..(first.IndexOf('/', StringComparison.Ordinal) + 1)];
        if (folder.Length == 0 || !_files.Keys.All(path => path.StartsWith(folder, StringComparison.Ordinal)))
        {
            return null;
        }

        IEnumerable<InventoryEntry> inside = _files.Values.Select(file => new InventoryEntry(
            file with { Path = file.Path[folder.Length..] }, Control(file.Path), _nested.TryGetValue(file.Path, out Encoding.Result<ExportInventory> nested) ? nested : null));
        return new ExportInventory(Name, Container, [.. inside]) { ArchiveDigest = ArchiveDigest, WrappedIn = folder, Note = Note };
    }
}

/// <summary>One file on its way into an inventory.</summary>
internal sealed record InventoryEntry(ExportFile File, ReadOnlyMemory<byte>? Content, Encoding.Result<ExportInventory>? Nested);

using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Exports;
using OfflineKit.Files;

namespace OfflineKit.Signing.Exports;

/// <summary>Where a kit goes, as an archive or a folder: built beside its place, judged, then put there.</summary>
internal sealed class KitOutput : IDisposable
{
    private static readonly OutputKind Archive = new("kit", IsKitArchive);
    private readonly Replacing _replacing;
    private readonly FileTransaction _change = new();
    private readonly OutputFile _file;
    private FolderDraft? _folder;

    /// <summary>The place of <paramref name="order"/>'s kit, which is looked at and left alone.</summary>
    /// <exception cref="OutputException">It is taken by what must not be replaced.</exception>
    public KitOutput(KitOrder order, Replacing replacing)
    {
        (Order, _replacing) = (order, replacing);
        _file = new OutputFile(order.Output, Archive, replacing);
        if (!order.IsFolder)
        {
            _file.RefuseIfTaken();
        }
        else
        {
            FolderDraft.RefuseIfTaken(order.Output, Kind, IsKitFolder);
        }
    }

    /// <summary>What is packed.</summary>
    public KitOrder Order { get; }

    /// <summary>Where the kit lies until it is accepted.</summary>
    public string Draft => _folder?.Path ?? _change.DraftOf(_file);

    private string? Kind => _replacing == Replacing.Nothing ? null : "kit";

    /// <summary>Writes the draft.</summary>
    /// <exception cref="OutputException">The system refuses; nothing is left.</exception>
    public void Write(KitPacker kit)
    {
        if (Order.IsFolder)
        {
            _folder = new FolderDraft(Order.Output, Kind, IsKitFolder);
            kit.WriteFolder(_folder.Path);
        }
        else
        {
            _change.Write(_file, Order.Output.EndsWith(".tar", StringComparison.Ordinal) ? kit.WriteTar : kit.WriteTarZst);
        }
    }

    /// <summary>Puts the kit in its place.</summary>
    /// <exception cref="OutputException">The place was taken meanwhile; what is there is there.</exception>
    public void Commit()
    {
        if (_folder is not null)
        {
            _folder.Commit();
        }
        else
        {
            _change.Commit();
        }
    }

    /// <summary>Takes back what was not committed.</summary>
    public void Dispose()
    {
        _folder?.Dispose();
        _change.Dispose();
    }

    private static bool IsKitFolder(string folder) => IsKit(ExportSource.Folder(folder, Environment.ProcessorCount));

    private static bool IsKitArchive(Stream archive) => IsKit(ExportSource.Archive("kit", archive));

    // A kit and nothing else: every file is on its list as it is there, or belongs to every kit. Somebody's note, and somebody's change, are not made again.
    private static bool IsKit(Result<ExportInventory> inventory)
    {
        if (inventory.Value is not { } there || there.Control(KitFormat.List) is not { } list)
        {
            return false;
        }

        Result<Dictionary<string, string>> listed = Result.Parse(Reasons.MalformedSignature, () => StrictJson.ParseObject(list, KitFormat.List).Array("files")
            .ToDictionary(file => file.String("path"), file => file.String("sha256"), StringComparer.Ordinal));
        return listed.Value is { } files && there.Files.All(file => KitContent.IsControl(file.Path) || files.GetValueOrDefault(file.Path) == file.Sha256.Hex);
    }
}

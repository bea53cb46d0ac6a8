using System.Security.Cryptography;

namespace OfflineKit.Files;

/// <summary>A folder that comes to be as a whole: built beside its place, accepted by the caller, then put in place by one rename.</summary>
public sealed class FolderDraft : IDisposable
{
    private readonly string _path, _place, _aside;
    private readonly string? _kind;
    private readonly Func<string, bool> _recognises;

    /// <summary>A draft of the folder <paramref name="path"/>.</summary>
    /// <param name="path">The path as the user gave it.</param>
    /// <param name="kind">What an earlier folder of this kind is called, where one may be replaced (<c>--force</c>); null where nothing may.</param>
    /// <param name="recognises">Whether a folder is of this kind and holds nothing else.</param>
    /// <exception cref="OutputException">The place is taken, or there is no such folder to stand in.</exception>
    public FolderDraft(string path, string? kind, Func<string, bool> recognises)
    {
        (_path, _kind, _recognises) = (path, kind, recognises);
        _place = PhysicalPath.Of(path);
        string parent = System.IO.Path.GetDirectoryName(_place) ?? throw new OutputException(OutputRefusal.Failed, $"{path} names no folder");
        if (!Directory.Exists(parent))
        {
            throw new OutputException(OutputRefusal.Failed, $"{path}: the directory {parent} does not exist");
        }

        RefuseIfTaken(path, kind, recognises);
        _aside = System.IO.Path.Join(parent, $".{System.IO.Path.GetFileName(_place)}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}.tmp");
        Directory.CreateDirectory(_aside);
    }

    /// <summary>Where the folder is built.</summary>
    public string Path => _aside;

    /// <summary>Puts the folder in its place; what was replaced goes afterwards.</summary>
    /// <exception cref="OutputException">The place was taken meanwhile, or the system refuses.</exception>
    public void Commit()
    {
        RefuseIfTaken(_path, _kind, _recognises);
        string old = _aside + ".old";
        try
        {
            bool replaces = Directory.Exists(_place);
            if (replaces)
            {
                Directory.Move(_place, old);
            }

            try
            {
                Directory.Move(_aside, _place);
            }
            catch (IOException) when (replaces)
            {
                Directory.Move(old, _place);
                throw;
            }

            if (replaces)
            {
                Directory.Delete(old, recursive: true);
            }

            new Disk().Flush(System.IO.Path.GetDirectoryName(_place)!);
        }
        catch (Exception fault) when (FileFacts.IsOfSystem(fault))
        {
            throw new OutputException(OutputRefusal.Failed, $"{_path}: {fault.Message}", fault);
        }
    }

    /// <summary>Takes back what was not committed.</summary>
    public void Dispose()
    {
        if (Directory.Exists(_aside))
        {
            Directory.Delete(_aside, recursive: true);
        }
    }

    /// <summary>Refuses the place of a folder when it is taken by what must not be replaced. Nothing is written.</summary>
    /// <param name="path">The path as the user gave it.</param>
    /// <param name="kind">What an earlier folder of this kind is called, where one may be replaced; null where nothing may.</param>
    /// <param name="recognises">Whether a folder is of this kind and holds nothing else.</param>
    /// <exception cref="OutputException">It is taken.</exception>
    public static void RefuseIfTaken(string path, string? kind, Func<string, bool> recognises)
    {
        string place = PhysicalPath.Of(path);
        if (!System.IO.Path.Exists(place))
        {
            return;
        }

        if (kind is null)
        {
            throw new OutputException(OutputRefusal.Exists, $"{path} exists");
        }

        if (!Directory.Exists(place) || (Directory.EnumerateFileSystemEntries(place).Any() && !recognises(place)))
        {
            throw new OutputException(OutputRefusal.Foreign, $"{path} exists and is no {kind}, or holds other files too: it is not replaced");
        }
    }
}

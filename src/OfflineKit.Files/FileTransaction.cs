using System.Security.Cryptography;

namespace OfflineKit.Files;

/// <summary>Files that come to be together: written aside as drafts, accepted by the caller, then put in place in their order. Until <see cref="Commit"/> nothing is where anybody looks.</summary>
/// <remarks>
/// A draft lies beside its place under a name that begins with a dot. Without a commit, and whatever fails in one, every draft and folder goes and
/// every place is as it was. This is the one way in which both programs write files.
/// </remarks>
public sealed class FileTransaction(Disk disk) : IDisposable
{
    private readonly List<Draft> _drafts = [];
    private readonly List<string> _folders = [], _removals = [];
    private bool _isCommitted;

    /// <summary>A transaction on the disk itself.</summary>
    public FileTransaction() : this(new Disk())
    {
    }

    /// <summary>Drafts <paramref name="content"/> for <paramref name="file"/>.</summary>
    /// <param name="file">Where it shall be.</param>
    /// <param name="content">All of it.</param>
    /// <param name="mode">The mode of the file; null keeps that of the file it replaces, or leaves it to the umask.</param>
    /// <exception cref="OutputException">The place is taken, another draft goes there, or the system refuses.</exception>
    public void Write(OutputFile file, ReadOnlySpan<byte> content, UnixFileMode? mode = null)
    {
        Draft draft = Drafted(file, mode);
        try
        {
            disk.Write(draft.Aside, content, draft.Mode);
        }
        catch (Exception fault) when (FileFacts.IsOfSystem(fault))
        {
            throw Failed(file, fault);
        }
    }

    /// <summary>Drafts <paramref name="file"/> piece by piece: whatever <paramref name="write"/> writes.</summary>
    /// <exception cref="OutputException">The place is taken, another draft goes there, or the system refuses.</exception>
    public void Write(OutputFile file, Action<Stream> write)
    {
        Draft draft = Drafted(file, mode: null);
        try
        {
            using FileStream stream = new(draft.Aside, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            write(stream);
            stream.Flush(flushToDisk: true);
        }
        catch (Exception fault) when (FileFacts.IsOfSystem(fault))
        {
            throw Failed(file, fault);
        }
    }

    /// <summary>Where the draft of <paramref name="file"/> lies, for whoever judges it before it is accepted.</summary>
    public string DraftOf(OutputFile file) => _drafts.First(draft => draft.File == file).Aside;

    /// <summary>Makes <paramref name="folder"/>, which goes again without a commit.</summary>
    public void MakeFolder(string folder)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        if (Path.GetDirectoryName(folder) is { Length: > 0 } parent)
        {
            MakeFolder(parent);
        }

        _folders.Add(folder);
        try
        {
            disk.MakeFolder(folder);
        }
        catch (Exception fault) when (FileFacts.IsOfSystem(fault))
        {
            throw new OutputException(OutputRefusal.Failed, $"{folder}: {fault.Message}", fault);
        }
    }

    /// <summary>Deletes <paramref name="path"/>, a file or a folder, once everything is in place.</summary>
    public void RemoveAfterwards(string path) => _removals.Add(path);

    /// <summary>Puts every draft in place, in the order in which they were written.</summary>
    /// <exception cref="OutputException">A place was taken meanwhile, or the system refuses; what was there is there.</exception>
    public void Commit()
    {
        List<(Draft Draft, byte[]? Before)> placed = [];
        try
        {
            foreach (Draft draft in _drafts)
            {
                draft.File.RefuseIfTaken();
                placed.Add((draft, Before(draft)));
                Put(draft);
            }

            foreach (string folder in _drafts.Select(draft => draft.Folder).Distinct(StringComparer.Ordinal))
            {
                disk.Flush(folder);
            }

            _isCommitted = true;
            _removals.Where(Path.Exists).ToList().ForEach(disk.Remove);
        }
        catch (Exception fault) when ((FileFacts.IsOfSystem(fault) || fault is OutputException) && !_isCommitted)
        {
            placed.Reverse();
            placed.ForEach(Undo);
            throw fault as OutputException ?? Failed(_drafts[Math.Min(placed.Count, _drafts.Count) - 1].File, fault);
        }
    }

    /// <summary>Takes back what was not committed.</summary>
    public void Dispose()
    {
        _drafts.Select(draft => draft.Aside).Where(File.Exists).ToList().ForEach(File.Delete);
        if (_isCommitted)
        {
            return;
        }

        foreach (string folder in Enumerable.Reverse(_folders).Where(folder => Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any()))
        {
            Directory.Delete(folder);
        }
    }

    private Draft Drafted(OutputFile file, UnixFileMode? mode)
    {
        file.RefuseIfTaken();
        string place = file.Place;
        if (_drafts.Find(other => string.Equals(other.Place, place, StringComparison.Ordinal)) is { } same)
        {
            throw new OutputException(OutputRefusal.Exists, $"{same.File.Path} and {file.Path} are one file");
        }

        UnixFileMode? kept = mode ?? (!OperatingSystem.IsWindows() && File.Exists(place) ? File.GetUnixFileMode(place) : null);
        Draft draft = new(file, place, Path.Join(Path.GetDirectoryName(place), $".{Path.GetFileName(place)}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}.tmp"), kept);
        _drafts.Add(draft);
        return draft;
    }

    private void Put(Draft draft)
    {
        if (draft.File.Replacing == Replacing.Nothing)
        {
            try
            {
                disk.Name(draft.Aside, draft.Place);
            }
            catch (IOException fault) when (Path.Exists(draft.Place))
            {
                throw new OutputException(OutputRefusal.Exists, $"{draft.File.Path} exists", fault);
            }
        }
        else
        {
            disk.Replace(draft.Aside, draft.Place);
        }
    }

    // Only where a later file could still fail is there anything to bring back; such files are small.
    private byte[]? Before(Draft draft) => draft != _drafts[^1] && File.Exists(draft.Place) ? File.ReadAllBytes(draft.Place) : null;

    private void Undo((Draft Draft, byte[]? Before) placed)
    {
        bool isPlaced = !File.Exists(placed.Draft.Aside) && File.Exists(placed.Draft.Place);
        if (isPlaced && placed.Before is { } content)
        {
            disk.Write(placed.Draft.Aside, content, placed.Draft.Mode);
            disk.Replace(placed.Draft.Aside, placed.Draft.Place);
        }
        else if (isPlaced && placed.Draft.File.Replacing == Replacing.Nothing)
        {
            File.Delete(placed.Draft.Place);
        }
    }

    private static OutputException Failed(OutputFile file, Exception fault) => new(OutputRefusal.Failed, $"{file.Path}: {fault.Message}", fault);

    private sealed record Draft(OutputFile File, string Place, string Aside, UnixFileMode? Mode)
    {
        public string Folder => System.IO.Path.GetDirectoryName(Place)!;
    }
}

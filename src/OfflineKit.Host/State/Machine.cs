using OfflineKit.Encoding;
using OfflineKit.FileSystem;
using OfflineKit.Host.Requests;
using OfflineKit.Policy;
using OfflineKit.Trust;

namespace OfflineKit.Host.State;

/// <summary>The folder in which the administrator of a machine decides for everybody on it: <c>policy</c>, which binds every question, and <c>trust</c>, trust that was imported for all.</summary>
/// <param name="folder">Where it lies: a constant of the program, so that no option, variable or file of a user leads elsewhere.</param>
/// <remarks>What cannot be seen is not absent, and what others can write is not the administrator's: both refuse everything. Source: docs/spec/machine.md.</remarks>
internal sealed class Machine(string folder)
{
    private const UnixFileMode ReadableFile = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode ReadableFolder = ReadableFile | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private const string TrustName = "trust", PolicyName = "policy";

    /// <summary>Where it lies.</summary>
    public string Folder { get; } = folder;

    /// <summary>The policy, which need not be there.</summary>
    public string PolicyPath => Path.Join(Folder, PolicyName);

    /// <summary>The trust that was imported for everybody.</summary>
    public TrustState Trust => new(Path.Join(Folder, TrustName));

    /// <summary>The bytes of the policy; null where the administrator wrote none.</summary>
    /// <exception cref="MalformedException"><c>policy.machine-unreadable</c>.</exception>
    public NamedFile? ReadPolicy()
    {
        try
        {
            return Holds(PolicyName) ? new NamedFile(PolicyPath, InputFile.ReadAll(Sole(PolicyPath), Limits.KeyFile, "policy"), PolicyPath) : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or UsageException or InputTooLargeException)
        {
            throw new MalformedException(PolicyReasons.MachineUnreadable, $"{PolicyPath}: {fault.Message}");
        }
    }

    /// <summary>Refuses a folder of trust in which others than the administrator can write anything; one that is not there is none.</summary>
    /// <exception cref="MalformedException"><c>trust.state-damaged</c>.</exception>
    public void CheckTrust()
    {
        try
        {
            if (Holds(TrustName))
            {
                RequireSole(Trust.Path, new HashSet<string>(StringComparer.Ordinal));
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or MalformedException)
        {
            throw new MalformedException(StateReasons.Damaged, $"{Trust.Path}: {fault.Message}");
        }
    }

    /// <summary>Makes <paramref name="content"/> the policy, in one step; everybody may read it, and its administrator alone can change it.</summary>
    public void Install(ReadOnlyMemory<byte> content, Disk files)
    {
        string draft = PolicyPath + ".new";
        files.MakeFolder(Folder);
        files.Write(draft, content.Span);
        if (!OperatingSystem.IsWindows())
        {
            // Whatever the umask says: what others cannot see would refuse everything for them.
            File.SetUnixFileMode(Folder, File.GetUnixFileMode(Folder) | ReadableFolder);
            File.SetUnixFileMode(draft, ReadableFile);
        }

        files.Replace(draft, PolicyPath);
        files.Flush(Folder);
    }

    private bool Holds(string name)
    {
        switch (FileStatus.Of(Folder))
        {
            case FileType.Absent:
                return false;
            case FileType.Folder:
                _ = Sole(Folder);
                return FileStatus.OfNameItself(Path.Join(Folder, name)) != FileType.Absent;
            default:
                throw new IOException($"{Folder} is no folder");
        }
    }

    // An import is what each of its files says: one that others can write says what they want.
    private void RequireSole(string path, HashSet<string> seen)
    {
        string final = Sole(path);
        foreach (FolderEntry entry in FileStatus.IsFolder(final) && seen.Add(final) ? FileSystem.Folder.Read(final) : [])
        {
            RequireSole(Path.Join(final, entry.Name), seen);
        }
    }

    // A link may lead to another place in this folder, as programs that replace whole folders make them, and to no other: there others may write.
    private string Sole(string path)
    {
        string final = Links.Final(path), home = Links.Final(Folder);
        if (path != Folder && !final.StartsWith(home + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw Refused($"{path} leads to {final}, out of {Folder}");
        }

        // Whoever can write a folder on the way puts another file of the administrator in its place.
        for (string part = final; part.Length >= home.Length; part = Path.GetDirectoryName(part) ?? "")
        {
            if (Administrator.Objection(part) is { } objection)
            {
                throw Refused(objection);
            }
        }

        return final;
    }

    private static MalformedException Refused(string why) => new(PolicyReasons.MachineUnreadable, why);
}

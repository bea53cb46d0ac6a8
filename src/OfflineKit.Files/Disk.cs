using System.Runtime.InteropServices;

namespace OfflineKit.Files;

/// <summary>Single steps that are on the disk when they return: files and the folders that name them.</summary>
/// <param name="beforeStep">Called before every single step with its name; a test that throws here is a power cut.</param>
public sealed partial class Disk(Action<string>? beforeStep = null)
{
    private const int HalfOf = 2;

    /// <summary>Makes the folder <paramref name="path"/> and those above it; each new name is on the disk.</summary>
    public void MakeFolder(string path)
    {
        path = PhysicalPath.Meant(path);
        if (Directory.Exists(path))
        {
            return;
        }

        string? parent = Path.GetDirectoryName(Path.GetFullPath(path));
        if (parent is not null)
        {
            MakeFolder(parent);
        }

        Step($"mkdir {path}");
        Directory.CreateDirectory(path);
        if (parent is not null)
        {
            Flush(parent);
        }
    }

    /// <summary>Writes a new file and waits until its content is on the disk. What a cut left under that name goes; a link there is never followed.</summary>
    /// <param name="path">Where.</param>
    /// <param name="content">What.</param>
    /// <param name="mode">The mode that it is made with; null leaves it to the umask.</param>
    public void Write(string path, ReadOnlySpan<byte> content, UnixFileMode? mode = null)
    {
        path = PhysicalPath.Meant(path);
        Step($"create {path}");
        File.Delete(path);
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows() && mode is { } wanted)
        {
            options.UnixCreateMode = wanted;
        }

        try
        {
            using FileStream file = new(path, options);
            int half = content.Length / HalfOf;
            Step($"write {path}");
            file.Write(content[..half]);
            Step($"write on {path}");
            file.Write(content[half..]);
            Step($"fsync {path}");
            file.Flush(flushToDisk: true);
        }
        catch (Exception fault) when (FileFacts.IsOfSystem(fault))
        {
            // A full disk leaves no half of a file.
            File.Delete(path);
            throw;
        }
    }

    /// <summary>Waits until the names in <paramref name="folder"/> are on the disk.</summary>
    public void Flush(string folder)
    {
        Step($"fsync {folder}");
        if (!OperatingSystem.IsWindows())
        {
            FlushFolder(folder);
        }
    }

    /// <summary>Puts <paramref name="from"/> in the place of <paramref name="to"/>: one or the other, never neither.</summary>
    public void Replace(string from, string to)
    {
        Step($"rename {to}");
        File.Move(PhysicalPath.Meant(from), PhysicalPath.Meant(to), overwrite: true);
    }

    /// <summary>Gives <paramref name="from"/> the name <paramref name="to"/>, which must be free.</summary>
    /// <exception cref="IOException">The name was taken meanwhile.</exception>
    public void Name(string from, string to)
    {
        (from, to) = (PhysicalPath.Meant(from), PhysicalPath.Meant(to));
        Step($"name {to}");
        if (Directory.Exists(from))
        {
            Directory.Move(from, to);
        }
        else
        {
            // A hard link fails when the name is taken, where a rename would replace it.
            File.Move(from, to, overwrite: false);
        }
    }

    /// <summary>Deletes a file or a folder that nothing points to.</summary>
    public void Remove(string path)
    {
        path = PhysicalPath.Meant(path);
        Step($"remove {path}");
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
        else
        {
            File.Delete(path);
        }
    }

    private void Step(string what) => beforeStep?.Invoke(what);

    // .NET opens no folders; without this a rename may be undone by a power cut.
    private static void FlushFolder(string folder)
    {
        int descriptor = Open(folder, 0);
        if (descriptor < 0)
        {
            throw new IOException($"cannot open {folder}: error {Marshal.GetLastPInvokeError()}");
        }

        int result = Fsync(descriptor);
        int error = Marshal.GetLastPInvokeError();
        _ = Close(descriptor);
        if (result != 0)
        {
            throw new IOException($"cannot flush {folder}: error {error}");
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}

using System.Runtime.InteropServices;

namespace OfflineKit.Host.State;

/// <summary>Writes that are on the disk when they return: files and the folders that name them.</summary>
/// <param name="beforeStep">Called before every single step with its name; a test that throws here is a power cut.</param>
internal sealed partial class DurableFiles(Action<string>? beforeStep = null)
{
    private const int HalfOf = 2;

    /// <summary>Makes the folder <paramref name="path"/> and those above it; each new name is on the disk.</summary>
    public void MakeFolder(string path)
    {
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
    public void Write(string path, ReadOnlySpan<byte> content)
    {
        Step($"create {path}");
        File.Delete(path);
        using FileStream file = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        int half = content.Length / HalfOf;
        Step($"write {path}");
        file.Write(content[..half]);
        Step($"write on {path}");
        file.Write(content[half..]);
        Step($"fsync {path}");
        file.Flush(flushToDisk: true);
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
        File.Move(from, to, overwrite: true);
    }

    /// <summary>Deletes a folder that nothing points to.</summary>
    public void Remove(string folder)
    {
        Step($"remove {folder}");
        Directory.Delete(folder, recursive: true);
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

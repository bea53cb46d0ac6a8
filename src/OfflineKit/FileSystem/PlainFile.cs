using Microsoft.Win32.SafeHandles;

namespace OfflineKit.FileSystem;

/// <summary>Opens files and nothing else: pipes, sockets, devices and links are told apart before they are opened, because a pipe would wait for a writer for ever.</summary>
/// <remarks>.NET takes two advisory locks on every file that it opens: a third of the time that a small file takes.</remarks>
internal static class PlainFile
{
    /// <summary>The plain file at <paramref name="path"/> for reading, or null when something else is there.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The caller may not read it.</exception>
    public static SafeFileHandle? Open(string path)
    {
        if (!OperatingSystem.IsWindows() && FileStatus.OfNameItself(path) != FileType.File)
        {
            return null;
        }

        SafeFileHandle? handle = OperatingSystem.IsWindows() ? null : NativeFiles.OpenToRead(path);
        if (handle is { IsInvalid: false })
        {
            return handle;
        }

        // .NET opens it as well, or says why it cannot be opened.
        handle?.Dispose();
        return File.OpenHandle(Links.Meant(path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
    }

    /// <summary>The file that <paramref name="path"/> means to the system, from its start.</summary>
    /// <inheritdoc cref="Open" path="/exception"/>
    public static FileStream OpenToRead(string path) => File.OpenRead(Links.Meant(path));

    /// <summary>Its whole content.</summary>
    /// <inheritdoc cref="Open" path="/exception"/>
    public static byte[] ReadAll(string path) => File.ReadAllBytes(Links.Meant(path));

    /// <summary>Its lines.</summary>
    /// <inheritdoc cref="Open" path="/exception"/>
    public static IEnumerable<string> ReadLines(string path) => File.ReadLines(Links.Meant(path));

    /// <summary>How many bytes it has.</summary>
    /// <inheritdoc cref="Open" path="/exception"/>
    public static long Length(string path) => new FileInfo(Links.Meant(path)).Length;

    /// <summary>Whether <paramref name="path"/>, however it is spelled, leads to the pipe or socket that is standard input: who reads it takes from whoever reads that.</summary>
    public static bool IsPipeOfStandardInput(string path) => !OperatingSystem.IsWindows() && NativeFiles.IsOnePipe(path, "/dev/stdin");

    /// <summary>Whether <paramref name="path"/> leads to a pipe, a socket or a device; false for what cannot be looked at.</summary>
    public static bool IsSpecial(string path) => !OperatingSystem.IsWindows() && NativeFiles.Status(path, out _) == FileType.Special;
}

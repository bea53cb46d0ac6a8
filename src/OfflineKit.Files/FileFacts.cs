using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OfflineKit.Files;

/// <summary>What .NET does not tell about files: their type, whether two names are one file, locks between processes.</summary>
/// <remarks>The functions are those by which .NET itself asks; type and mode have had these places since they were first released.</remarks>
internal static unsafe partial class FileFacts
{
    private const int TypeMask = 0xF000, Regular = 0x8000, Folder = 0x4000, StatusSize = 256, LongestTarget = 64 * 1024;

    // Behind size and times: device and inode. Whatever else lies there is also the same of one file at one moment.
    private const int IdentityStart = 88, IdentityLength = 24;

    [StructLayout(LayoutKind.Sequential, Size = StatusSize)]
    private struct FileStatus
    {
        public int Flags;
        public int Mode;
    }

    /// <summary>Whether <paramref name="path"/> is a pipe, a socket or a device.</summary>
    public static bool IsSpecial(string path)
    {
        FileStatus status;
        return !OperatingSystem.IsWindows() && Stat(path, &status) == 0 && (status.Mode & TypeMask) is not (Regular or Folder);
    }

    /// <summary>Opens or makes a file without the advisory lock that .NET takes on every file it opens.</summary>
    /// <exception cref="IOException">The system refuses.</exception>
    public static SafeFileHandle OpenUnlocked(string path)
    {
        const int readWrite = 2, closeOnExec = 0x10, create = 0x20, ownerOnly = 0x180;
        SafeFileHandle file = Open(path, readWrite | closeOnExec | create, ownerOnly);
        if (!file.IsInvalid)
        {
            return file;
        }

        int error = Marshal.GetLastPInvokeError();
        file.Dispose();
        throw new IOException(Marshal.GetPInvokeErrorMessage(error));
    }

    /// <summary>Opens a file to look at it, whoever holds its lock.</summary>
    /// <exception cref="IOException">The system refuses.</exception>
    public static FileStream OpenToLook(string path)
    {
        const int readOnly = 0, closeOnExec = 0x10;
        if (OperatingSystem.IsWindows())
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }

        SafeFileHandle file = Open(path, readOnly | closeOnExec, mode: 0);
        if (!file.IsInvalid)
        {
            return new FileStream(file, FileAccess.Read);
        }

        int error = Marshal.GetLastPInvokeError();
        file.Dispose();
        throw new IOException(Marshal.GetPInvokeErrorMessage(error));
    }

    /// <summary>Whether <paramref name="fault"/> is the system's refusal to read or write. A limit of file size comes as an argument out of range.</summary>
    public static bool IsOfSystem(Exception fault) => fault is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException { ParamName: "value" };

    /// <summary>Whether an open failed because somebody else has the file: what waiting can help. A read-only disk, a fault or a limit is none of that.</summary>
    public static bool IsInUse(IOException fault)
    {
        const int sharingViolation = unchecked((int)0x80070020), wouldBlock = 0x10006;
        return OperatingSystem.IsWindows() ? fault.HResult == sharingViolation : ConvertErrorPlatformToPal(fault.HResult) == wouldBlock;
    }

    /// <summary>Takes the exclusive lock of an open file, if nobody has it.</summary>
    /// <exception cref="IOException">This file system keeps no locks: nobody could rely on one.</exception>
    public static bool TryLock(SafeFileHandle file)
    {
        const int exclusiveAtOnce = 2 | 4, wouldBlock = 0x10006;
        if (FLock(file, exclusiveAtOnce) == 0)
        {
            return true;
        }

        int error = Marshal.GetLastPInvokeError();
        return ConvertErrorPlatformToPal(error) == wouldBlock ? false : throw new IOException($"the file system keeps no locks: {Marshal.GetPInvokeErrorMessage(error)}");
    }

    /// <summary>Whether <paramref name="path"/> still names the open file.</summary>
    public static bool Names(string path, SafeFileHandle file)
    {
        FileStatus byName, open;
        return Stat(path, &byName) == 0 && FStat(file, &open) == 0 && Identity(&byName).SequenceEqual(Identity(&open));
    }

    /// <summary>Where the link <paramref name="path"/> leads, as it is written; null when it is no link.</summary>
    /// <exception cref="OutputException">Its target is no UTF-8: .NET would write to another file.</exception>
    public static string? TargetOf(string path)
    {
        byte[] target = new byte[LongestTarget];
        int length;
        fixed (byte* start = target)
        {
            length = ReadLink(path, start, target.Length);
        }

        return length < 0 ? null
            : System.Text.Unicode.Utf8.IsValid(target.AsSpan(0, length)) ? System.Text.Encoding.UTF8.GetString(target, 0, length)
            : throw new OutputException(OutputRefusal.Failed, $"{path} is a link to a name that is not UTF-8");
    }

    /// <summary>Where a link on Windows leads at last, whose names are no bytes.</summary>
    public static string? WindowsTarget(string path) => File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName;

    private static ReadOnlySpan<byte> Identity(FileStatus* status) => new ReadOnlySpan<byte>(status, StatusSize).Slice(IdentityStart, IdentityLength);

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_Stat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Stat(string path, FileStatus* status);

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_Open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle Open(string path, int flags, int mode);

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_FStat")]
    private static partial int FStat(SafeFileHandle file, FileStatus* status);

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_ReadLink", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ReadLink(string path, byte* target, int size);

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_FLock", SetLastError = true)]
    private static partial int FLock(SafeFileHandle file, int operation);

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_ConvertErrorPlatformToPal")]
    private static partial int ConvertErrorPlatformToPal(int error);
}

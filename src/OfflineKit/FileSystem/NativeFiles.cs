using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OfflineKit.FileSystem;

/// <summary>The system's answers about files, before .NET makes text of names and "no" of errors.</summary>
/// <remarks>
/// The functions are those by which .NET itself asks; modes, flags and types have had these places and values since they were first released. A name that is no UTF-8 would become
/// another one in .NET's own answers: each byte of it U+FFFD. So names are read as bytes here, and nowhere else.
/// </remarks>
internal static unsafe partial class NativeFiles
{
    private const string Library = "libSystem.Native";
    private const int TypeMask = 0xF000, Regular = 0x8000, Folder = 0x4000, Link = 0xA000;
    private const int CloseOnExec = 0x10, NoFollow = 0x200;
    private const int UsualTarget = 512, LongestTarget = 64 * 1024;

    // Behind type, owner and size lies the time of the last reading, and behind the other times device and inode.
    private const int ReadTimeStart = 24, ChangeTimeStart = 40, IdentityStart = 88, KindOfDevice = 96, IdentityEnd = 112;

    [StructLayout(LayoutKind.Sequential, Size = 256)]
    private struct Status256
    {
        public int Flags;
        public int Mode;
        public uint User;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct DirectoryEntry
    {
        public byte* Name;
        public int NameLength;
        public int Type;
    }

    /// <summary>The type behind <paramref name="path"/>, links followed; absent with the error where there is none.</summary>
    public static FileType Status(string path, out int error)
    {
        Status256 status;
        int result = Stat(path, &status);
        error = Marshal.GetLastPInvokeError();
        return result == 0 ? TypeOf(status.Mode) : FileType.Absent;
    }

    /// <summary>The type of <paramref name="path"/> itself; absent with the error where there is none.</summary>
    public static FileType StatusOfNameItself(string path, out int error)
    {
        Status256 status;
        int result = LStat(path, &status);
        error = Marshal.GetLastPInvokeError();
        return result == 0 ? TypeOf(status.Mode) : FileType.Absent;
    }

    /// <summary>Everything that the system says of what is behind <paramref name="path"/> but when it was read: size, owner, times and which file it is. Null where it cannot be seen.</summary>
    public static string? Stamp(string path)
    {
        Status256 status;
        if (Stat(path, &status) != 0)
        {
            return null;
        }

        ReadOnlySpan<byte> bytes = new(&status, sizeof(Status256));
        return Convert.ToHexString(bytes[..ReadTimeStart]) + Convert.ToHexString(bytes[ChangeTimeStart..IdentityEnd]);
    }

    /// <summary>One pipe or socket, and no device, is behind <paramref name="one"/> and <paramref name="other"/>.</summary>
    public static bool IsOnePipe(string one, string other)
    {
        Status256 first, second;
        if (Stat(one, &first) != 0 || Stat(other, &second) != 0 || TypeOf(first.Mode) != FileType.Special)
        {
            return false;
        }

        ReadOnlySpan<byte> a = new(&first, sizeof(Status256)), b = new(&second, sizeof(Status256));
        return BitConverter.ToInt64(a[KindOfDevice..]) == 0 && a[IdentityStart..IdentityEnd].SequenceEqual(b[IdentityStart..IdentityEnd]);
    }

    /// <summary>The number of the user to whom what is behind <paramref name="path"/> belongs; null where it cannot be seen.</summary>
    public static uint? OwnerOf(string path)
    {
        Status256 status;
        return Stat(path, &status) == 0 ? status.User : null;
    }

    /// <summary>Opens a plain file; the handle is invalid when it cannot be.</summary>
    public static SafeFileHandle OpenToRead(string path) => Open(path, CloseOnExec | NoFollow, mode: 0);

    /// <summary>The bytes of each name in the folder <paramref name="path"/>, with the type where the system tells it at once.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The caller may not read it.</exception>
    public static List<(byte[] Name, FileType? Type)> Read(string path)
    {
        nint folder = OpenDir(path);
        if (folder == 0)
        {
            int error = Marshal.GetLastPInvokeError();
            throw error == AccessDenied ? new UnauthorizedAccessException($"Access to the path '{path}' is denied.") : new IOException($"{Message(error)} : '{path}'");
        }

        try
        {
            List<(byte[], FileType?)> names = [];
            DirectoryEntry entry;
            int result;
            while ((result = ReadDir(folder, &entry)) == 0)
            {
                ReadOnlySpan<byte> name = entry.NameLength >= 0 ? new(entry.Name, entry.NameLength) : MemoryMarshal.CreateReadOnlySpanFromNullTerminated(entry.Name);
                if (!name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8))
                {
                    names.Add((name.ToArray(), TypeOfEntry(entry.Type)));
                }
            }

            // -1 is the end; anything else is an error.
            return result < 0 ? names : throw new IOException($"{Message(result)} : '{path}'");
        }
        finally
        {
            _ = CloseDir(folder);
        }
    }

    /// <summary>The bytes of where the link <paramref name="path"/> leads; null when it is no link.</summary>
    public static byte[]? ReadLink(string path)
    {
        for (int size = UsualTarget; ; size = LongestTarget)
        {
            byte[] target = new byte[size];
            int length;
            fixed (byte* start = target)
            {
                length = ReadLink(path, start, target.Length);
            }

            if (length < UsualTarget || size == LongestTarget)
            {
                return length >= 0 ? target[..length] : null;
            }
        }
    }

    /// <summary>Where a link on Windows leads, whose names are no bytes.</summary>
    public static string? WindowsLinkTarget(FileSystemInfo file) => file.LinkTarget;

    /// <summary>What the system says of <paramref name="error"/>.</summary>
    public static string Message(int error) => Marshal.GetPInvokeErrorMessage(error);

    private const int AccessDenied = 13;

    private static FileType TypeOf(int mode) => (mode & TypeMask) switch
    {
        Regular => FileType.File,
        Folder => FileType.Folder,
        Link => FileType.Link,
        _ => FileType.Special,
    };

    // The types of readdir(3), which are those of the mode, four bits down.
    private static FileType? TypeOfEntry(int type) => type == 0 ? null : TypeOf(type << 12);

    /// <summary>The number of the user whose rights the program has.</summary>
    [LibraryImport(Library, EntryPoint = "SystemNative_GetEUid")]
    public static partial uint EffectiveUser();

    [LibraryImport(Library, EntryPoint = "SystemNative_Stat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Stat(string path, Status256* status);

    [LibraryImport(Library, EntryPoint = "SystemNative_LStat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LStat(string path, Status256* status);

    [LibraryImport(Library, EntryPoint = "SystemNative_Open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle Open(string path, int flags, int mode);

    [LibraryImport(Library, EntryPoint = "SystemNative_OpenDir", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint OpenDir(string path);

    [LibraryImport(Library, EntryPoint = "SystemNative_ReadDir")]
    private static partial int ReadDir(nint folder, DirectoryEntry* entry);

    [LibraryImport(Library, EntryPoint = "SystemNative_CloseDir")]
    private static partial int CloseDir(nint folder);

    [LibraryImport(Library, EntryPoint = "SystemNative_ReadLink", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ReadLink(string path, byte* target, int size);
}

using System.Runtime.InteropServices;

namespace OfflineKit.CommandLine;

/// <summary>The only way from a program to its standard output and standard error.</summary>
/// <remarks>A test finds who writes to either by another way.</remarks>
internal static unsafe partial class Terminal
{
    /// <summary>Standard output, for text.</summary>
    public static TextWriter Out => Console.Out;

    /// <summary>Standard error, for text.</summary>
    public static TextWriter Error => Console.Error;

    /// <summary>Puts what escapes text between the program and its terminal: the first thing that a program does.</summary>
    /// <param name="escaping">The writer that escapes, before the one that writes.</param>
    public static void Guard(Func<TextWriter, TextWriter> escaping)
    {
        FillStandardDescriptors();
        Console.SetOut(escaping(Console.Out));
        Console.SetError(escaping(new UnheardWriter(Console.Error)));
    }

    /// <summary>Standard output for bytes: signatures, which are asked for, and JSON, which escapes by itself.</summary>
    public static Stream OpenOutput() => Console.OpenStandardOutput();

    /// <summary>Writes <paramref name="bytes"/> to standard output, for those who have all of it at once.</summary>
    /// <remarks>
    /// Directly where that is possible: the platform's stream sets the terminal up first, with a pipe and a thread for its signals, and one verdict needs neither. What cannot be written
    /// so (a full disk, a reader that went away, a pipe that does not wait) is left to the platform's stream, which decides what that means.
    /// </remarks>
    public static void Write(ReadOnlySpan<byte> bytes)
    {
        int written = 0;
        while (!OperatingSystem.IsWindows() && !bytes.IsEmpty && (written = WriteSome(bytes)) >= 0)
        {
            bytes = bytes[written..];
        }

        if (!bytes.IsEmpty)
        {
            using Stream output = OpenOutput();
            output.Write(bytes);
        }
    }

    private static int WriteSome(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            return Write(OutputDescriptor, start, bytes.Length);
        }
    }

    // A stream that whoever starts the program has closed would be the number of the next file that is opened, and what is said would be written into that. What takes its place
    // cannot be written, so that a verdict that nobody can read is an error.
    private static void FillStandardDescriptors()
    {
        for (nint descriptor = 0; !OperatingSystem.IsWindows() && descriptor <= LastStandardDescriptor; descriptor++)
        {
            if (FcntlGetFD(descriptor) < 0)
            {
                _ = Open("/dev/null", ReadOnly, 0);
            }
        }
    }

    private const nint OutputDescriptor = 1, LastStandardDescriptor = 2;

    private const int ReadOnly = 0;

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_FcntlGetFD")]
    private static partial int FcntlGetFD(nint descriptor);

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_Open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Open(string path, int flags, int mode);

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_Write")]
    private static partial int Write(nint descriptor, byte* bytes, int length);
}

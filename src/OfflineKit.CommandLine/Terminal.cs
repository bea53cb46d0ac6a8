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

    private const nint OutputDescriptor = 1;

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_Write")]
    private static partial int Write(nint descriptor, byte* bytes, int length);
}

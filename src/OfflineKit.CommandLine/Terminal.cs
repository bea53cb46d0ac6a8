namespace OfflineKit.CommandLine;

/// <summary>The only way from a program to its standard output and standard error.</summary>
/// <remarks>A test finds who writes to either by another way.</remarks>
internal static class Terminal
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
        Console.SetError(escaping(Console.Error));
    }

    /// <summary>Standard output for bytes: signatures, which are asked for, and JSON, which escapes by itself.</summary>
    public static Stream OpenOutput() => Console.OpenStandardOutput();
}

namespace OfflineKit.Signing.Cli;

/// <summary>Reads files and standard input, bounded, with errors that name the file.</summary>
internal static class InputFile
{
    private static readonly Inputs Inputs = new(Console.OpenStandardInput);

    /// <summary>All bytes of <paramref name="path"/> (<c>-</c> is standard input), at most <paramref name="limit"/>.</summary>
    public static byte[] ReadAll(string path, int limit, string what)
    {
        using Stream stream = Open(path, what);
        return Host.InputFile.ReadAll(stream, limit, $"{what} {path}");
    }

    /// <summary>The file for reading once from start to end; <c>-</c> is standard input, which only one thing can be.</summary>
    public static Stream Open(string path, string what) => Inputs.Open(path, what, "the " + what);
}

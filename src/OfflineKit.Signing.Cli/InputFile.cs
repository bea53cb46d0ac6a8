namespace OfflineKit.Signing.Cli;

/// <summary>Reads files and standard input, with errors that name the file.</summary>
internal static class InputFile
{
    /// <summary>All bytes of <paramref name="path"/>, at most <paramref name="limit"/>.</summary>
    public static byte[] ReadAll(string path, int limit, string what)
    {
        using Stream stream = Open(path, what);
        using MemoryStream content = new();
        byte[] block = new byte[64 * 1024];
        int count;
        while ((count = stream.Read(block)) > 0)
        {
            content.Write(block, 0, count);
            if (content.Length > limit)
            {
                throw new UsageException($"{what} {path} is larger than {limit} bytes");
            }
        }

        return content.ToArray();
    }

    /// <summary>The file for reading once from start to end; <c>-</c> is standard input.</summary>
    public static Stream Open(string path, string what)
    {
        if (path == "-")
        {
            return Console.OpenStandardInput();
        }

        if (Directory.Exists(path))
        {
            throw new UsageException($"{what} {path} is a directory", "name a file");
        }

        return File.Exists(path)
            ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan)
            : throw new UsageException($"{what} {path} does not exist");
    }
}

using OfflineKit.FileSystem;

namespace OfflineKit.Host;

/// <summary>Reads files, bounded, with errors that name the file. Standard input belongs to <see cref="Inputs"/>.</summary>
internal static class InputFile
{
    /// <summary>All bytes of <paramref name="path"/>, at most <paramref name="limit"/>.</summary>
    public static byte[] ReadAll(string path, int limit, string what)
    {
        using Stream stream = Open(path, what);
        return ReadAll(stream, limit, $"{what} {path}");
    }

    /// <summary>The rest of <paramref name="stream"/>, which messages call <paramref name="name"/>, at most <paramref name="limit"/> bytes.</summary>
    /// <exception cref="InputTooLargeException">It has more.</exception>
    public static byte[] ReadAll(Stream stream, int limit, string name)
    {
        using MemoryStream content = new();
        byte[] block = new byte[4 * 1024];
        int count;
        while ((count = stream.Read(block)) > 0)
        {
            content.Write(block, 0, count);
            if (content.Length > limit)
            {
                throw new InputTooLargeException($"{name} is larger than {limit} bytes");
            }
        }

        return content.ToArray();
    }

    /// <summary>The file for reading once from start to end.</summary>
    /// <exception cref="MissingInputException">No file is there.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be seen whether one is there, or it may not be read.</exception>
    /// <exception cref="IOException">The same.</exception>
    public static Stream Open(string path, string what)
    {
        if (path == Inputs.StandardInput)
        {
            throw new UsageException($"{what}: standard input cannot be read here", "name a file; one of that name is ./-");
        }

        FileType type = FileStatus.Of(path);
        if (type == FileType.Folder)
        {
            throw new MissingInputException($"{what} {path} is a directory", "name a file");
        }

        // Its usual spellings are those of Inputs, which gives it to one reader only.
        if (type == FileType.Special && PlainFile.IsPipeOfStandardInput(path))
        {
            throw new UsageException($"{what} {path} is standard input by another name", "write -, or /dev/stdin");
        }

        // A pipe waits for a writer and a device may never end; one that was named by its descriptor was meant.
        if (type == FileType.Special && !path.StartsWith("/dev/", StringComparison.Ordinal) && !path.StartsWith("/proc/", StringComparison.Ordinal))
        {
            throw new MissingInputException($"{what} {path} is a pipe, a socket or a device", "name a file, or /dev/stdin");
        }

        if (type is FileType.Absent or FileType.Link)
        {
            string lacks = type == FileType.Link ? "is a link that leads to nothing" : "does not exist";
            throw new MissingInputException($"{what} {path} {lacks}", hint: null) { Absent = path };
        }

        return new FileStream(Links.Meant(path), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
    }
}

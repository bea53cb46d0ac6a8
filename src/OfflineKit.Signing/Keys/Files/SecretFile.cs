using OfflineKit.FileSystem;

namespace OfflineKit.Signing.Keys.Files;

/// <summary>Reads a file that holds a secret straight into locked memory.</summary>
internal static class SecretFile
{
    private const int Limit = 64 * 1024, LineLimit = 1024;

    /// <summary>All bytes of <paramref name="path"/>.</summary>
    /// <exception cref="SigningException"><c>sign.key-unreadable</c>: missing, not readable, empty or larger than any key.</exception>
    public static SecretMemory Read(string path)
    {
        try
        {
            if (FileStatus.Of(path) switch { FileType.Absent => "does not exist", FileType.Folder => "is a directory", FileType.Link => "is a link that leads to nothing", _ => null } is { } lack)
            {
                throw SigningReasons.KeyUnreadable.Refusal($"key file {path} {lack}");
            }

            using FileStream stream = Open(path);
            // Of a pipe nobody knows how much it will give.
            int most = stream.CanSeek ? (int)Math.Min(stream.Length, Limit) : Limit;
            using SecretMemory room = new(most + 1);
            int length = stream.ReadAtLeast(room.Bytes, most + 1, throwOnEndOfStream: false);
            return length is > 0 and <= Limit ? room.Part(0, length) : throw SigningReasons.KeyUnreadable.Refusal($"{path}: {(length == 0 ? "empty" : "more")}, wanted a key file of 1 to {Limit} bytes");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new SigningException(SigningReasons.KeyUnreadable.Because($"{path}: {fault.Message}"), fault);
        }
    }

    // A pipe waits for a writer, who may never come; one that was named by its descriptor was meant.
    private static FileStream Open(string path) => FileStatus.Of(path) == FileType.Special && !path.StartsWith("/dev/", StringComparison.Ordinal) && !path.StartsWith("/proc/", StringComparison.Ordinal)
        ? throw new IOException("a pipe, a socket or a device: name a file")
        : new FileStream(Links.Meant(path), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);

    /// <summary>The first line of <paramref name="path"/>, without its end: a password or a PIN.</summary>
    /// <exception cref="SigningException"><paramref name="otherwise"/>: missing, not readable, or the line is empty or longer than any password.</exception>
    public static SecretMemory FirstLine(string path, Reason otherwise, string what)
    {
        using SecretMemory room = new(LineLimit);
        try
        {
            using FileStream file = Open(path);
            int length = file.ReadAtLeast(room.Bytes, LineLimit, throwOnEndOfStream: false);
            int end = room.Bytes[..length].IndexOfAny((byte)'\r', (byte)'\n');
            int count = end < 0 ? length : end;
            return count is > 0 and < LineLimit ? room.Part(0, count) : throw otherwise.Refusal($"{what} {path}: the first line is empty or too long");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new SigningException(otherwise.Because($"{what} {path}: {fault.Message}"), fault);
        }
    }
}

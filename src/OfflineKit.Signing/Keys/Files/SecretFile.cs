namespace OfflineKit.Signing.Keys.Files;

/// <summary>Reads a file that holds a secret straight into locked memory.</summary>
internal static class SecretFile
{
    private const int Limit = 64 * 1024;

    /// <summary>All bytes of <paramref name="path"/>.</summary>
    /// <exception cref="SigningException"><c>sign.key-unreadable</c>: missing, not readable, empty or larger than any key.</exception>
    public static SecretMemory Read(string path)
    {
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            if (stream.Length is 0 or > Limit)
            {
                throw SigningReasons.KeyUnreadable.Refusal($"{path}: {stream.Length} bytes, wanted a key file of 1 to {Limit}");
            }

            SecretMemory content = new(checked((int)stream.Length));
            stream.ReadExactly(content.Bytes);
            return content;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new SigningException(SigningReasons.KeyUnreadable.Because($"{path}: {fault.Message}"), fault);
        }
    }
}

using OfflineKit.Formats.Foreign;

namespace OfflineKit.Host;

/// <summary>What a file that has no signature beside it says of one within it, in a form that is known and not verified.</summary>
internal static class EmbeddedForm
{
    // Of a long file both ends are looked at: there are the marks of all forms but those of disk images.
    private const int Whole = 64 * 1024 * 1024, End = 16 * 1024 * 1024;

    /// <summary>The form of the file <paramref name="path"/> and what verifies it, in one line; null when it is none of them.</summary>
    public static string? In(string path)
    {
        using Stream stream = InputFile.Open(path, "file");
        if (!stream.CanSeek)
        {
            return null;
        }

        byte[] content = new byte[stream.Length <= Whole ? stream.Length : 2 * End];
        int first = stream.Length <= Whole ? content.Length : End;
        stream.ReadExactly(content.AsSpan(0, first));
        stream.Seek(first - content.Length, SeekOrigin.End);
        stream.ReadExactly(content.AsSpan(first));
        return ForeignForms.Of(content) is { IsNoSignature: false } form ? form.InWords : null;
    }
}

using OfflineKit.Formats.Foreign;

namespace OfflineKit.Host;

/// <summary>What a file that has no signature beside it says of one within it, in a form that is known and not verified.</summary>
internal static class EmbeddedForm
{
    /// <summary>The form of the file <paramref name="path"/> and what verifies it, in one line; null when it is none of them.</summary>
    public static string? In(string path)
    {
        using Stream stream = InputFile.Open(path, "artefact");
        if (!stream.CanSeek || stream.Length > Limits.SignedDocument)
        {
            return null;
        }

        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return ForeignForms.Of(content) is { IsNoSignature: false } form ? form.InWords : null;
    }
}

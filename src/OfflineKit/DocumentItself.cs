using System.Buffers;

namespace OfflineKit;

/// <summary>A document that carries its own signature and was asked about as a file: what nobody signed in it may not make another file of it to somebody else.</summary>
/// <remarks>
/// A JSON object around a signature is also a shell script whose words somebody on the way chose, and a page that a browser shows; a comment beside a signature is a command. What was
/// signed is trusted all the same, so what is refused is the file: by the name under which it would be run or shown, or by what stands in a text that no signature covers.
/// </remarks>
internal static class DocumentItself
{
    // What starts a command or a tag, wherever it stands in a text.
    private static readonly SearchValues<char> Active = SearchValues.Create("$`;|&<>\0");

    /// <summary><paramref name="verdict"/> on the document <paramref name="envelope"/>, which is called <paramref name="name"/>; null: it has no name, as standard input has none.</summary>
    public static Verdict Judge(Envelope envelope, string? name, Verdict verdict) =>
        verdict.IsTrusted && Objection(envelope, name) is { } finding ? verdict.But(finding) : verdict;

    private static Finding? Objection(Envelope envelope, string? name)
    {
        if (envelope.UnsignedTexts.FirstOrDefault(static text => text.AsSpan().ContainsAny(Active)) is { } active)
        {
            return Reasons.UnsignedText.Because($"\"{active}\"");
        }

        return name is null or "-" || envelope.DocumentNames.IsEmpty || envelope.DocumentNames.Any(end => name.EndsWith(end, StringComparison.OrdinalIgnoreCase))
            ? null
            : Reasons.DocumentName.Because($"{name}, wanted a name that ends in {string.Join(' ', envelope.DocumentNames)}");
    }
}

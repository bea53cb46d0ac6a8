namespace OfflineKit.Formats.Foreign;

/// <summary>The content bears the marks of a form.</summary>
internal delegate bool ForeignMark(ReadOnlySpan<byte> content);

/// <summary>A form that is known and not verified here: it is named, with what verifies it.</summary>
/// <param name="Name">Its short name, which is the folder of its vector.</param>
/// <param name="Title">What it is, for people.</param>
/// <param name="Advice">What to do with it: a whole clause, with the command to type where there is one.</param>
/// <param name="Marks">Whether content is of this form. Marks of a few bytes are not enough: a bare signature is any bytes.</param>
internal sealed record ForeignForm(string Name, string Title, string Advice, ForeignMark Marks)
{
    /// <summary>The content is no signature at all, but something that stands where one belongs.</summary>
    public bool IsNoSignature { get; init; }

    /// <summary>The form in one line, for a finding or a message.</summary>
    public string InWords => $"{(IsNoSignature ? "this is" : "this is signed as")} {Title}: {Advice}";
}

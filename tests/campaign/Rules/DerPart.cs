namespace OfflineKit.Campaign.Rules;

/// <summary>The DER of a file: all of it, its one PEM block, or the one text of a JSON document that differs.</summary>
/// <param name="Before">The DER before.</param>
/// <param name="After">The DER afterwards.</param>
/// <param name="Around">The file with other DER in its place.</param>
internal sealed record DerPart(DerTree Before, DerTree After, Func<byte[], byte[]> Around)
{
    /// <summary>The DER of <paramref name="one"/>, where all else is as it was; or null.</summary>
    public static DerPart? Of(Acceptance one)
    {
        (string before, string after) = one.Texts;
        if (JsonPart.Of(one) is { } part)
        {
            return JsonDifference.Of(part.Before, part.After) is [var path] && JsonDifference.Text(part.Before, path) is { } was && JsonDifference.Text(part.After, path) is { } now
                ? Of(Base64(was), Base64(now), der => part.Around(Bytes(Latin(part.Before).Replace(was, Convert.ToBase64String(der), StringComparison.Ordinal))))
                : null;
        }

        return Spelling.Blocks(before) is [var block] && Spelling.Blocks(after) is [var other]
            ? Of(Base64(Body(block)), Base64(Body(other)), static der => der)
            : Of(one.Before, one.After, static der => der);
    }

    private static DerPart? Of(byte[]? before, byte[]? after, Func<byte[], byte[]> around) =>
        before is not null && after is not null && DerTree.Of(before) is { } was && DerTree.Of(after) is { } now ? new DerPart(was, now, around) : null;

    private static string Body(string block) => block[(block.LastIndexOf(' ') + 1)..];

    private static byte[]? Base64(string text)
    {
        byte[] content = new byte[text.Length];
        return Convert.TryFromBase64String(text, content, out int length) ? content[..length] : null;
    }

    private static string Latin(byte[] content) => System.Text.Encoding.Latin1.GetString(content);

    private static byte[] Bytes(string text) => System.Text.Encoding.Latin1.GetBytes(text);
}

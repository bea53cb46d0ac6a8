namespace OfflineKit.CommandLine;

/// <summary>Standard error where nobody may hear it (a full disk, a closed terminal): what cannot be said there changes nothing, and the exit status still says how a run ended.</summary>
internal sealed class UnheardWriter(TextWriter inner) : TextWriter
{
    /// <inheritdoc/>
    public override System.Text.Encoding Encoding => inner.Encoding;

    /// <inheritdoc/>
    public override void Write(char value) => Try(value.ToString());

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Try(new string(buffer, index, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer) => Try(buffer.ToString());

    /// <inheritdoc/>
    public override void Write(string? value) => Try(value ?? "");

    /// <inheritdoc/>
    public override void WriteLine() => Try(inner.NewLine);

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Try(value + inner.NewLine);

    private void Try(string text)
    {
        try
        {
            inner.Write(text);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // There is nowhere left to say it.
        }
    }
}

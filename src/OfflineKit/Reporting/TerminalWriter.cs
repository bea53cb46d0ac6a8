namespace OfflineKit.Reporting;

/// <summary>The only writer between a program and its terminal: what would move the cursor, hide or reorder text is spelled out, whoever forgot to.</summary>
/// <remarks>
/// Messages are made of <see cref="TerminalText"/>; this is the wall behind them. Every program puts it in the place of standard output and standard error before it does anything
/// else, and a test finds who reaches the streams behind it. A line is one line: a line feed inside of what <see cref="WriteLine(string?)"/> is given is spelled out, a text that is
/// written whole by <see cref="Write(string?)"/> keeps its own. The one escape sequence that passes is the one by which a progress line is cleared.
/// </remarks>
internal sealed class TerminalWriter(TextWriter inner) : TextWriter
{
    /// <summary>Goes to the start of the line and clears it: at the start of a text only.</summary>
    public const string ClearLine = "\r\u001b[K";

    /// <inheritdoc/>
    public override System.Text.Encoding Encoding => inner.Encoding;

    /// <inheritdoc/>
    public override void Write(char value) => Write(value.ToString());

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    /// <inheritdoc/>
    public override void Write(string? value)
    {
        string text = value ?? "";
        bool clears = text.StartsWith(ClearLine, StringComparison.Ordinal);
        inner.Write((clears ? ClearLine : "") + TerminalText.Spell(clears ? text[ClearLine.Length..] : text, "\n\t"));
    }

    /// <inheritdoc/>
    public override void WriteLine() => inner.WriteLine();

    /// <inheritdoc/>
    public override void WriteLine(string? value) => inner.WriteLine(TerminalText.Spell(value ?? "", "\t"));

    /// <inheritdoc/>
    public override void WriteLine(ReadOnlySpan<char> buffer) => WriteLine(buffer.ToString());

    /// <inheritdoc/>
    public override void WriteLine(char[] buffer, int index, int count) => WriteLine(new string(buffer, index, count));

    /// <inheritdoc/>
    public override void Flush() => inner.Flush();
}

namespace OfflineKit.CommandLine;

/// <summary>Where completions go: the library writes all of them as one line with line ends in it, and here each is a line of its own.</summary>
/// <param name="inner">Standard output, which shows the line ends within a line as what they are.</param>
internal sealed class SuggestionWriter(TextWriter inner) : TextWriter
{
    /// <inheritdoc/>
    public override System.Text.Encoding Encoding => inner.Encoding;

    /// <summary>Where the answer to <paramref name="words"/> goes: a shell asks by a directive, which stands in brackets before everything else.</summary>
    public static TextWriter For(string[] words, TextWriter output) => words is [['[', ..], ..] ? new SuggestionWriter(output) : output;

    /// <inheritdoc/>
    public override void Write(char value) => inner.Write(value);

    /// <inheritdoc/>
    public override void WriteLine(string? value)
    {
        foreach (string line in (value ?? "").ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            inner.WriteLine(line);
        }
    }
}

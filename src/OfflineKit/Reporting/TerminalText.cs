using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace OfflineKit.Reporting;

/// <summary>Text that is safe to show: whatever came from a file, a name or a claim is escaped, and nothing else can be put into it.</summary>
/// <remarks>
/// It is made of an interpolated string, whose literal parts are the program's own words and whose holes are escaped, or of a text, which is escaped as a whole. Every writer to
/// a terminal or a log takes this type, so that no byte of others gets there as it is.
/// </remarks>
[InterpolatedStringHandler]
internal readonly struct TerminalText
{
    private const int Limit = 1000;

    private readonly StringBuilder? _text;

    /// <summary>An empty text, for the holes and words of an interpolated string.</summary>
    public TerminalText(int literalLength, int formattedCount) => _text = new StringBuilder(literalLength + (16 * formattedCount));

    private TerminalText(string safe) => _text = new StringBuilder(safe);

    /// <summary>Escapes <paramref name="untrusted"/> as a whole.</summary>
    public static implicit operator TerminalText(string untrusted) => FromString(untrusted);

    /// <inheritdoc cref="Escape"/>
    public static TerminalText FromString(string untrusted, int limit = Limit) => new(Escape(untrusted, limit));

    /// <summary>Texts one after the other, with <paramref name="separator"/> between them.</summary>
    public static TerminalText Join(string separator, IEnumerable<TerminalText> texts) => new(string.Join(Escape(separator), texts));

    /// <summary>The program's own words.</summary>
    public void AppendLiteral(string words) => _text!.Append(words);

    /// <summary>A text of others.</summary>
    public void AppendFormatted(string? untrusted) => _text!.Append(Escape(untrusted ?? ""));

    /// <summary>A character of others.</summary>
    public void AppendFormatted(char untrusted) => AppendFormatted(untrusted.ToString());

    /// <summary>A text of others in a column of <paramref name="alignment"/> characters.</summary>
    public void AppendFormatted(string? untrusted, int alignment) =>
        _text!.Append(alignment < 0 ? Escape(untrusted ?? "").PadRight(-alignment) : Escape(untrusted ?? "").PadLeft(alignment));

    /// <summary>A text that is safe already.</summary>
    public void AppendFormatted(TerminalText safe) => _text!.Append(safe._text);

    /// <summary>A number, or another value with no text of others in it.</summary>
    public void AppendFormatted<T>(T value)
        where T : struct, IFormattable => _text!.Append(value.ToString(format: null, CultureInfo.InvariantCulture));

    /// <inheritdoc cref="AppendFormatted{T}(T)"/>
    public void AppendFormatted<T>(T value, string? format)
        where T : struct, IFormattable => _text!.Append(value.ToString(format, CultureInfo.InvariantCulture));

    /// <inheritdoc cref="AppendFormatted{T}(T)"/>
    public void AppendFormatted<T>(T value, int alignment)
        where T : struct, IFormattable => AppendFormatted(value.ToString(format: null, CultureInfo.InvariantCulture), alignment);

    /// <summary>The text as it is shown.</summary>
    public override string ToString() => _text?.ToString() ?? "";

    /// <summary><paramref name="text"/> with every such character spelled out but those in <paramref name="kept"/>; what is spelled out already stays as it is.</summary>
    public static string Spell(string text, string kept)
    {
        StringBuilder? safe = null;
        int at = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool isSpelled = InvisibleText.Holds(rune) && !(rune.IsAscii && kept.Contains((char)rune.Value, StringComparison.Ordinal));
            safe ??= isSpelled ? new StringBuilder(text, 0, at, text.Length + 16) : null;
            safe?.Append(isSpelled ? Spelled(rune) : rune.ToString());
            at += rune.Utf16SequenceLength;
        }

        return safe?.ToString() ?? text;
    }

    private static string Spelled(Rune rune) => string.Create(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");

    /// <summary><paramref name="untrusted"/> with every character that could move a cursor, hide or reorder text, or look like a blank spelled <c>\u{…}</c>, cut after <paramref name="limit"/> characters.</summary>
    public static string Escape(string untrusted, int limit = Limit)
    {
        StringBuilder safe = new();
        foreach (Rune rune in untrusted.EnumerateRunes())
        {
            if (safe.Length >= limit)
            {
                return safe.Append('…').ToString();
            }

            safe.Append(rune.Value == '\\' ? @"\\" : InvisibleText.Holds(rune) ? Spelled(rune) : rune.ToString());
        }

        return safe.ToString();
    }
}

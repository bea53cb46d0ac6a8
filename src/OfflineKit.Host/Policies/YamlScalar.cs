using System.Collections.Immutable;
using YamlDotNet.Core;

namespace OfflineKit.Host.Policies;

/// <summary>What a YAML scalar is. YAML 1.1, YAML 1.2 and JSON disagree about plain scalars, so that only those count of which all say the same.</summary>
/// <remarks>
/// Quoted: text. Plain: a JSON integer, <c>true</c>, <c>false</c> and <c>null</c> are what they are in JSON; what could be another number, a date, a truth value or
/// nothing to some reader is ambiguous (<c>yes</c>, <c>1.10</c>, <c>0o17</c>, <c>2026-11-22</c>, <c>~</c>); everything else is text. Source: YAML 1.1 types, YAML 1.2.2 §10.
/// </remarks>
internal static class YamlScalar
{
    private static readonly ImmutableArray<string> Words = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"];

    /// <summary>How a scalar is to be read.</summary>
    internal enum Kind
    {
        /// <summary>Readers disagree.</summary>
        Ambiguous,

        /// <summary>Text.</summary>
        Text,

        /// <summary>An integer, true, false or null, spelled as in JSON.</summary>
        Json,
    }

    /// <summary>How the scalar <paramref name="text"/> in <paramref name="style"/> is to be read.</summary>
    public static Kind KindOf(string text, ScalarStyle style) =>
        style != ScalarStyle.Plain ? Kind.Text
        : text is "true" or "false" or "null" || IsInteger(text) ? Kind.Json
        : IsAmbiguous(text) ? Kind.Ambiguous
        : Kind.Text;

    private static bool IsInteger(string text)
    {
        ReadOnlySpan<char> digits = text.StartsWith('-') ? text.AsSpan(1) : text;
        return digits.Length is > 0 and < 19 && !digits.ContainsAnyExceptInRange('0', '9') && (digits[0] != '0' || text == "0");
    }

    private static bool IsAmbiguous(string text) =>
        text.Length == 0 || text[0] is (>= '0' and <= '9') or '+' or '-' or '.' or '~' or '=' or '<' || Words.Contains(text, StringComparer.OrdinalIgnoreCase);
}

using OfflineKit.Encoding;

namespace OfflineKit.Properties.Tests;

/// <summary>Generators that several properties share, and whether a reader accepts.</summary>
internal static class Texts
{
    /// <summary>Characters that readers stumble over, among plain ones; no surrogates alone.</summary>
    public static Gen<string> Any { get; } = Gen.OneOf(
        Gen.Char['a', 'z'].Select(letter => letter.ToString()), OneOf(" ", "\"", "\\", "'", "\n", "\r", "\t", "\0", "\u007f", "\u0085", "\u2028", "\u202e", "/", "#", ": ", "- ", "%", "{", "<", "é", "\ufeff", "\U0001F511"))
        .Array[0, 12].Select(string.Concat);

    /// <summary>One of <paramref name="values"/>.</summary>
    public static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(at => values[at]);

    /// <summary><see cref="Any"/> without controls.</summary>
    public static Gen<string> Printable { get; } = Any.Select(text => string.Concat(text.Where(letter => !char.IsControl(letter) && letter is not ('\u2028' or '\u2029' or '\ufeff'))));

    /// <summary>Bytes, few and many.</summary>
    public static Gen<byte[]> Bytes { get; } = Gen.OneOf(Gen.Byte.Array[0, 40], Gen.Byte.Array[0, 700]);

    /// <summary>A text, and what becomes of it when up to two of its places are changed: a character left out, doubled, put in or exchanged for another one.</summary>
    public static Gen<string> Changed(Gen<string> texts, string letters) =>
        Gen.Select(texts, Gen.Select(Gen.Int[0, 1000], Gen.Int[0, 3], Gen.Int[0, letters.Length - 1]).Array[0, 2]).Select((text, changes) => changes.Aggregate(text, (changed, change) => Change(changed, change.Item1, change.Item2, letters[change.Item3])));

    /// <summary>What <paramref name="read"/> makes of its input, or null where it is malformed.</summary>
    public static T? OrNull<T>(Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (MalformedException)
        {
            // A refusal, which is as good an answer as a value.
            return null;
        }
    }

    private static string Change(string text, int place, int kind, char letter)
    {
        int at = text.Length == 0 ? 0 : place % text.Length;
        return (kind, text.Length) switch
        {
            (0, > 0) => text.Remove(at, 1),
            (1, > 0) => text.Insert(at, text[at].ToString()),
            (2, > 0) => text.Remove(at, 1).Insert(at, letter.ToString()),
            _ => text.Insert(at, letter.ToString()),
        };
    }
}

using OfflineKit.Encoding;

namespace OfflineKit.Trust;

/// <summary>Splits a line into words at blanks that stand outside double quotes; quotes stay in the words.</summary>
internal ref struct SshTokens(string line, string what)
{
    private readonly string _what = what;
    private ReadOnlySpan<char> _rest = line;

    /// <summary>The next word.</summary>
    public string Next(string name)
    {
        _rest = _rest.TrimStart(" \t");
        int end = EndOf(_rest, " \t");
        string word = _rest[..end].ToString();
        _rest = _rest[end..];
        return word.Length > 0 ? word : throw new MalformedException($"{_what}: {name} is missing");
    }

    /// <summary>Where the first of <paramref name="separators"/> outside quotes stands, or the end.</summary>
    public static int EndOf(ReadOnlySpan<char> text, ReadOnlySpan<char> separators)
    {
        bool quoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted && separators.Contains(text[i]))
            {
                return i;
            }
        }

        return quoted ? throw new MalformedException("allowed signers: a quote is not closed") : text.Length;
    }
}

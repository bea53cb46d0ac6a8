using System;

namespace OfflineKit.PowerShell;

/// <summary>A key as the command line takes it: a file, the 56 characters of a minisign or signify public key, and either of them behind <c>ID=</c>.</summary>
internal static class KeyName
{
    private const int Length = 56, FewestCharacters = 48, MostCharacters = 64;

    /// <summary><paramref name="given"/> for the engine: files by their full names, everything else as it stands.</summary>
    /// <param name="given">What the script says.</param>
    /// <param name="find">The full name of a file, whether it is there or not.</param>
    /// <param name="isThere">Whether something of that name is there.</param>
    /// <returns>Null where it may mean two things: whoever can put a file there must not decide which key is trusted.</returns>
    public static string? InFull(string given, Func<string, string> find, Func<string, bool> isThere)
    {
        int split = Split(given, isThere);
        if (split < 0)
        {
            return Place(given, find, isThere);
        }

        string? place = isThere(given) ? null : Place(given.Substring(split + 1), find, isThere);
        return place == null ? null : given.Substring(0, split + 1) + place;
    }

    // An id may hold "=" itself (base64), so the longest rest that is a key wins. A path is no id.
    private static int Split(string given, Func<string, bool> isThere)
    {
        bool isPath = given.Length > 0 && (given[0] == '.' || given[0] == '/' || given[0] == '\\' || given[0] == '~');
        for (int at = given.IndexOf('='); at >= 0 && !isPath; at = given.IndexOf('=', at + 1))
        {
            string rest = given.Substring(at + 1);
            if (isThere(rest) || (rest.Length == Length && LooksWritten(rest)))
            {
                return at;
            }
        }

        return -1;
    }

    private static string? Place(string word, Func<string, string> find, Func<string, bool> isThere)
    {
        if (!LooksWritten(word))
        {
            return find(word);
        }

        // The engine says what is wrong with a key that is too short or too long.
        return !isThere(word) ? word : word.Length == Length ? null : find(word);
    }

    // Ed25519 ("Ed") in base64 is RW and one of four letters.
    private static bool LooksWritten(string word)
    {
        bool looksSo = word.Length >= FewestCharacters && word.Length <= MostCharacters && word.StartsWith("RW", StringComparison.Ordinal) && word[2] >= 'Q' && word[2] <= 'T';
        for (int i = 0; looksSo && i < word.Length; i++)
        {
            looksSo = (word[i] >= 'a' && word[i] <= 'z') || (word[i] >= 'A' && word[i] <= 'Z') || (word[i] >= '0' && word[i] <= '9') || word[i] == '+' || word[i] == '/';
        }

        return looksSo;
    }
}

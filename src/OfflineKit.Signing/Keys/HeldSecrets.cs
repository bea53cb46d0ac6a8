using System.Net;
using System.Text.RegularExpressions;
using OfflineKit.Encoding;

namespace OfflineKit.Signing.Keys;

/// <summary>The secrets that this process sent or holds, known by what they look like and not kept: no message shows any piece of them, however it is spelled.</summary>
/// <remarks>
/// Of each secret only hashes of its pieces of eight characters are kept, under a key that this process drew. Services quote what they were sent in the spelling of their choice:
/// with JSON escapes, percent-encoded, in base64 or hex, in two members of one answer, in the lower-case host name of a redirection.
/// </remarks>
internal sealed partial class HeldSecrets
{
    private const int Piece = 8, MostRounds = 3, LongestText = 256 * 1024;

    /// <summary>What stands in the place of a secret.</summary>
    private const string Blank = "[secret]";

    private readonly HashSet<long> _pieces = [];
    private readonly Lock _gate = new();

    /// <summary>Remembers what <paramref name="secret"/> looks like. What is shorter than eight characters is no token, and would blank ordinary words.</summary>
    public void Hold(string? secret)
    {
        if (secret is not { Length: >= Piece })
        {
            return;
        }

        string narrow = secret.ToLowerInvariant();
        lock (_gate)
        {
            for (int start = 0; start + Piece <= narrow.Length; start++)
            {
                _pieces.Add(HashOf(narrow.AsSpan(start, Piece)));
            }
        }
    }

    /// <summary><paramref name="text"/> shows a piece of a secret, in any spelling.</summary>
    public bool AreIn(string text)
    {
        string candidate = text.Length <= LongestText ? text : text[..LongestText];
        return Spellings(candidate).Any(spelling => Find(spelling.ToLowerInvariant(), 0) >= 0);
    }

    /// <summary><paramref name="text"/> without any piece of a secret; nothing of it is left where a piece is spelled in another way than plainly.</summary>
    public string Without(string text)
    {
        lock (_gate)
        {
            if (_pieces.Count == 0)
            {
                return text;
            }
        }

        string narrow = text.ToLowerInvariant();
        bool[]? hidden = null;
        for (int at = Find(narrow, 0); at >= 0; at = Find(narrow, at + 1))
        {
            Array.Fill(hidden ??= new bool[narrow.Length], value: true, at, Piece);
        }

        string plain = hidden is null ? text : Blanked(text, hidden);
        return AreIn(plain) ? "(the text quotes a credential and is not shown)" : plain;
    }

    private static string Blanked(string text, bool[] hidden)
    {
        System.Text.StringBuilder shown = new();
        for (int i = 0; i < text.Length; i++)
        {
            if (!hidden[i])
            {
                shown.Append(text[i]);
            }
            else if (i == 0 || !hidden[i - 1])
            {
                shown.Append(Blank);
            }
        }

        return shown.ToString();
    }

    private int Find(string narrow, int start)
    {
        lock (_gate)
        {
            for (int at = start; at + Piece <= narrow.Length; at++)
            {
                if (_pieces.Contains(HashOf(narrow.AsSpan(at, Piece))))
                {
                    return at;
                }
            }
        }

        return -1;
    }

    // The runtime's own hash has a key that each process draws; two of them are hard to meet by chance.
    private static long HashOf(ReadOnlySpan<char> piece)
    {
        int first = string.GetHashCode(piece, StringComparison.Ordinal), second = string.GetHashCode(piece[1..], StringComparison.Ordinal);
        return ((long)first << 32) | unchecked((uint)second);
    }

    // The text, and what it says behind escapes: each round undoes one kind of each.
    private static IEnumerable<string> Spellings(string text)
    {
        HashSet<string> seen = new(StringComparer.Ordinal) { text };
        List<string> round = [text];
        yield return text;
        for (int rounds = 0; rounds < MostRounds && round.Count > 0; rounds++)
        {
            round = [.. round.SelectMany(Undone).Where(seen.Add)];
            foreach (string spelling in round)
            {
                yield return spelling;
            }
        }
    }

    private static IEnumerable<string> Undone(string text)
    {
        yield return JsonEscape().Replace(text, static match => match.Groups["code"].Success
            ? ((char)Convert.ToInt32(match.Groups["code"].Value, 16)).ToString()
            : match.Groups["one"].Value);
        yield return Uri.UnescapeDataString(text);
        yield return WebUtility.HtmlDecode(text);
        yield return Separators().Replace(text, "");
        foreach (Match run in HexRun().Matches(text))
        {
            yield return Latin(StrictHex.Decode(run.Value.ToLowerInvariant(), "text"));
        }

        // The beginning of a base64 text may be cut anywhere: one of four readings is the right one.
        foreach (Match run in Base64Run().Matches(text))
        {
            string digits = run.Value.Replace('-', '+').Replace('_', '/');
            for (int skip = 0; skip < 4; skip++)
            {
                int length = (digits.Length - skip) / 4 * 4;
                byte[] room = new byte[length];
                if (Convert.TryFromBase64Chars(digits.AsSpan(skip, length), room, out int count))
                {
                    yield return Latin(room.AsSpan(0, count));
                }
            }
        }
    }

    private static string Latin(ReadOnlySpan<byte> bytes) => System.Text.Encoding.Latin1.GetString(bytes);

    [GeneratedRegex("""\\(u(?<code>[0-9A-Fa-f]{4})|(?<one>["\\/]))""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex JsonEscape();

    // Pieces of one secret in several members, or broken over lines.
    [GeneratedRegex("""[\s"',:;{}\[\]()]+""", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Separators();

    [GeneratedRegex("(?:[0-9A-Fa-f]{2}){8,}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HexRun();

    [GeneratedRegex("[A-Za-z0-9+/_-]{12,}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Base64Run();
}

using OfflineKit.Encoding;
using OfflineKit.FileSystem;
using OfflineKit.Trust;

namespace OfflineKit.Host.Requests;

/// <summary>How a key is written: <c>FILE</c>, or the 56 characters of a minisign or signify public key; behind <c>ID=</c>, the id by which signatures call it.</summary>
/// <param name="Id">The id; empty: it says that the key has none; null: nothing is said.</param>
/// <param name="Path">The file, or the key itself.</param>
internal sealed record KeyWord(string? Id, string Path)
{
    private const int InlineLength = 56, FewestOfInline = 48, MostOfInline = 64;
    private const string InlineStart = "RW";

    /// <summary>The key stands in the word itself; null where the word names a file.</summary>
    public MinisignPublicKey? Inline { get; private init; }

    /// <summary>What <paramref name="word"/> means.</summary>
    /// <exception cref="UsageException">It means two things, or begins like a key and is none.</exception>
    public static KeyWord Of(string word)
    {
        (string? id, string path) = Split(word);
        return new KeyWord(id, path) { Inline = Written(path) };
    }

    /// <summary>The key's file: what stands at the path as <paramref name="read"/> reads it, or the word as if it were one.</summary>
    /// <param name="spelling">What names the key, for reports.</param>
    /// <param name="read">Reads a file.</param>
    public NamedFile File(string spelling, Func<string, NamedFile> read) =>
        Inline is { } key ? new NamedFile(key.DisplayId, Utf8Text.Encode(Path + "\n"), $"{spelling} {Path}") : read(Path);

    private static (string? Id, string Path) Split(string word)
    {
        // An id may hold "=" itself (base64), so the longest rest that is a key wins.
        int split = -1;
        for (int at = word.IndexOf('=', StringComparison.Ordinal); at >= 0 && split < 0; at = word.IndexOf('=', at + 1))
        {
            split = IsKey(word[(at + 1)..]) ? at : -1;
        }

        if (split < 0 || (IsFile(word) && word[0] is '.' or '/'))
        {
            return (null, word);
        }

        string path = word[(split + 1)..];
        return IsFile(word)
            ? throw new UsageException($"{word} is a file, and {path} as well: it is not clear which is the key", $"write ./{word} for the one; for the other rename {word}")
            : (word[..split], path);
    }

    // Whoever can put a file there must not decide which of the two is trusted.
    private static MinisignPublicKey? Written(string word)
    {
        if (!LooksInline(word))
        {
            return null;
        }

        bool isThere = !FileStatus.IsAbsent(word);
        return (isThere, word.Length == InlineLength) switch
        {
            (true, true) => throw new UsageException($"{word} is the name of a file, and a public key as well: it is not clear which is meant", $"write ./{word} for the file; for the key rename the file"),
            (true, false) => null,
            (false, true) => MinisignPublicKey.ParseLine(Utf8Text.Encode(word)),
            (false, false) => throw new UsageException($"{word} is no file, and no public key: {word.Length} characters, wanted {InlineLength}", "copy the whole line that begins with RW"),
        };
    }

    // Ed25519 ("Ed") in base64 is RW and one of four letters.
    private static bool LooksInline(string word) =>
        word.Length is >= FewestOfInline and <= MostOfInline && word.StartsWith(InlineStart, StringComparison.Ordinal) && word[2] is >= 'Q' and <= 'T' && word.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '+' or '/');

    private static bool IsKey(string word) => IsFile(word) || (word.Length == InlineLength && LooksInline(word));

    private static bool IsFile(string path) => Inputs.IsStandardInput(path) || FileStatus.IsFile(path);
}

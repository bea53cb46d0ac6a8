using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Trust;

namespace OfflineKit.Formats.Dossier;

/// <summary>The dossier tools' <c>trusted-keys.txt</c>, read for the key material in it and for nothing else.</summary>
/// <param name="Store">The keys; each may sign dossiers only.</param>
/// <param name="WithoutKey">One sentence on each line that names a key without holding it, and so gives no trust.</param>
/// <remarks>
/// Shape: UTF-8 lines of a key and a name; empty and <c>#</c> lines are skipped. A key is a minisign key line, the base64 of a SubjectPublicKeyInfo,
/// the base64 of 32 Ed25519 bytes, or a PEM block over several lines, whose name follows it on its last line or stands on the next. Source: docs/spec/dossier.md §4.
/// </remarks>
internal sealed record TrustedKeysFile(TrustStore Store, ImmutableArray<string> WithoutKey)
{
    /// <summary>The file with <paramref name="content"/>, called <paramref name="root"/> in reports.</summary>
    public static TrustedKeysFile Parse(ReadOnlySpan<byte> content, string root)
    {
        Utf8Text.RefuseByteOrderMark(content, "trusted keys file");
        Dictionary<string, TrustedKey> keys = new(StringComparer.Ordinal);
        var withoutKey = ImmutableArray.CreateBuilder<string>();
        foreach (TrustedKeysLine line in TrustedKeysLine.Split(Utf8Text.Decode(content, "trusted keys file")))
        {
            Result<TrustedKey> key = Result.Parse(Reasons.MalformedKey, () => Key(line, root));
            if (key.Value is { } known)
            {
                keys[known.Material.Fingerprint] = known;
            }
            else
            {
                withoutKey.Add($"line {line.Number}: \"{line.Shown}\" is no public key{(line.Name.Length > 0 ? $", so \"{line.Name}\" is not trusted by it" : " with a name")}");
            }
        }

        return new TrustedKeysFile(new TrustStore { Keys = [.. keys.Values] }, withoutKey.ToImmutable());
    }

    private static TrustedKey Key(TrustedKeysLine line, string root)
    {
        if (line.Name.Length == 0)
        {
            throw new MalformedException("a key without a name");
        }

        TrustedKey key = new(line.Name, DossierKey.Parse(line.Key, "key"), root) { Formats = ["dossier"] };
        return DossierKey.IsMinisign(line.Key) ? key with { Hints = [MinisignPublicKey.ParseLine(Utf8Text.Encode(line.Key)).DisplayId] } : key;
    }
}

/// <summary>A key of <c>trusted-keys.txt</c> and its name, as they are written there.</summary>
/// <param name="Number">The line at which it begins, counted from 1.</param>
/// <param name="Key">The first word, or a whole PEM block.</param>
/// <param name="Name">The other words; empty where a PEM block has none.</param>
/// <param name="Last">The line at which it ends.</param>
internal sealed record TrustedKeysLine(int Number, string Key, string Name, int Last)
{
    private const string Begin = "-----BEGIN ", End = "-----END ", Dashes = "-----";

    /// <summary>The key in one line, for messages.</summary>
    public string Shown => Key.Split('\n')[0];

    /// <summary>The keys in <paramref name="text"/>. Lines of one word name nothing and are skipped, as the dossier tools do.</summary>
    public static IEnumerable<TrustedKeysLine> Split(string text)
    {
        string[] lines = [.. text.Split('\n').Select(line => line.Trim())];
        for (int at = 0; at < lines.Length; at++)
        {
            int end = lines[at].StartsWith(Begin, StringComparison.Ordinal) ? Array.FindIndex(lines, at, line => line.StartsWith(End, StringComparison.Ordinal)) : -1;
            if (end >= 0)
            {
                TrustedKeysLine block = Block(lines, at, end);
                yield return block;
                at = block.Last - 1;
            }
            else if (Words(lines[at]) is [['#', ..], ..] or [])
            {
                continue;
            }
            else if (Words(lines[at]) is [string key, _, ..] words)
            {
                yield return new TrustedKeysLine(at + 1, key, string.Join(' ', words[1..]), at + 1);
            }
        }
    }

    private static TrustedKeysLine Block(string[] lines, int begin, int end)
    {
        int close = lines[end].IndexOf(Dashes, End.Length, StringComparison.Ordinal);
        int after = close < 0 ? lines[end].Length : close + Dashes.Length;
        string name = string.Join(' ', Words(lines[end][after..]));
        string pem = string.Join('\n', [.. lines[begin..end], lines[end][..after]]) + "\n";
        string below = name.Length == 0 && end + 1 < lines.Length ? NameOn(lines[end + 1]) : "";
        return new TrustedKeysLine(begin + 1, pem, name + below, end + (below.Length > 0 ? 2 : 1));
    }

    // The next line names the block, unless it is a comment or holds a key of its own.
    private static string NameOn(string line) =>
        Words(line) is [not ['#', ..], ..] words && !line.StartsWith(Begin, StringComparison.Ordinal)
        && Result.Parse(Reasons.MalformedKey, () => DossierKey.Parse(words[0], "key")).Value is null
            ? string.Join(' ', words)
            : "";

    private static string[] Words(string line) => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}

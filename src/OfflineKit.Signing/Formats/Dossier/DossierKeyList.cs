using System.Globalization;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Formats.Dossier;

namespace OfflineKit.Signing.Formats.Dossier;

/// <summary><c>KEYS.txt</c> of a project with dossiers: who signs, by which key, since when. Programs read it as <c>trusted-keys.txt</c>.</summary>
/// <remarks>
/// Shape: a line is a public key and its name; what is known besides stands in a comment above it. Whatever else is there stays as it is. The list trusts a
/// deprecated key until its line goes: no reader knows days. Source: docs/spec/dossier.md §4.
/// </remarks>
internal sealed class DossierKeyList
{
    private const string Deprecation = "# deprecated on ", Until = ", to be retired on ", Retired = "# retired: ", Revoked = "# revoked: ";

    private readonly List<string> _lines;

    private DossierKeyList(List<string> lines) => _lines = lines;

    /// <summary>The list with <paramref name="content"/>; what is empty becomes one.</summary>
    /// <exception cref="MalformedException">It is another file: something is in it, and nothing of that is a key and its name.</exception>
    public static DossierKeyList Parse(ReadOnlySpan<byte> content)
    {
        Utf8Text.RefuseByteOrderMark(content, "list of keys");
        string text = Utf8Text.Decode(content, "list of keys");
        bool isOther = text.Split('\n').Any(line => line.Trim() is [not '#', ..]) && TrustedKeysFile.Parse(content, "list of keys").Store.IsEmpty;
        return isOther ? throw new MalformedException("the file is no list of keys: no line of it is a key and its name") : new DossierKeyList(text.Length == 0
            ? ["# Who signs our dossiers: a public key and its name, one a line. Compare fingerprints over another channel."]
            : [.. text.TrimEnd('\n').Split('\n').Select(line => line.TrimEnd('\r'))]);
    }

    /// <summary>The whole list.</summary>
    public byte[] Content => Utf8Text.Encode(string.Join('\n', _lines) + "\n");

    /// <summary>Adds a key, spelled <paramref name="text"/>, which signs since <paramref name="day"/>.</summary>
    /// <exception cref="SigningException">It is there already, the list took it out of trust, or its name is none.</exception>
    public void Add(string text, KeyMaterial key, string name, DateOnly day)
    {
        if (name.Trim() != name || name.Length == 0 || name.StartsWith('#') || name.Any(char.IsControl))
        {
            throw SigningReasons.UnsuitableSubject.Refusal($"\"{name}\" is no name of a key");
        }

        if (Find(key) is not null)
        {
            throw SigningReasons.UnsuitableSubject.Refusal($"the list has the key sha256:{key.Fingerprint} already");
        }

        if (_lines.Find(line => Gone(line) is { } gone && gone.StartsWith(DossierKeyText.Of(key) + " ", StringComparison.Ordinal)) is { } taken)
        {
            throw SigningReasons.UnsuitableSubject.Refusal($"the list took the key sha256:{key.Fingerprint} out of trust, and readers who updated know: \"{taken}\"");
        }

        _lines.AddRange(["", $"# since {Text(day)}, sha256:{key.Fingerprint}", $"{text} {name}"]);
    }

    /// <summary>Says that a key signs nothing new since <paramref name="day"/> and goes <paramref name="days"/> days later.</summary>
    /// <exception cref="SigningException">It is not there, or is deprecated already.</exception>
    public void Deprecate(KeyMaterial key, DateOnly day, int days)
    {
        TrustedKeysLine line = Wanted(key);
        if (RetirementOf(line) is { } end)
        {
            throw SigningReasons.UnsuitableSubject.Refusal($"the key \"{line.Name}\" is deprecated already, to be retired on {Text(end)}");
        }

        _lines.Insert(line.Number - 1, $"{Deprecation}{Text(day)}{Until}{Text(day.AddDays(days))}: sign nothing by it");
    }

    /// <summary>Takes a deprecated key out of trust; a comment keeps what it was.</summary>
    /// <exception cref="SigningException">It is not there, is not deprecated, or its time is not over.</exception>
    public void Retire(KeyMaterial key, DateOnly day, string why)
    {
        TrustedKeysLine line = Wanted(key);
        DateOnly end = RetirementOf(line) ?? throw SigningReasons.UnsuitableSubject.Refusal($"the key \"{line.Name}\" is not deprecated: who trusts it has not been told");
        if (day < end)
        {
            throw SigningReasons.UnsuitableSubject.Refusal($"the key \"{line.Name}\" is to be retired on {Text(end)}, and it is {Text(day)}");
        }

        Remove(line, $"{Retired}{DossierKeyText.Of(key)} {line.Name} {Text(day)} {why}");
    }

    /// <summary>Takes a key out of trust at once, deprecated or not: somebody else may have it.</summary>
    /// <exception cref="SigningException">It is not there.</exception>
    public void Revoke(KeyMaterial key, DateOnly day, string why)
    {
        TrustedKeysLine line = Wanted(key);
        Remove(line, $"{Revoked}{DossierKeyText.Of(key)} {line.Name} {Text(day)} {why}");
    }

    // What a line says of a key that was taken out of trust: the key and the rest.
    private static string? Gone(string line) => line.StartsWith(Retired, StringComparison.Ordinal) ? line[Retired.Length..] : line.StartsWith(Revoked, StringComparison.Ordinal) ? line[Revoked.Length..] : null;

    private void Remove(TrustedKeysLine line, string comment)
    {
        if (comment.Any(char.IsControl))
        {
            throw SigningReasons.UnsuitableSubject.Refusal("the reason is more than a line");
        }

        bool isDeprecated = RetirementOf(line) is not null;
        int from = line.Number - 1 - (isDeprecated ? 1 : 0);
        _lines.RemoveRange(from, line.Last - from);
        _lines.Insert(from, comment);
    }

    private TrustedKeysLine Wanted(KeyMaterial key) => Find(key) ?? throw SigningReasons.UnsuitableSubject.Refusal($"the list has no key sha256:{key.Fingerprint}");

    private TrustedKeysLine? Find(KeyMaterial key) => TrustedKeysLine.Split(string.Join('\n', _lines))
        .FirstOrDefault(line => Result.Parse(Reasons.MalformedKey, () => DossierKey.Parse(line.Key, "key")).Value?.Fingerprint == key.Fingerprint);

    private DateOnly? RetirementOf(TrustedKeysLine line)
    {
        string above = line.Number > 1 ? _lines[line.Number - 2] : "";
        int at = above.StartsWith(Deprecation, StringComparison.Ordinal) ? above.IndexOf(Until, StringComparison.Ordinal) : -1;
        string day = at < 0 ? "" : above[(at + Until.Length)..].Split(':')[0];
        return DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly end) ? end : null;
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

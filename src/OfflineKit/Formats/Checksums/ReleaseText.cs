using System.Buffers;
using System.Globalization;
using OfflineKit.Encoding;

namespace OfflineKit.Formats.Checksums;

/// <summary>The texts of Debian that list files: the Release of an apt repository, and the <c>.dsc</c>, <c>.changes</c> and <c>.buildinfo</c> of a package.</summary>
/// <remarks>
/// Shape: <c>Field: value</c> lines; below <c>SHA256:</c> or <c>Checksums-Sha256:</c> and its like, lines of a blank, digest, size and name; below <c>Files:</c> the same by MD5, with section and priority
/// before the name in a <c>.changes</c>. Source: Debian repository format, "Release" files; Debian Policy §5.6.21, §5.6.24; docs/spec/checksums.md.
/// </remarks>
internal static class ReleaseText
{
    private static readonly SearchValues<byte> FieldName = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-0123456789"u8);

    private const string Time = "ddd, d MMM yyyy H:mm:ss", OfPackage = "Checksums-", ByMd5 = "Files";

    /// <summary>A field comes first and a section of digests somewhere.</summary>
    public static bool LooksLike(ReadOnlySpan<byte> content)
    {
        int colon = content.IndexOf((byte)':');
        return colon > 0 && !content[..colon].ContainsAnyExcept(FieldName)
            && (HasSection(content, "\nSHA256:"u8) || HasSection(content, "\nSHA512:"u8) || HasSection(content, "\nChecksums-Sha256:"u8) || HasSection(content, "\nChecksums-Sha512:"u8));
    }

    /// <summary>Gives every listed file to <paramref name="add"/>. Names of fields are read as apt reads them: in any case, blanks before the colon left out; none stands twice.</summary>
    /// <returns>Until when the text may be the newest; null: it does not say.</returns>
    public static DateTimeOffset? Parse(ReadOnlySpan<byte> text, string what, Action<ChecksumLine> add)
    {
        LineCursor lines = new(text);
        NamedHash? section = null;
        DateTimeOffset? validUntil = null;
        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        for (int number = 1; !lines.AtEnd; number++)
        {
            ReadOnlySpan<byte> line = lines.Line(what);
            string where = $"{what}: line {number}";
            if (!line.StartsWith(" "u8))
            {
                (string field, string value) = Field(line, where);
                if (field.Length > 0 && !seen.Add(field))
                {
                    throw new MalformedException($"{where}: the field {field} stands twice");
                }

                section = value.Length == 0 ? SectionOf(field) : null;
                validUntil = Is(field, "Valid-Until") ? TimeOf(value, where) : validUntil;
            }
            else if (section is not null)
            {
                add(Entry(line, section, where));
            }
        }

        return validUntil;
    }

    private static bool HasSection(ReadOnlySpan<byte> content, ReadOnlySpan<byte> field) =>
        content.IndexOf(field) is > 0 and int at && content[(at + field.Length)..].TrimStart(" \r"u8).StartsWith("\n "u8);

    private static NamedHash? SectionOf(string field) =>
        Is(field, ByMd5) ? ChecksumTag.Of("MD5") : ChecksumTag.Of(field.StartsWith(OfPackage, StringComparison.OrdinalIgnoreCase) ? field[OfPackage.Length..] : field);

    // apt and dpkg hold names of fields against each other in any case.
    private static bool Is(string field, string name) => string.Equals(field, name, StringComparison.OrdinalIgnoreCase);

    private static (string Field, string Value) Field(ReadOnlySpan<byte> line, string what)
    {
        int colon = line.IndexOf((byte)':');
        return line.IsEmpty ? ("", "") : colon > 0
            ? (Utf8Text.Decode(line[..colon].TrimEnd(" \t"u8), what), Utf8Text.Decode(line[(colon + 1)..].Trim(" "u8), what))
            : throw new MalformedException($"{what}: wanted Field: value");
    }

    private static ChecksumLine Entry(ReadOnlySpan<byte> line, NamedHash hash, string what)
    {
        string[] words = Utf8Text.DecodePrintable(line, what).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words is [string hex, string size, .., string name] && (words.Length == 3 || (words.Length == 5 && hash.AnyOf.Length == 0)) && DecimalText.Digits(size) is { } bytes
            ? ChecksumLine.Of(Utf8Text.Encode(name), hash, Utf8Text.Encode(hex), what, bytes)
            : throw new MalformedException($"{what}: wanted a digest, a size and a name");
    }

    private static DateTimeOffset TimeOf(string text, string what)
    {
        string plain = text.Replace(" UTC", "", StringComparison.Ordinal).Replace(" GMT", "", StringComparison.Ordinal).Replace(" +0000", "", StringComparison.Ordinal);
        return DateTimeOffset.TryParseExact(plain, Time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? time : throw new MalformedException($"{what}: \"{text}\" is no time in UTC");
    }
}

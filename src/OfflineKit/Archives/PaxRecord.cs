using OfflineKit.Encoding;

namespace OfflineKit.Archives;

/// <summary>A record of a pax header that says nothing of name or size: times, owners, and what some programs keep beside a file.</summary>
/// <remarks>
/// Numbers are those of POSIX within what systems can set: with any other Python ends in the middle of the archive. Attributes and flags that change rights are refused as a mode
/// beyond reading, writing and executing is: bsdtar sets them. Every other keyword is refused: it makes an entry sparse, a link, or privileged.
/// Source: POSIX.1-2017, pax, "pax Extended Header"; libarchive's tar(5).
/// </remarks>
internal static class PaxRecord
{
    // The last but one of four bytes is nobody on macOS; the last means "leave it".
    private static ReadOnlySpan<byte> LargestOwner => "4294967294"u8;

    private const int TimeDigits = 12, FractionDigits = 20, NumberDigits = 20;

    private static readonly string[] Texts = ["uname", "gname", "comment"], Owners = ["uid", "gid"], Times = ["mtime", "atime", "ctime", "LIBARCHIVE.creationtime"], Numbers = ["SCHILY.dev", "SCHILY.ino", "SCHILY.nlink"];

    // Those of the system ("security.", "trusted.", access lists) give rights; so do some of Apple's.
    private static readonly string[] AttributeKeywords = ["LIBARCHIVE.xattr.", "SCHILY.xattr."], UserAttributes = ["user.", "com.apple."], Privileged = ["com.apple.system.", "com.apple.acl.", "com.apple.rootless"];

    // How a file is shown, saved and stored. All others say who may change it.
    private static readonly string[] PlainFlags = ["nodump", "uarch", "uarchive", "hidden", "uhidden", "noatime", "nocow", "compressed", "ucompressed", "sparse", "usparse", "offline", "uoffline"];

    /// <summary>How many attributes beside the content the record brings, which nobody signed.</summary>
    /// <exception cref="MalformedException">Its keyword is none of those that change nothing, or its number is none.</exception>
    public static int Attributes(string keyword, byte[] value)
    {
        bool isAccepted = Texts.Contains(keyword, StringComparer.Ordinal)
            || (Owners.Contains(keyword, StringComparer.Ordinal) && Require(keyword, value, IsOwner(value)))
            || (Times.Contains(keyword, StringComparer.Ordinal) && Require(keyword, value, IsTime(value)))
            || (Numbers.Contains(keyword, StringComparer.Ordinal) && Require(keyword, value, IsDigits(WithoutSign(value), NumberDigits)));
        if (isAccepted)
        {
            return 0;
        }

        bool isAttribute = AttributeKeywords.Any(prefix => keyword.StartsWith(prefix, StringComparison.Ordinal) && IsOfUser(keyword[prefix.Length..]));
        return isAttribute || (keyword == "SCHILY.fflags" && HasPlainFlags(value)) ? 1 : throw new MalformedException(
            ArchiveReasons.UnsafeEntry, keyword == "SCHILY.fflags" ? $"pax header with the flags \"{Utf8Text.Spell(value)}\", which say who may change the file" : $"pax header with \"{keyword}\"");
    }

    private static bool IsOfUser(string name) =>
        UserAttributes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)) && !Privileged.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    private static bool HasPlainFlags(byte[] value) => Utf8Text.Spell(value).Split(',').All(flag => PlainFlags.Contains(flag, StringComparer.Ordinal));

    private static bool IsOwner(ReadOnlySpan<byte> value) =>
        IsDigits(value, LargestOwner.Length) && (value.Length < LargestOwner.Length || value.SequenceCompareTo(LargestOwner) <= 0);

    private static bool IsTime(ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<byte> time = WithoutSign(value);
        int point = time.IndexOf((byte)'.');
        return point < 0 ? IsDigits(time, TimeDigits) : IsDigits(time[..point], TimeDigits) && IsDigits(time[(point + 1)..], FractionDigits);
    }

    private static ReadOnlySpan<byte> WithoutSign(ReadOnlySpan<byte> value) => value.StartsWith("-"u8) ? value[1..] : value;

    private static bool IsDigits(ReadOnlySpan<byte> value, int digits) => value.Length > 0 && value.Length <= digits && !value.ContainsAnyExceptInRange((byte)'0', (byte)'9');

    private static bool Require(string keyword, byte[] value, bool isNumber) =>
        isNumber ? true : throw new MalformedException(ArchiveReasons.Malformed, $"pax header: {keyword} \"{Utf8Text.Spell(value)}\", wanted a number that systems can set");
}

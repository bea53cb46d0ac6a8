using System.Text.Unicode;
using OfflineKit.Encoding;

namespace OfflineKit.Archives;

/// <summary>Names and comments in archives: text that every reader shows alike.</summary>
internal static class ArchiveText
{
    /// <summary>The name in <paramref name="name"/>.</summary>
    /// <exception cref="MalformedException"><c>archive.unsafe-name</c>: it is no UTF-8, and would become another name.</exception>
    public static string Decode(ReadOnlySpan<byte> name) => Utf8.IsValid(name)
        ? Utf8Text.Decode(name, "name")
        : throw new MalformedException(ArchiveReasons.UnsafeName, $"name \"{Utf8Text.Spell(name)}\" is not UTF-8");

    /// <summary>Refuses control characters in a name that is only passed over: readers that look for other formats find their marks in such bytes.</summary>
    public static void RequirePrintable(ReadOnlySpan<byte> name)
    {
        if (name.ContainsAnyInRange((byte)0, (byte)0x1F) || name.Contains((byte)0x7F))
        {
            throw new MalformedException(ArchiveReasons.UnsafeName, $"name \"{Utf8Text.Spell(name)}\" has control characters");
        }
    }

    /// <summary>Refuses a comment that is no text: records of an archive could hide in it.</summary>
    public static void RequireComment(ReadOnlySpan<byte> comment, string what)
    {
        bool isText = Utf8.IsValid(comment);
        foreach (byte b in comment)
        {
            isText &= b is (>= 0x20 and not 0x7F) or (byte)'\t' or (byte)'\r' or (byte)'\n';
        }

        if (!isText)
        {
            throw new MalformedException(ArchiveReasons.TrailingBytes, $"{what}: a comment that is no text");
        }
    }
}

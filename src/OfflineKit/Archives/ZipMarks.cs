using OfflineKit.Encoding;

namespace OfflineKit.Archives;

/// <summary>Refuses stored content in which a reader from start to end could take something for the end of it.</summary>
/// <remarks>
/// With its length in the local header only the mark of a descriptor is in question, which some readers look for all the same; without it any record's.
/// Writers that make such entries: <c>zip -0</c> and bsdtar into a pipe (with lengths), Python's zipfile into one (without). Source: docs/spec/archives.md.
/// </remarks>
/// <param name="record">The entry.</param>
/// <param name="local">What its local header says.</param>
internal sealed class ZipMarks(ZipRecord record, ZipLocal local)
{
    private const int Width = 4;

    private readonly byte[] _seam = new byte[2 * (Width - 1)];
    private int _kept;

    /// <summary>The next bytes of the content.</summary>
    public void Append(ReadOnlySpan<byte> content)
    {
        // A mark may begin in one block and end in the next.
        ReadOnlySpan<byte> head = content[..Math.Min(content.Length, Width - 1)];
        head.CopyTo(_seam.AsSpan(_kept));
        Require(_seam.AsSpan(0, _kept + head.Length));
        Require(content);
        ReadOnlySpan<byte> seen = content.Length >= Width - 1 ? content : _seam.AsSpan(0, _kept + head.Length);
        ReadOnlySpan<byte> last = seen[Math.Max(0, seen.Length - (Width - 1))..];
        last.ToArray().CopyTo(_seam, 0);
        _kept = last.Length;
    }

    private void Require(ReadOnlySpan<byte> content)
    {
        for (int at; (at = content.IndexOf("PK"u8)) >= 0 && content.Length - at >= Width; content = content[(at + 1)..])
        {
            if (IsMark(content[at + 2], content[at + 3]))
            {
                throw new MalformedException(ArchiveReasons.UnsafeEntry, $"\"{record.Name}\" is stored, has a data descriptor, and holds the mark of one or of a record: readers may end it there");
            }
        }
    }

    private bool IsMark(byte third, byte fourth) =>
        (third, fourth) == (7, 8) || (!local.IsSized && (third, fourth) is (1, 2) or (3, 4) or (5, 6) or (6, 6) or (6, 7) or (6, 8));
}

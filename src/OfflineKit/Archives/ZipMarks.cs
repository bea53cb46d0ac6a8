using OfflineKit.Encoding;

namespace OfflineKit.Archives;

/// <summary>Refuses stored content that holds the mark of a data descriptor: some readers look for one although the local header says how long the content is.</summary>
/// <remarks>Writers that make such entries: <c>zip -0</c> and bsdtar into a pipe. Source: docs/spec/archives.md.</remarks>
/// <param name="record">The entry.</param>
internal sealed class ZipMarks(ZipRecord record)
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
        if (content.IndexOf("PK\x07\x08"u8) >= 0)
        {
            throw new MalformedException(ArchiveReasons.UnsafeEntry, $"\"{record.Name}\" is stored, has a data descriptor, and holds the mark of one: readers may end it there");
        }
    }
}

namespace OfflineKit.Exports;

/// <summary>The content of one entry, wherever it comes from.</summary>
internal abstract class EntryContent
{
    /// <summary>The next bytes; 0 at the end.</summary>
    public abstract int Read(Span<byte> buffer);

    /// <summary>Fills <paramref name="buffer"/> as far as there is content.</summary>
    public int Fill(Span<byte> buffer)
    {
        int filled = 0;
        for (int count = 1; count > 0 && filled < buffer.Length; filled += count)
        {
            count = Read(buffer[filled..]);
        }

        return filled;
    }
}

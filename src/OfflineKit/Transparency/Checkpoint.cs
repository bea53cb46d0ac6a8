using OfflineKit.Encoding;

namespace OfflineKit.Transparency;

/// <summary>A log's statement on its own tree: how many leaves, and their root hash.</summary>
/// <param name="Note">The note that carries it; unverified until its log's key says otherwise.</param>
/// <param name="Origin">The first line: which log.</param>
/// <param name="Size">Leaves of the tree.</param>
/// <param name="RootHash">32 bytes.</param>
/// <remarks>Source: C2SP tlog-checkpoint; docs/spec/sigstore.md F16.</remarks>
internal sealed record Checkpoint(SignedNote Note, string Origin, ulong Size, ReadOnlyMemory<byte> RootHash)
{
    /// <summary>The checkpoint in <paramref name="content"/>.</summary>
    /// <exception cref="MalformedException">Reason <c>log.note-malformed</c>.</exception>
    public static Checkpoint Parse(ReadOnlyMemory<byte> content)
    {
        SignedNote note = SignedNote.Parse(content);
        LineCursor lines = new(note.Text.Span);
        string origin = Utf8Text.Decode(lines.TerminatedLine("checkpoint origin"), "checkpoint origin");
        if (origin.Length == 0 || note.Text.Span.IndexOf("\n\n"u8) >= 0)
        {
            throw new MalformedException(LogReasons.MalformedNote, "checkpoint: empty origin or an empty line in the text");
        }

        ulong size = ParseSize(lines.TerminatedLine("checkpoint size"));
        byte[] root = StrictBase64.Decode(lines.TerminatedLine("checkpoint root hash"), MerkleTree.HashSize, "checkpoint root hash");
        return new Checkpoint(note, origin, size, root);
    }

    private static ulong ParseSize(ReadOnlySpan<byte> digits) => (ulong)(DecimalText.Number(digits)
        ?? throw new MalformedException(LogReasons.MalformedNote, "checkpoint: the size is no decimal number below 2^63 without leading zeros"));
}

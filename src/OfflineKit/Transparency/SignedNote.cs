using System.Collections.Immutable;
using OfflineKit.Encoding;

namespace OfflineKit.Transparency;

/// <summary>One signature line of a note.</summary>
/// <param name="Name">The name of the key that it claims.</param>
/// <param name="KeyId">The four bytes of the key's id.</param>
/// <param name="Signature">Everything after the id.</param>
internal sealed record NoteSignature(string Name, uint KeyId, ReadOnlyMemory<byte> Signature);

/// <summary>A text with the signatures of those who vouch for it.</summary>
/// <remarks>Source: C2SP signed-note; docs/spec/sigstore.md F16–F18. Text and signature lines are split at the last blank line.</remarks>
internal sealed class SignedNote
{
    private static ReadOnlySpan<byte> LinePrefix => "\u2014 "u8;

    private SignedNote(ReadOnlyMemory<byte> text, ImmutableArray<NoteSignature> signatures) => (Text, Signatures) = (text, signatures);

    /// <summary>The signed bytes: the text with its last line feed.</summary>
    public ReadOnlyMemory<byte> Text { get; }

    /// <summary>The signature lines in their order; at least one.</summary>
    public ImmutableArray<NoteSignature> Signatures { get; }

    /// <summary>The note in <paramref name="content"/>.</summary>
    /// <exception cref="MalformedException">Reason <c>log.note-malformed</c>.</exception>
    public static SignedNote Parse(ReadOnlyMemory<byte> content)
    {
        ReadOnlySpan<byte> bytes = content.Span;
        if (bytes.IsEmpty || bytes[^1] != (byte)'\n')
        {
            throw Malformed("the last line feed is missing");
        }

        RefuseControls(bytes);
        int blank = bytes.LastIndexOf("\n\n"u8);
        if (blank <= 0)
        {
            throw Malformed("no blank line between text and signatures");
        }

        return new SignedNote(content[..(blank + 1)], ParseSignatures(bytes[(blank + 2)..]));
    }

    /// <summary>Why the note is not signed by <paramref name="key"/>, or null when it is.</summary>
    /// <remarks>Lines of other keys are ignored wherever they stand; a line of this key that does not verify refuses the note.</remarks>
    public Finding? Judge(NoteKey key)
    {
        bool signed = false;
        foreach (NoteSignature line in Signatures)
        {
            if (!key.IsCalled(line.Name, line.KeyId))
            {
                continue;
            }

            if (!key.Verifies(Text.Span, line.Signature))
            {
                return LogReasons.NoteMismatch.Because($"the signature line of {line.Name} ({key.Id:x8}) does not verify");
            }

            signed = true;
        }

        string found = string.Join(", ", Signatures.Take(4).Select(line => $"{line.Name} ({line.KeyId:x8})"));
        return signed ? null : LogReasons.NoteUnsigned.Because($"wanted a signature by {(key.Name.Length > 0 ? key.Name : "the key")} ({key.Id:x8}), found {found}");
    }

    private static ImmutableArray<NoteSignature> ParseSignatures(ReadOnlySpan<byte> lines)
    {
        var signatures = ImmutableArray.CreateBuilder<NoteSignature>();
        LineCursor cursor = new(lines);
        while (!cursor.AtEnd)
        {
            signatures.Add(ParseSignature(cursor.TerminatedLine("signature line")));
            if (signatures.Count > Limits.NoteSignatures)
            {
                throw Malformed($"more than {Limits.NoteSignatures} signature lines");
            }
        }

        return signatures.Count > 0 ? signatures.DrainToImmutable() : throw Malformed("no signature line");
    }

    private static NoteSignature ParseSignature(ReadOnlySpan<byte> line)
    {
        int split = line.StartsWith(LinePrefix) ? line[LinePrefix.Length..].IndexOf((byte)' ') : -1;
        if (split < 0)
        {
            throw Malformed("a signature line is not \"\u2014 NAME BASE64\"");
        }

        string name = Utf8Text.Decode(line.Slice(LinePrefix.Length, split), "signed note");
        byte[] blob = StrictBase64.Decode(line[(LinePrefix.Length + split + 1)..], "signature line");
        return blob.Length > 4 && NoteKey.IsName(name)
            ? new NoteSignature(name, NoteKey.Short(blob), blob.AsMemory(4))
            : throw Malformed("a signature line has no name or no signature");
    }

    private static void RefuseControls(ReadOnlySpan<byte> bytes)
    {
        Utf8Text.RefuseByteOrderMark(bytes, "signed note");
        _ = Utf8Text.Decode(bytes, "signed note");
        foreach (byte b in bytes)
        {
            if ((b < 0x20 && b != (byte)'\n') || b == 0x7F)
            {
                throw Malformed($"control character {b:X2} (hex)");
            }
        }
    }

    private static MalformedException Malformed(string fault) => new(LogReasons.MalformedNote, $"signed note: {fault}");
}

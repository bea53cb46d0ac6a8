namespace OfflineKit;

/// <summary>Files that hold what another format signs: its frame around a payload, and not a file that anybody would sign as one.</summary>
/// <remarks>
/// A signature over a bare file does not say what it is over. Where the file is the pre-authentication encoding of a statement, the value that stands in the statement's envelope is a
/// signature of this "file" too, under any name: as a script, a shell runs what the statement says of others. The frames of DSSE, SSH and CMS have a mark and nothing that people sign
/// begins so. Canonical JSON and the text of a token have none (docs/threat-model.md).
/// </remarks>
internal static class OtherSignedForm
{
    /// <summary>How much of a file tells.</summary>
    public const int Length = 32;

    /// <summary><paramref name="verdict"/> on <paramref name="artifact"/>, as far as this was read: of a digest alone nobody can tell.</summary>
    public static Verdict Judge(Artifact artifact, Verdict verdict) => verdict.IsTrusted && Objection(artifact) is { } finding ? verdict.But(finding) : verdict;

    /// <summary>Why <paramref name="artifact"/> is no file to sign or to trust, or null. A document that carries its own signature is judged by what it signs.</summary>
    public static Finding? Objection(Artifact artifact) =>
        !artifact.IsDocumentItself && In(artifact.Start.Span) is { } form ? Reasons.OtherSignedForm.Because($"{artifact.Name} is {form}") : null;

    // What a file that begins so holds, in words; null: a file as any other.
    private static string? In(ReadOnlySpan<byte> start) =>
        start.StartsWith("DSSEv1 "u8) && start.Length > 7 && start[7] is >= (byte)'0' and <= (byte)'9' ? "the encoding of a payload that DSSE signs"
        : start.StartsWith("SSHSIG\0\0"u8) ? "the message that an SSH signature is over"
        : IsSignedAttributes(start) ? "the attributes that a CMS signature is over"
        : null;

    // SET { SEQUENCE { an attribute of PKCS #9 …
    private static bool IsSignedAttributes(ReadOnlySpan<byte> start) =>
        After(start, 0x31) is { IsEmpty: false } attributes && After(attributes, 0x30).StartsWith((ReadOnlySpan<byte>)[0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09]);

    // What follows tag and length; empty where there is none.
    private static ReadOnlySpan<byte> After(ReadOnlySpan<byte> der, byte tag)
    {
        int header = der.Length < 2 || der[0] != tag ? 0 : der[1] < 0x80 ? 2 : 2 + (der[1] & 0x7F);
        return header is 0 or > 6 || header > der.Length ? [] : der[header..];
    }
}

using System.Collections.Immutable;

namespace OfflineKit;

/// <summary>A signature format: how its files are told apart, found and parsed.</summary>
/// <remarks>A new format is one folder with one of these, and one line in <see cref="KnownFormats"/>.</remarks>
internal abstract class Format
{
    /// <summary>The name for <c>--format</c> and reports, such as <c>minisign</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What it is, for people.</summary>
    public abstract string Title { get; }

    /// <summary>What is appended to the artefact's name to find its signature, most specific first.</summary>
    public abstract ImmutableArray<string> SignatureSuffixes { get; }

    /// <summary>The document carries its own signature: artefact and signature are one file.</summary>
    public virtual bool IsSelfContained => false;

    /// <summary>Its signatures are over the bytes of the file and state nothing else: those in several files may be counted together. Envelopes and statements are judged each for itself.</summary>
    public virtual bool CountsWithOthers => false;

    /// <summary>This content is of this format, judged by its first distinguishing mark. No two formats say yes to the same content.</summary>
    public abstract bool Recognises(ReadOnlySpan<byte> content, Expectations expectations);

    /// <summary>This content, which no format recognises by a mark, may be a bare value of this format: at most one format says yes.</summary>
    public virtual bool RecognisesBare(ReadOnlySpan<byte> content, Expectations expectations) => false;

    /// <summary>This content may be a document of this format that holds a whole file and the signature over it.</summary>
    internal virtual bool MayHoldFile(ReadOnlySpan<byte> content) => false;

    /// <summary>A byte order mark before it, and UTF-16 as PowerShell's <c>&gt;</c> writes it, change nothing of what it says: no byte of what is signed stands in it as it is.</summary>
    internal virtual bool IsSpelledFreely => !IsSelfContained;

    /// <summary>The envelope in <paramref name="content"/>, which may be text in UTF-16 or with a byte order mark where that changes nothing.</summary>
    /// <exception cref="Encoding.MalformedException">Anything but the one spelling of the format.</exception>
    internal Envelope Read(ReadOnlyMemory<byte> content, Expectations expectations) =>
        Parse(IsSpelledFreely && Encoding.ByteOrderMark.Text(content.Span) is { } text ? text : content, expectations);

    /// <summary>Turns bytes into an envelope that cannot be malformed.</summary>
    /// <exception cref="Encoding.MalformedException">Anything but the one spelling of the format.</exception>
    public abstract Envelope Parse(ReadOnlyMemory<byte> content, Expectations expectations);
}

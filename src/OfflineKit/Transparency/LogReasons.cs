using System.Collections.Immutable;

namespace OfflineKit.Transparency;

/// <summary>Reasons that transparency logs give: notes, checkpoints, Merkle proofs and promises.</summary>
internal static class LogReasons
{
    public static readonly Reason MalformedNote = new(
        "log.note-malformed",
        "a signed note or checkpoint of a transparency log is not well-formed",
        "fetch the bundle again; an editor may have changed line ends or dashes");

    public static readonly Reason NoteUnsigned = new(
        "log.checkpoint-unsigned",
        "the checkpoint carries no signature by the log that the entry names",
        "check that the trust root holds the log's current key");

    public static readonly Reason NoteMismatch = new(
        "log.checkpoint-mismatch",
        "the log's signature does not fit the checkpoint",
        "do not use the artefact; the checkpoint was changed or forged");

    public static readonly Reason WrongOrigin = new(
        "log.checkpoint-origin",
        "the checkpoint belongs to another log than the entry",
        "do not use the artefact; fetch the bundle again from the source");

    public static readonly Reason InclusionMismatch = new(
        "log.inclusion-mismatch",
        "the inclusion proof does not lead from the entry to the signed tree",
        "do not use the artefact; the log entry was changed or never logged");

    public static readonly Reason MalformedInclusion = new(
        "log.inclusion-malformed",
        "the inclusion proof has a shape that no tree of that size allows",
        "fetch the bundle again from the source");

    public static readonly Reason PromiseMismatch = new(
        "log.promise-mismatch",
        "the log's promise (signed entry timestamp) does not fit the entry",
        "do not use the artefact; the entry's time or position was changed");

    /// <summary>Every reason of this class.</summary>
    public static ImmutableArray<Reason> All { get; } =
        [MalformedNote, NoteUnsigned, NoteMismatch, WrongOrigin, InclusionMismatch, MalformedInclusion, PromiseMismatch];
}

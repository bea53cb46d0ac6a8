using System.Collections.Immutable;
using OfflineKit.Signing.Audit;
using OfflineKit.Signing.Output;

namespace OfflineKit.Signing.Requests;

/// <summary>One file to sign.</summary>
/// <param name="Name">Its name, for documents, messages and the log.</param>
/// <param name="Open">Opens it, to be read once from start to end.</param>
/// <param name="Target">Where its signature goes; null signs the document in place.</param>
internal sealed record SubjectRequest(string Name, Func<Stream> Open, OutputTarget? Target);

/// <summary>A document that gets one more signature: read, signed and replaced while no other process can do the same.</summary>
/// <param name="Path">The document.</param>
/// <param name="Open">Opens it.</param>
/// <param name="FormatOf">The form of the next signature, by what the document holds.</param>
internal sealed record Amendment(string Path, Func<Stream> Open, Func<ReadOnlyMemory<byte>, SignatureFormat> FormatOf);

/// <summary>What is looked at in all files before the first of them is signed: signatures cost, and logs publish them.</summary>
internal enum FirstLook
{
    /// <summary>Whether each file is there and each output's place is free.</summary>
    Names,

    /// <summary>All of it: each file is read and found suitable.</summary>
    Content,
}

/// <summary>What becomes of the outputs when one of several files fails.</summary>
internal enum Completion
{
    /// <summary>Each is written when it is signed.</summary>
    Each,

    /// <summary>All are drafts until the last one is signed: all are written, or none.</summary>
    AllOrNone,
}

/// <summary>Everything that one run of signing needs, made once by each surface: the command line, a request to the engine. Below it there are no options, no JSON and no policy of names.</summary>
/// <param name="Key">Who signs.</param>
/// <param name="Subjects">What is signed.</param>
internal sealed record SigningRequest(KeyRequest Key, ImmutableArray<SubjectRequest> Subjects)
{
    /// <summary>The form of the signatures; null where an <see cref="Amendment"/> decides it.</summary>
    public SignatureFormat? Format { get; init; }

    /// <summary>The document that the signature is added to; null makes new signatures.</summary>
    public Amendment? Amendment { get; init; }

    /// <summary>The time that documents state.</summary>
    public required DateTimeOffset SignedAt { get; init; }

    /// <summary>The log that hears of every request; null when none was asked for.</summary>
    public AuditLog? Audit { get; init; }

    /// <summary>What is looked at before the first file is signed.</summary>
    public FirstLook FirstLook { get; init; } = FirstLook.Names;

    /// <summary>Whether outputs wait for each other.</summary>
    public Completion Completion { get; init; } = Completion.Each;

    /// <summary>How many files are signed at a time; those that wait for each other are signed one after the other.</summary>
    public int Parallel { get; init; } = 1;

    /// <summary>How long another process may hold a document that is signed in place.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(120);
}

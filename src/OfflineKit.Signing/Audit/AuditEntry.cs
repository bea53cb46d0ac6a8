using System.Collections.Immutable;
using System.Text.Json;
using OfflineKit.Signing.Keyless;

namespace OfflineKit.Signing.Audit;

/// <summary>How a request ended.</summary>
internal enum AuditOutcome
{
    /// <summary>Something broke: the network, the disk, the program.</summary>
    Failed,

    /// <summary>It was refused; the reason says why.</summary>
    Refused,

    /// <summary>A verified signature was released.</summary>
    Signed,

    /// <summary>A question was answered; nothing was signed.</summary>
    Answered,
}

/// <summary>One request to sign. Names and digests only: no token, password, PIN or content.</summary>
/// <param name="Key">The key's URI without secrets.</param>
/// <param name="Fingerprint">SHA-256 of the public half's SPKI, lower-case hex.</param>
/// <param name="Algorithm">The scheme's label.</param>
/// <param name="Subject">The name of what was to be signed.</param>
/// <param name="Digest">Its digest, with algorithm.</param>
/// <param name="Format">The form of signature.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Reason">The reason code of a refusal; empty otherwise.</param>
/// <param name="RequestId">The service's id of the request; empty for local keys.</param>
internal sealed record AuditEntry(
    string Key, string Fingerprint, string Algorithm, string Subject, string Digest, string Format, AuditOutcome Outcome, string Reason, string RequestId)
{
    /// <summary>Whom a certificate names as the signer; null for keys that stand for themselves.</summary>
    public SignerIdentity? Signer { get; init; }

    /// <summary>Where the signature is recorded.</summary>
    public ImmutableArray<LoggedIn> LogEntries { get; init; } = [];

    /// <summary>Writes the members that a service adds to its lines; null adds none.</summary>
    internal Action<Utf8JsonWriter>? FurtherMembers { get; init; }
}

/// <summary>Where a line of the log stands.</summary>
/// <param name="Sequence">Its number in the file, from 0.</param>
/// <param name="Hash">What the next line's <c>previous</c> is.</param>
/// <param name="Line">The line without its LF.</param>
internal sealed record AuditReceipt(long Sequence, string Hash, ReadOnlyMemory<byte> Line);

/// <summary>What is done with a log whose last line was cut.</summary>
internal enum CutLine
{
    /// <summary>It is refused: a person looks at it.</summary>
    Refused,

    /// <summary>The line is taken back: a service goes on after a power failure.</summary>
    TakenBack,
}

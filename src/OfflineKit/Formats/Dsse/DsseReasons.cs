using System.Collections.Immutable;

namespace OfflineKit.Formats.Dsse;

/// <summary>Reasons that DSSE envelopes and in-toto statements give.</summary>
internal static class DsseReasons
{
    public static readonly Reason UnexpectedPayloadType = new(
        "dsse.payload-type",
        "the envelope's payload type is not the expected one",
        "check which kind of attestation you asked for; name its type with {payloadType}");

    public static readonly Reason ThresholdNotMet = new(
        "dsse.threshold",
        "fewer distinct trusted keys signed than are demanded",
        "ask the missing signers for their signatures, or pin their keys");

    public static readonly Reason TooManySignatures = new(
        "limit.envelope-signatures",
        "the envelope carries more signatures than are evaluated",
        "ask for an envelope with the signatures that matter");

    public static readonly Reason MalformedStatement = new(
        "statement.malformed",
        "the signed payload is not a well-formed in-toto statement",
        "ask the signer for a statement v1 with subjects and digests");

    public static readonly Reason ArtifactNotSubject = new(
        "statement.artifact-not-subject",
        "the signed statement does not speak of this artefact",
        "fetch the attestation that belongs to exactly this file");

    public static readonly Reason SubjectConflict = new(
        "statement.subject-conflict",
        "a subject fits the artefact by one digest and contradicts it by another",
        "do not use the artefact; ask the signer which digests are right");

    public static readonly Reason PayloadMismatch = new(
        "dsse.payload-mismatch",
        "the envelope's payload is not the artefact",
        "fetch the envelope that belongs to exactly this file");

    /// <summary>Every reason of this class.</summary>
    public static ImmutableArray<Reason> All { get; } =
    [
        UnexpectedPayloadType, ThresholdNotMet, TooManySignatures, MalformedStatement, ArtifactNotSubject, SubjectConflict, PayloadMismatch,
    ];
}

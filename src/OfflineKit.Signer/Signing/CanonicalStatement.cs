using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Formats.Dsse;

namespace OfflineKit.Signer.Signing;

/// <summary>A statement in its one spelling: the same request makes the same bytes, always and everywhere.</summary>
/// <param name="Payload">RFC 8785 bytes.</param>
/// <param name="Artifact">The SHA-256 of its first subject.</param>
/// <remarks>No time, name of a machine, id of a request or random value enters. Source: RFC 8785; in-toto attestation spec/v1.</remarks>
internal sealed record CanonicalStatement(ReadOnlyMemory<byte> Payload, Digest Artifact)
{
    /// <summary>SHA-256 of the payload.</summary>
    public string Sha256 => Digest.Sha256(Payload.Span).Hex;

    /// <summary>What the signatures cover.</summary>
    public byte[] SignedBytes => PreAuthenticationEncoding.Of(Statement.PayloadType, Payload.Span);

    /// <summary>The statement that <paramref name="request"/> asks for.</summary>
    /// <exception cref="MalformedException">A number is no I-JSON.</exception>
    public static CanonicalStatement Of(SignRequest request)
    {
        byte[] predicate = CanonicalJson.Write(request.Predicate);
        string subjects = string.Join(',', request.Subjects.Select(subject =>
            $"{{\"digest\":{{{string.Join(',', subject.Digests.Select(digest => $"\"{digest.Key}\":\"{digest.Value}\""))}}},\"name\":{CanonicalJson.Quoted(subject.Name)}}}"));

        // Members in the order of RFC 8785: by UTF-16 code units.
        byte[] payload =
        [
            .. Utf8Text.Encode($"{{\"_type\":\"{Statement.V1}\",\"predicate\":"),
            .. predicate,
            .. Utf8Text.Encode($",\"predicateType\":{CanonicalJson.Quoted(request.PredicateType)},\"subject\":[{subjects}]}}"),
        ];
        return new CanonicalStatement(payload, Digest.FromHex(DigestAlgorithm.Sha256, request.Subjects[0].Sha256, "subject"));
    }
}
